package io.roadrunner.server.http1;

import io.roadrunner.http1.BodyFraming;
import io.roadrunner.http1.Expectation;
import io.roadrunner.http1.FieldLines;
import io.roadrunner.http1.Http1Encoder;
import io.roadrunner.http1.HttpVersion;
import io.roadrunner.http1.Persistence;
import io.roadrunner.http1.RequestHead;
import io.roadrunner.server.Headers;
import io.roadrunner.server.RequestBody;
import io.roadrunner.server.TlsInfo;
import io.roadrunner.server.net.Connection;
import io.roadrunner.server.net.TlsPeer;
import io.roadrunner.server.pipeline.BodyReader;
import io.roadrunner.server.pipeline.Dispatcher;
import io.roadrunner.server.pipeline.Exchange;
import io.roadrunner.server.pipeline.ServerRequest;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One HTTP/1.1 request and what its response must know of it. */
final class Http1Exchange implements Exchange {

  private final RequestHead head;
  private final Connection connection;
  private final long number;
  private @Nullable ServerRequest request;
  private @Nullable BodyReader body;
  private @Nullable Output output;
  private boolean continueOwed;
  private boolean arrived;

  private Http1Exchange(RequestHead head, Connection connection, long number) {
    this.head = head;
    this.connection = connection;
    this.number = number;
    // RFC 9110 §10.1.1: no 100 (Continue) to HTTP/1.0, nor where no content follows.
    this.continueOwed =
        head.expectation() == Expectation.CONTINUE
            && head.version() == HttpVersion.HTTP_1_1
            && !(head.framing() instanceof BodyFraming.None);
  }

  /** Makes the exchange of a head and finds its route; for the owner of the connection. */
  static Http1Exchange open(
      RequestHead head, Connection connection, Dispatcher dispatcher, long nowNanos) {
    long number = (connection.number() << 32) | (connection.countRequest() & 0xffff_ffffL);
    Http1Exchange exchange = new Http1Exchange(head, connection, number);
    exchange.request(dispatcher.accept(exchange, nowNanos));
    return exchange;
  }

  RequestHead head() {
    return head;
  }

  ServerRequest request() {
    return Objects.requireNonNull(request);
  }

  void request(ServerRequest value) {
    request = value;
  }

  boolean hasBody() {
    return !(head.framing() instanceof BodyFraming.None);
  }

  boolean wantsClose() {
    return head.persistence() == Persistence.CLOSE;
  }

  boolean isHttp10() {
    return head.version() == HttpVersion.HTTP_1_0;
  }

  boolean isHead() {
    return head.method().equals("HEAD");
  }

  /** Tells whether the peer still waits to be told to send its body. */
  boolean continueOwed() {
    return continueOwed;
  }

  /** Says 100 (Continue) if the peer waits for it (RFC 9110 §10.1.1). */
  void sendContinue(Output out) throws IOException {
    if (continueOwed) {
      continueOwed = false;
      Http1Encoder.interim(
          100, FieldLines.empty(), out.room(Http1Encoder.interimSize(100, FieldLines.empty())));
      out.flush();
    }
  }

  void body(BodyReader value) {
    body = value;
  }

  /** The virtual thread that runs the handler offers its way out, for interim responses. */
  void output(Output value) {
    output = value;
  }

  /** The whole message has been read. */
  void arrived() {
    arrived = true;
  }

  boolean bodyArrived() {
    return arrived;
  }

  OptionalLong announcedLength() {
    return switch (head.framing()) {
      case BodyFraming.None n -> OptionalLong.of(0);
      case BodyFraming.Length length -> OptionalLong.of(length.bytes());
      case BodyFraming.Chunked c -> OptionalLong.empty();
      case BodyFraming.UntilClose u -> OptionalLong.empty();
    };
  }

  /** Returns how many bytes of the body have been read. */
  long bodyBytes() {
    return body == null ? 0 : body.bytesRead();
  }

  @Override
  public String method() {
    return head.method();
  }

  @Override
  public String path() {
    return head.path();
  }

  @Override
  public Optional<String> query() {
    return head.query();
  }

  @Override
  public String protocol() {
    return isHttp10() ? "HTTP/1.0" : "HTTP/1.1";
  }

  @Override
  public Headers headers() {
    return new RequestHeaders(head.fields());
  }

  @Override
  public String authority() {
    return head.authority();
  }

  @Override
  public RequestBody body() {
    if (body == null) {
      body = new BodyReader(CollectedBody.none(), OptionalLong.of(0), headers());
    }
    return body;
  }

  @Override
  public void sendInterim(int status, Headers headers) throws IOException {
    // RFC 9110 §15.2: no 1xx to an HTTP/1.0 client.
    if (isHttp10()) {
      return;
    }
    FieldLines.Builder lines = FieldLines.builder();
    for (int i = 0; i < headers.size(); i++) {
      lines.add(headers.name(i), headers.value(i));
    }
    FieldLines fields = lines.build();
    int size = Http1Encoder.interimSize(status, fields);
    if (output != null) {
      Http1Encoder.interim(status, fields, output.room(size));
      output.flush();
    } else {
      sendInterimFromLoop(status, fields, size);
    }
    continueOwed &= status != 100;
  }

  private void sendInterimFromLoop(int status, FieldLines fields, int size) throws IOException {
    ByteBuffer out = connection.loop().outBuffer();
    if (out.remaining() < size) {
      throw new IOException("no room for an interim response on the event loop");
    }
    Http1Encoder.interim(status, fields, out);
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
    return connection.tls().isPresent() ? "https" : "http";
  }

  @Override
  public Optional<TlsInfo> tls() {
    return connection.tls().map(TlsPeer::info);
  }

  /** Tells whether the request is for a host that is somewhere else (RFC 9110 §15.5.20). */
  boolean isMisdirected() {
    Optional<TlsPeer> peer = connection.tls();
    return peer.isPresent() && !peer.get().answersFor(authority());
  }

  @Override
  public long number() {
    return number;
  }
}
