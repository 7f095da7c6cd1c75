package io.roadrunner.server.testkit;

import io.roadrunner.http1.BodyBytes;
import io.roadrunner.http1.Http1Event;
import io.roadrunner.http1.Http1Exception;
import io.roadrunner.http1.Http1Limits;
import io.roadrunner.http1.Http1Parser;
import io.roadrunner.http1.Http1Violation;
import io.roadrunner.http1.MessageEnd;
import io.roadrunner.http1.NeedInput;
import io.roadrunner.http1.RequestHead;
import io.roadrunner.http1.ResponseHead;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A client that sends whatever it is told and reads responses strictly. Nothing waits longer than
 * {@link Wait#PATIENCE}.
 */
public final class RawClient implements AutoCloseable {

  private final SocketChannel channel;
  private final Selector selector;
  private final Http1Parser parser = Http1Parser.forResponses(Http1Limits.defaults());
  private final StringBuilder body = new StringBuilder();
  private ByteBuffer in = ByteBuffer.allocate(64 << 10).limit(0);
  private boolean ended;

  private RawClient(SocketChannel channel) throws IOException {
    this.channel = channel;
    channel.configureBlocking(false);
    selector = Selector.open();
    channel.register(selector, SelectionKey.OP_READ);
  }

  /** Connects to a server. */
  public static RawClient connect(SocketAddress address) throws IOException {
    SocketChannel channel =
        address instanceof UnixDomainSocketAddress
            ? SocketChannel.open(address)
            : SocketChannel.open();
    if (!channel.isConnected()) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.connect(address);
    }
    return new RawClient(channel);
  }

  /** Connects with a receive buffer so small that a server soon has to wait for this client. */
  public static RawClient connectSlowReader(SocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
    channel.connect(address);
    return new RawClient(channel);
  }

  /** Returns the address on this side. */
  public SocketAddress local() throws IOException {
    return channel.getLocalAddress();
  }

  /** Sends text, one byte for each char. */
  public RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends bytes, all of them. */
  public RawClient send(byte[] bytes) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(bytes);
    channel.write(out);
    while (out.hasRemaining()) {
      await(SelectionKey.OP_WRITE);
      channel.write(out);
    }
    return this;
  }

  /** Sends as many of those bytes as the connection takes now. Returns how many. */
  public int sendSome(ByteBuffer bytes) throws IOException {
    return channel.write(bytes);
  }

  /** Ends this side of the connection (FIN). */
  public RawClient finish() throws IOException {
    channel.shutdownOutput();
    return this;
  }

  /** Ends the connection at once and without manners (RST). */
  public void reset() throws IOException {
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    close();
  }

  /** Reads the final response to a GET or the like, and passes over interim ones. */
  public Answer answer() throws IOException {
    return answer("GET");
  }

  /** Reads the final response to that method, and passes over interim ones. */
  public Answer answer(String method) throws IOException {
    Answer answer = next(method);
    while (answer.status() < 200) {
      answer = next(method);
    }
    return answer;
  }

  /** Reads the next response, be it interim or final. */
  public Answer next() throws IOException {
    return next("GET");
  }

  private Answer next(String method) throws IOException {
    parser.answering(method);
    ResponseHead head = null;
    body.setLength(0);
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
        case NeedInput need -> throw new AssertionError("the server closed without an answer");
        case RequestHead request -> throw new AssertionError("a request: " + request);
      }
    }
  }

  private Http1Event parse() throws IOException {
    Http1Event event = parser.next(in);
    while (event instanceof NeedInput) {
      if (!fill()) {
        return parser.close();
      }
      event = parser.next(in);
    }
    return event;
  }

  /** Reads a response that the server cuts off. Returns as much of its content as has come. */
  public String cutOffBody() throws IOException {
    try {
      Answer answer = next("GET");
      throw new AssertionError("the response is complete: " + answer.status());
    } catch (Http1Exception e) {
      if (e.violation() != Http1Violation.TRUNCATED_MESSAGE) {
        throw e;
      }
      return body.toString();
    }
  }

  /** Reads all responses up to the end of the connection. */
  public List<Answer> answersUntilEnd() throws IOException {
    List<Answer> answers = new ArrayList<>();
    while (in.hasRemaining() || fill()) {
      answers.add(next("GET"));
    }
    return answers;
  }

  /** Reads all bytes up to the end of the connection, without looking at what they mean. */
  public String restUntilEnd() throws IOException {
    StringBuilder rest = new StringBuilder();
    do {
      rest.append(StandardCharsets.ISO_8859_1.decode(in));
    } while (fill());
    return rest.toString();
  }

  /** Waits for the end of the connection; fails if a byte comes before it. */
  public void expectEnd() throws IOException {
    String rest = restUntilEnd();
    if (!rest.isEmpty()) {
      throw new AssertionError("instead of the end of the connection came: " + rest);
    }
  }

  /** Returns how many bytes have been read from the connection and not been looked at. */
  public int buffered() {
    return in.remaining();
  }

  /** Tells whether there are bytes to read at this moment, or the end. */
  public boolean hasSomething() throws IOException {
    return in.hasRemaining() || ended || selectNow();
  }

  private boolean selectNow() throws IOException {
    channel.keyFor(selector).interestOps(SelectionKey.OP_READ);
    selector.selectedKeys().clear();
    return selector.selectNow() > 0;
  }

  /** Reads more; false at the end, also when that came as a reset. */
  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    if (in.limit() == in.capacity() && in.position() == 0) {
      in = ByteBuffer.allocate(2 * in.capacity()).put(in).flip();
    }
    in.compact();
    int count = read();
    while (count == 0) {
      await(SelectionKey.OP_READ);
      count = read();
    }
    in.flip();
    ended = count < 0;
    return !ended;
  }

  private int read() {
    try {
      return channel.read(in);
    } catch (IOException e) {
      return -1;
    }
  }

  private void await(int operation) throws IOException {
    channel.keyFor(selector).interestOps(operation);
    selector.selectedKeys().clear();
    if (selector.select(Wait.PATIENCE.toMillis()) == 0) {
      throw new AssertionError(
          "the server did not " + (operation == SelectionKey.OP_READ ? "answer" : "read"));
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
    channel.close();
  }
}
