package io.roadrunner.server.testkit;

import io.roadrunner.deflate.DeflateConfig;
import io.roadrunner.deflate.DeflateParameters;
import io.roadrunner.deflate.Extension;
import io.roadrunner.deflate.MessageDeflater;
import io.roadrunner.deflate.NativeCodecs;
import io.roadrunner.deflate.Negotiation;
import io.roadrunner.deflate.PermessageDeflate;
import io.roadrunner.websocket.Close;
import io.roadrunner.websocket.ExtensionOffer;
import io.roadrunner.websocket.Message;
import io.roadrunner.websocket.MessageEvent;
import io.roadrunner.websocket.MessageKind;
import io.roadrunner.websocket.MessageReader;
import io.roadrunner.websocket.NeedInput;
import io.roadrunner.websocket.PayloadForm;
import io.roadrunner.websocket.Ping;
import io.roadrunner.websocket.Pong;
import io.roadrunner.websocket.WebSocketLimits;
import io.roadrunner.websocket.WebSocketWriter;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A WebSocket client that sends whatever it is told and reads strictly. Nothing waits longer than
 * {@link Wait#PATIENCE}.
 */
public final class WsClient implements Closeable {

  private static final WebSocketLimits ANY_SIZE =
      WebSocketLimits.defaults().withMaxFrameBytes(1 << 30).withMaxMessageBytes(1 << 30);

  private final InputStream in;
  private final OutputStream out;
  private final Closeable transport;
  private final String head;
  private final Random random = new Random(1);
  private final WebSocketWriter writer = WebSocketWriter.client(random::nextInt);
  private final MessageReader reader;
  private final Optional<MessageDeflater> deflater;
  private final ByteBuffer bytes = ByteBuffer.allocate(64 << 10).limit(0);

  private WsClient(
      InputStream in, OutputStream out, Closeable transport, String head, DeflateConfig config) {
    this.in = in;
    this.out = out;
    this.transport = transport;
    this.head = head;
    Optional<DeflateParameters> agreed = agreed(head, config);
    this.deflater = agreed.map(p -> MessageDeflater.client(p, config, NativeCodecs.unpooled()));
    this.reader =
        agreed
            .map(p -> MessageReader.client(ANY_SIZE, new WsInflation(p)))
            .orElseGet(() -> MessageReader.client(ANY_SIZE));
  }

  private static Optional<DeflateParameters> agreed(String head, DeflateConfig config) {
    List<String> values =
        head.lines()
            .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("sec-websocket-ext"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .toList();
    List<Extension> answer =
        ExtensionOffer.parse(values, 64).orElseThrow().stream()
            .map(
                e ->
                    new Extension(
                        e.name(),
                        e.parameters().stream()
                            .map(p -> new Extension.Parameter(p.name(), p.value()))
                            .toList()))
            .toList();
    return PermessageDeflate.accept(answer, config) instanceof Negotiation.Accepted accepted
        ? Optional.of(accepted.parameters())
        : Optional.empty();
  }

  /** Returns the bytes of a handshake, with further header lines. */
  public static String handshake(String path, String... lines) {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        + Arrays.stream(lines).map(line -> line + "\r\n").collect(Collectors.joining())
        + "\r\n";
  }

  /** Opens a WebSocket. */
  public static WsClient open(TestServer server, String path, String... lines) throws IOException {
    return open(socket(server.server().address()), handshake(path, lines).getBytes(ascii()));
  }

  /** Opens a WebSocket with compression. */
  public static WsClient compressed(TestServer server, String path, DeflateConfig config)
      throws IOException {
    String offers =
        PermessageDeflate.offers(config).stream()
            .map(Extension::toString)
            .collect(Collectors.joining(", "));
    Socket socket = socket(server.server().address());
    String request = handshake(path, "Sec-WebSocket-Extensions: " + offers);
    socket.getOutputStream().write(request.getBytes(ascii()));
    return answered(socket.getInputStream(), socket.getOutputStream(), socket, config);
  }

  /** Opens a WebSocket whose client soon has no room for more. */
  public static WsClient slowReader(TestServer server, String path) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    connect(socket, server.server().address());
    return open(socket, handshake(path).getBytes(ascii()));
  }

  /** Sends bytes that contain a handshake, and reads its answer. */
  public static WsClient open(Socket socket, byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    return answered(
        socket.getInputStream(), socket.getOutputStream(), socket, DeflateConfig.defaults());
  }

  /** Speaks on a transport on which the handshake is over. */
  public static WsClient over(InputStream in, OutputStream out, Closeable transport) {
    return new WsClient(in, out, transport, "", DeflateConfig.defaults());
  }

  /** Connects to a server. */
  public static Socket socket(SocketAddress address) throws IOException {
    return connect(new Socket(), address);
  }

  private static Socket connect(Socket socket, SocketAddress address) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) Wait.PATIENCE.toMillis());
    socket.connect(address);
    return socket;
  }

  private static WsClient answered(
      InputStream in, OutputStream out, Closeable transport, DeflateConfig config)
      throws IOException {
    String head = readHead(in);
    if (!head.startsWith("HTTP/1.1 101 ")) {
      throw new AssertionError("no upgrade: " + head);
    }
    return new WsClient(in, out, transport, head, config);
  }

  /** Reads the answer to a handshake, up to the empty line. */
  public static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the connection ended in the head: " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static java.nio.charset.Charset ascii() {
    return StandardCharsets.US_ASCII;
  }

  /** Returns the head of the server's answer. */
  public String head() {
    return head;
  }

  // Sending.

  /** Sends bytes as they are. */
  public WsClient raw(byte[] frames) throws IOException {
    out.write(frames);
    out.flush();
    return this;
  }

  /** Sends what is in a buffer up to its position. */
  public WsClient raw(ByteBuffer frames) throws IOException {
    byte[] all = new byte[frames.position()];
    frames.flip().get(all);
    return raw(all);
  }

  /** Sends a text message. */
  public WsClient text(String message) throws IOException {
    return message(MessageKind.TEXT, message.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a binary message. */
  public WsClient binary(byte[] message) throws IOException {
    return message(MessageKind.BINARY, message);
  }

  private WsClient message(MessageKind kind, byte[] message) throws IOException {
    ByteBuffer payload = ByteBuffer.wrap(message);
    ByteBuffer form = ByteBuffer.allocate(message.length + MessageDeflater.EXTRA_ROOM);
    ByteBuffer frame = ByteBuffer.allocate(message.length + WebSocketWriter.MAX_HEADER_BYTES);
    boolean compressed =
        deflater.isPresent()
            && deflater.get().message(payload, form)
                == io.roadrunner.deflate.MessageForm.COMPRESSED;
    if (compressed) {
      writer.message(kind, PayloadForm.COMPRESSED, form.flip(), frame);
    } else {
      writer.message(kind, PayloadForm.PLAIN, payload, frame);
    }
    return raw(frame);
  }

  /** Sends a part of a message. */
  public WsClient fragment(String first, String... more) throws IOException {
    ByteBuffer frames = ByteBuffer.allocate(64 << 10);
    writer.firstFragment(MessageKind.TEXT, PayloadForm.PLAIN, utf8(first), frames);
    for (int i = 0; i < more.length; i++) {
      if (i < more.length - 1) {
        writer.nextFragment(utf8(more[i]), frames);
      } else {
        writer.lastFragment(utf8(more[i]), frames);
      }
    }
    return raw(frames);
  }

  /** Sends a ping. */
  public WsClient ping(String payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(WebSocketWriter.MAX_CONTROL_FRAME_BYTES);
    writer.ping(utf8(payload), frame);
    return raw(frame);
  }

  /** Sends a pong. */
  public WsClient pong(String payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(WebSocketWriter.MAX_CONTROL_FRAME_BYTES);
    writer.pong(utf8(payload), frame);
    return raw(frame);
  }

  /** Sends a Close frame. */
  public WsClient close(int code, String reason) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(WebSocketWriter.MAX_CONTROL_FRAME_BYTES);
    writer.close(code, reason, frame);
    return raw(frame);
  }

  /** Returns a frame with a mask of zeros. */
  public static byte[] frame(int first, byte[] payload) {
    int length = payload.length;
    int extra = length < 126 ? 0 : length < 65536 ? 2 : 8;
    ByteBuffer frame = ByteBuffer.allocate(2 + extra + 4 + length).put((byte) first);
    switch (extra) {
      case 0 -> frame.put((byte) (0x80 | length));
      case 2 -> frame.put((byte) (0x80 | 126)).putShort((short) length);
      default -> frame.put((byte) (0x80 | 127)).putLong(length);
    }
    return frame.putInt(0).put(payload).array();
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  // Receiving.

  /** Returns the next message or control frame. */
  public MessageEvent next() throws IOException {
    MessageEvent event = reader.next(bytes);
    while (event instanceof NeedInput) {
      if (!fill()) {
        throw new EOFException("the connection ended");
      }
      event = reader.next(bytes);
    }
    return switch (event) {
      case Message message -> new Message(message.kind(), copy(message.payload()));
      case Ping ping -> new Ping(copy(ping.payload()));
      case Pong pong -> new Pong(copy(pong.payload()));
      case Close close -> close;
      case NeedInput need -> throw new IllegalStateException();
    };
  }

  private boolean fill() throws IOException {
    bytes.compact();
    int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
    bytes.position(bytes.position() + Math.max(0, count)).flip();
    return count >= 0;
  }

  private static ByteBuffer copy(ByteBuffer view) {
    byte[] kept = new byte[view.remaining()];
    view.get(kept);
    return ByteBuffer.wrap(kept);
  }

  /** Returns the next event, which has to be a text message. */
  public String nextText() throws IOException {
    if (next() instanceof Message message && message.kind() == MessageKind.TEXT) {
      return StandardCharsets.UTF_8.decode(message.payload()).toString();
    }
    throw new AssertionError("no text message");
  }

  /** Returns the next event, which has to be a binary message. */
  public byte[] nextBinary() throws IOException {
    if (next() instanceof Message message && message.kind() == MessageKind.BINARY) {
      byte[] payload = new byte[message.payload().remaining()];
      message.payload().get(payload);
      return payload;
    }
    throw new AssertionError("no binary message");
  }

  /** Returns the next event, which has to be a pong, as text. */
  public String nextPong() throws IOException {
    if (next() instanceof Pong pong) {
      return StandardCharsets.UTF_8.decode(pong.payload()).toString();
    }
    throw new AssertionError("no pong");
  }

  /** Returns the next event, which has to be a Close frame. */
  public Close nextClose() throws IOException {
    MessageEvent event = next();
    if (event instanceof Close close) {
      return close;
    }
    throw new AssertionError("no close: " + event);
  }

  /** Waits for the end of the connection; fails if anything comes before it. */
  public void expectEnd() throws IOException {
    int next;
    try {
      next = bytes.hasRemaining() ? bytes.get() : in.read();
    } catch (java.net.SocketException reset) {
      return;
    }
    if (next >= 0) {
      throw new AssertionError("instead of the end came " + next);
    }
  }

  /** Answers a Close frame, and waits for the end of the connection. */
  public void finish(int code) throws IOException {
    close(code, "");
    expectEnd();
  }

  /** Ends this side of the connection without a word. */
  public void shutdownOutput() throws IOException {
    if (transport instanceof Socket socket) {
      socket.shutdownOutput();
    }
  }

  @Override
  public void close() throws IOException {
    transport.close();
  }
}
