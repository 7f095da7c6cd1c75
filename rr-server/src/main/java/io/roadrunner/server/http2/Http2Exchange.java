package io.roadrunner.server.http2;

import io.roadrunner.http2.RequestHead;
import io.roadrunner.server.Headers;
import io.roadrunner.server.RequestBody;
import io.roadrunner.server.TlsInfo;
import io.roadrunner.server.net.Connection;
import io.roadrunner.server.net.TlsPeer;
import io.roadrunner.server.pipeline.Exchange;
import java.net.SocketAddress;
import java.util.Optional;

/** One HTTP/2 request as the application sees it. */
final class Http2Exchange implements Exchange {

  private final RequestHead head;
  private final StreamRun stream;
  private final Connection connection;
  private final long number;
  private final int question;
  private final StreamHeaders headers;

  Http2Exchange(RequestHead head, StreamRun stream, Connection connection, long number) {
    this.head = head;
    this.stream = stream;
    this.connection = connection;
    this.number = number;
    this.question = head.path().indexOf('?');
    this.headers = new StreamHeaders(head.authority(), head.fields());
  }

  @Override
  public String method() {
    return head.method();
  }

  @Override
  public String routedMethod() {
    // RFC 8441 §5: what opens a WebSocket here is what GET is on HTTP/1.1.
    return isExtendedConnect() ? "GET" : method();
  }

  /** Tells whether the request asks for another protocol on its stream. */
  boolean isExtendedConnect() {
    return !head.protocol().isEmpty();
  }

  @Override
  public String path() {
    return question < 0 ? head.path() : head.path().substring(0, question);
  }

  @Override
  public Optional<String> query() {
    return question < 0 ? Optional.empty() : Optional.of(head.path().substring(question + 1));
  }

  @Override
  public String protocol() {
    return "HTTP/2";
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public String authority() {
    return head.authority();
  }

  @Override
  public RequestBody body() {
    return stream.body();
  }

  @Override
  public void sendInterim(int status, Headers fields) {
    stream.sendInterim(status, Headers.copyOf(fields));
  }

  @Override
  public SocketAddress peer() {
    return connection.peer();
  }

  @Override
  public SocketAddress local() {
    return connection.local();
  }

  @Override
  public String scheme() {
    // What the peer says in :scheme is not proven by anything.
    return connection.tls().isPresent() ? "https" : "http";
  }

  @Override
  public Optional<TlsInfo> tls() {
    return connection.tls().map(TlsPeer::info);
  }

  @Override
  public long number() {
    return number;
  }
}
