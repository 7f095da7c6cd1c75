package io.roadrunner.http1;

import java.nio.ByteBuffer;

/** Skeleton of the parser. */
@SuppressWarnings("DoNotCallSuggester")
public final class Http1Parser {
  private Http1Parser() {}

  /** A parser of what a client sends. */
  public static Http1Parser forRequests(Http1Limits limits) {
    return new Http1Parser();
  }

  /** A parser of what a server sends. */
  public static Http1Parser forResponses(Http1Limits limits) {
    return new Http1Parser();
  }

  /** Takes the next event out of the buffer. */
  public Http1Event next(ByteBuffer in) {
    throw new UnsupportedOperationException();
  }

  /** The peer ended its side. */
  public Http1Event close() {
    throw new UnsupportedOperationException();
  }

  /** No byte of a next message was seen. */
  public boolean betweenMessages() {
    throw new UnsupportedOperationException();
  }

  /** After 101 or a 2xx to CONNECT: what follows is not HTTP/1.1. */
  public boolean switchedProtocols() {
    throw new UnsupportedOperationException();
  }

  /** Method of the request that the next final response answers. */
  public void answering(String method) {
    throw new UnsupportedOperationException();
  }
}
