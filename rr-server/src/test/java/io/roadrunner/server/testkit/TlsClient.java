package io.roadrunner.server.testkit;

import io.roadrunner.http1.BodyBytes;
import io.roadrunner.http1.Http1Event;
import io.roadrunner.http1.Http1Limits;
import io.roadrunner.http1.Http1Parser;
import io.roadrunner.http1.MessageEnd;
import io.roadrunner.http1.NeedInput;
import io.roadrunner.http1.RequestHead;
import io.roadrunner.http1.ResponseHead;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A client over TLS that sends whatever it is told and reads responses strictly. */
public final class TlsClient implements AutoCloseable {

  private final Socket plain;
  private final SSLSocket socket;
  private final Http1Parser parser = Http1Parser.forResponses(Http1Limits.defaults());
  private final ByteBuffer in = ByteBuffer.allocate(64 << 10).limit(0);

  private TlsClient(Socket plain, SSLSocket socket) {
    this.plain = plain;
    this.socket = socket;
  }

  /** Connects, asking for "localhost". */
  public static TlsClient connect(int port, SSLContext context) throws IOException {
    return connect(port, context, "localhost", parameters -> {});
  }

  /** Connects, asking for that host, and completes the handshake. */
  public static TlsClient connect(
      int port, SSLContext context, String serverName, Consumer<SSLParameters> options)
      throws IOException {
    Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
    plain.setTcpNoDelay(true);
    plain.setSoTimeout((int) Wait.PATIENCE.toMillis());
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(plain, serverName, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    if (!serverName.isEmpty()) {
      parameters.setServerNames(List.of(new SNIHostName(serverName)));
    }
    options.accept(parameters);
    socket.setSSLParameters(parameters);
    TlsClient client = new TlsClient(plain, socket);
    try {
      socket.startHandshake();
      return client;
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  /** Returns the socket, for what only it can do. */
  public SSLSocket socket() {
    return socket;
  }

  /** Returns the connection below TLS. */
  public Socket plain() {
    return plain;
  }

  /** Sends text, one byte for each char. */
  public TlsClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** Reads the final response to a GET or the like, and passes over interim ones. */
  public Answer answer() throws IOException {
    Answer answer = next();
    while (answer.status() < 200) {
      answer = next();
    }
    return answer;
  }

  /** Sends a request and reads its answer. */
  public Answer ask(String target, String host) throws IOException {
    return send("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n").answer();
  }

  private Answer next() throws IOException {
    parser.answering("GET");
    ResponseHead head = null;
    StringBuilder body = new StringBuilder();
    while (true) {
      switch (parse()) {
        case ResponseHead found -> head = found;
        case BodyBytes part ->
            body.append(StandardCharsets.ISO_8859_1.decode(part.view().duplicate()));
        case MessageEnd end -> {
          if (head == null) {
            throw new AssertionError("an end without a beginning");
          }
          return new Answer(head.status(), head.fields(), body.toString(), end.trailers());
        }
        case NeedInput need -> throw new AssertionError("nothing came");
        case RequestHead request -> throw new AssertionError("a request: " + request);
      }
    }
  }

  private Http1Event parse() throws IOException {
    Http1Event event = parser.next(in);
    while (event instanceof NeedInput) {
      in.compact();
      int count = socket.getInputStream().read(in.array(), in.position(), in.remaining());
      in.position(in.position() + Math.max(0, count)).flip();
      if (count < 0) {
        throw new EOFException("close_notify instead of an answer");
      }
      event = parser.next(in);
    }
    return event;
  }

  /** Reads one byte, -1 at a close_notify. */
  public int read() throws IOException {
    return in.hasRemaining() ? in.get() : socket.getInputStream().read();
  }

  @Override
  public void close() throws IOException {
    plain.close();
  }
}
