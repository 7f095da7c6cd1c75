package io.roadrunner.server.http1;

import io.roadrunner.http1.Http1Encoder;
import io.roadrunner.server.Headers;
import io.roadrunner.server.Response;
import io.roadrunner.server.pipeline.DateLine;
import io.roadrunner.server.pipeline.OwnFields;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the head of a final response: status line, date, the handler's headers, the framing. */
final class ResponseHead {

  /** How the end of the body will be known (RFC 9112 §6.3). */
  sealed interface Framing {
    /** Neither body nor content-length: 204, 304 and the like. */
    record Bodiless() implements Framing {}

    /** content-length. */
    record Length(long bytes) implements Framing {}

    /** transfer-encoding: chunked. */
    record Chunked() implements Framing {}

    /** The end of the connection, for HTTP/1.0. */
    record UntilClose() implements Framing {}
  }

  /** What the head says about the connection (RFC 9112 §9.3). */
  enum ConnectionLine {
    /** Nothing: HTTP/1.1 goes on by itself. */
    NONE,
    /** keep-alive, for HTTP/1.0. */
    KEEP_ALIVE,
    /** close. */
    CLOSE
  }

  private static final byte[] CHUNKED = ascii("transfer-encoding: chunked\r\n");
  private static final byte[] CLOSE = ascii("connection: close\r\n");
  private static final byte[] KEEP_ALIVE = ascii("connection: keep-alive\r\n");
  private static final byte[] UPGRADE = ascii("connection: upgrade\r\n");
  private static final byte[] LENGTH = ascii("content-length: ");

  /** Status line, date, content-length, transfer-encoding, connection twice and the last CRLF. */
  private static final int FIXED_SIZE = 64 + DateLine.SIZE + 40 + 28 + 24 + 21 + 2;

  // Most responses carry one of these, so their bytes are made once.
  private static final Headers TEXT = Response.text("").headers();
  private static final Headers HTML = Response.html("").headers();
  private static final Headers JSON = Response.json("").headers();
  private static final byte[] TEXT_BYTES = encode(TEXT);
  private static final byte[] HTML_BYTES = encode(HTML);
  private static final byte[] JSON_BYTES = encode(JSON);
  private static final byte[] NO_BYTES = new byte[0];

  private ResponseHead() {}

  /** Returns an upper bound for the bytes of a head. */
  static int maxSize(Headers headers) {
    int size = FIXED_SIZE;
    for (int i = 0; i < headers.size(); i++) {
      size += headers.name(i).length() + headers.value(i).length() + 4;
    }
    return size;
  }

  /**
   * Writes a head.
   *
   * @param out has {@link #maxSize} bytes of room
   * @throws IllegalArgumentException if a header may not stand in a message; what has been written
   *     then is of no use
   */
  static void write(
      int status, Headers headers, Framing framing, ConnectionLine connection, ByteBuffer out) {
    Http1Encoder.statusLine(status, out);
    byte[] known = known(headers);
    if (known.length > 0 || headers.size() == 0) {
      out.put(DateLine.bytes()).put(known);
    } else {
      if (!headers.contains("date")) {
        out.put(DateLine.bytes());
      }
      putAll(headers, out);
    }
    switch (framing) {
      case Framing.Bodiless b -> {}
      case Framing.Length length -> putLength(length.bytes(), out);
      case Framing.Chunked c -> out.put(CHUNKED);
      case Framing.UntilClose u -> {}
    }
    switch (connection) {
      case NONE -> {}
      case KEEP_ALIVE -> out.put(KEEP_ALIVE);
      case CLOSE -> out.put(CLOSE);
    }
    Http1Encoder.endOfHead(out);
  }

  @SuppressWarnings("ReferenceEquality") // Only a quick look; other equal headers are just encoded.
  private static byte[] known(Headers headers) {
    if (headers == TEXT) {
      return TEXT_BYTES;
    }
    if (headers == JSON) {
      return JSON_BYTES;
    }
    return headers == HTML ? HTML_BYTES : NO_BYTES;
  }

  private static byte[] encode(Headers headers) {
    ByteBuffer out = ByteBuffer.allocate(maxSize(headers));
    putAll(headers, out);
    return Arrays.copyOf(out.array(), out.position());
  }

  private static void putAll(Headers headers, ByteBuffer out) {
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i);
      if (!OwnFields.contains(name)) {
        Http1Encoder.fieldLine(name, headers.value(i), out);
        if (name.length() == 7 && name.equalsIgnoreCase("upgrade")) {
          // RFC 9110 §7.8
          out.put(UPGRADE);
        }
      }
    }
  }

  private static void putLength(long length, ByteBuffer out) {
    out.put(LENGTH);
    if (length < 10) {
      out.put((byte) ('0' + length));
    } else if (length < 100) {
      out.put((byte) ('0' + length / 10)).put((byte) ('0' + length % 10));
    } else {
      out.put(ascii(Long.toString(length)));
    }
    out.put((byte) '\r').put((byte) '\n');
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
