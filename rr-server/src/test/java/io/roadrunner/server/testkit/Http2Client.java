package io.roadrunner.server.testkit;

import io.roadrunner.hpack.HpackDecoder;
import io.roadrunner.hpack.HpackEncoder;
import io.roadrunner.hpack.HpackLimits;
import io.roadrunner.hpack.IndexingPolicy;
import io.roadrunner.hpack.Sensitivity;
import io.roadrunner.http2.frame.Ack;
import io.roadrunner.http2.frame.ContinuationFrame;
import io.roadrunner.http2.frame.DataFrame;
import io.roadrunner.http2.frame.EndHeaders;
import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.Frame;
import io.roadrunner.http2.frame.FrameReader;
import io.roadrunner.http2.frame.FrameWriter;
import io.roadrunner.http2.frame.GoAwayFrame;
import io.roadrunner.http2.frame.HeadersFrame;
import io.roadrunner.http2.frame.PingFrame;
import io.roadrunner.http2.frame.RstStreamFrame;
import io.roadrunner.http2.frame.SettingsFrame;
import io.roadrunner.http2.frame.WindowUpdateFrame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A client of HTTP/2 that sends whatever frames it is told, and notes what comes back, stream by
 * stream. Nothing waits longer than {@link Wait#PATIENCE}. One thread may read, and another write.
 */
public final class Http2Client implements AutoCloseable {

  /** RFC 9113 §3.4. */
  public static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  private final Socket socket;
  private final HpackEncoder encoder = HpackEncoder.create(IndexingPolicy.standard(), 4096);
  private final HpackDecoder decoder =
      HpackDecoder.create(new HpackLimits(1 << 20, 10_000, 1 << 20));
  private final FrameReader frames = FrameReader.create(FrameReader.MOST_FRAME_BYTES);
  private final Map<Integer, Http2Reply> replies = new HashMap<>();
  private final List<GoAwayFrame> goAways = new ArrayList<>();
  private final Map<Integer, Long> windows = new HashMap<>();
  private final List<Long> pongs = new ArrayList<>();
  private final byte[] chunk = new byte[64 << 10];
  private ByteBuffer in = ByteBuffer.allocate(0);
  private Optional<SettingsFrame> settings = Optional.empty();
  private ByteBuffer block = ByteBuffer.allocate(0);
  private boolean settingsAcknowledged;
  private boolean opensWindows = true;
  private boolean ended;

  private Http2Client(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) Wait.PATIENCE.toMillis());
  }

  /** Connects and sends nothing. */
  public static Http2Client silent(int port) throws IOException {
    return new Http2Client(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Connects with a receive buffer so small that a server soon has to wait for this client. */
  public static Http2Client slowReader(int port, long... settings) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return new Http2Client(socket).start(settings);
  }

  /** Connects, and sends the preface with settings: identifier, value, and so on. */
  public static Http2Client connect(int port, long... settings) throws IOException {
    return silent(port).start(settings);
  }

  /** Speaks over a connection that is there, for instance one with TLS. */
  public static Http2Client over(Socket socket, long... settings) throws IOException {
    return new Http2Client(socket).start(settings);
  }

  /** Sends the preface with settings. */
  public Http2Client start(long... entries) throws IOException {
    return send(PREFACE.getBytes(StandardCharsets.ISO_8859_1)).send(SettingsFrame.of(entries));
  }

  /** Leaves the server's windows as they are; WINDOW_UPDATE is up to the test from here on. */
  public Http2Client keepWindowsShut() {
    opensWindows = false;
    return this;
  }

  // Sending.

  /** Sends octets. */
  public Http2Client send(byte[] octets) throws IOException {
    socket.getOutputStream().write(octets);
    return this;
  }

  /** Sends frames in one write. */
  public Http2Client send(Frame... list) throws IOException {
    return send(bytes(list));
  }

  /** Returns the octets of frames. */
  public static byte[] bytes(Frame... list) {
    int room = 0;
    for (Frame frame : list) {
      room += FrameWriter.HEADER_BYTES + payloadBytes(frame);
    }
    ByteBuffer out = ByteBuffer.allocate(room);
    for (Frame frame : list) {
      FrameWriter.write(frame, out);
    }
    byte[] octets = new byte[out.position()];
    out.get(0, octets);
    return octets;
  }

  private static int payloadBytes(Frame frame) {
    return switch (frame) {
      case DataFrame data -> data.data().remaining();
      case HeadersFrame headers -> 5 + headers.fragment().remaining();
      case ContinuationFrame continuation -> continuation.fragment().remaining();
      case SettingsFrame sent -> sent.entries().remaining();
      default -> 64;
    };
  }

  /** Returns a frame that no writer would write: type, flags, stream and payload as they are. */
  public static byte[] raw(int type, int flags, int streamId, int... payload) {
    ByteBuffer octets = ByteBuffer.allocate(9 + payload.length);
    octets.putInt(payload.length << 8 | type).put((byte) flags).putInt(streamId);
    for (int octet : payload) {
      octets.put((byte) octet);
    }
    return octets.array();
  }

  /** Returns HEADERS with exactly these names and values. Encoding goes in the order of sending. */
  public HeadersFrame headers(int streamId, EndStream end, String... namesAndValues) {
    ByteBuffer out = ByteBuffer.allocate(1 << 17);
    encoder.beginBlock(out);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      encoder.encode(namesAndValues[i], namesAndValues[i + 1], Sensitivity.NORMAL, out);
    }
    return HeadersFrame.of(streamId, out.flip(), end);
  }

  /** Returns the head of a request with these fields behind the usual ones. */
  public HeadersFrame request(
      int streamId, String method, String path, EndStream end, String... fields) {
    List<String> all =
        new ArrayList<>(
            List.of(":method", method, ":scheme", "http", ":path", path, ":authority", "a.test"));
    all.addAll(List.of(fields));
    return headers(streamId, end, all.toArray(String[]::new));
  }

  /** Sends a GET. */
  public Http2Client get(int streamId, String path, String... fields) throws IOException {
    return send(request(streamId, "GET", path, EndStream.YES, fields));
  }

  /** Sends the head of a POST whose content follows. */
  public Http2Client post(int streamId, String path, String... fields) throws IOException {
    return send(request(streamId, "POST", path, EndStream.NO, fields));
  }

  /** Returns a DATA frame, one byte for each char. */
  public static DataFrame data(int streamId, String text, EndStream end) {
    return DataFrame.of(streamId, ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)), end);
  }

  /** Ends this side of the connection (FIN). */
  public Http2Client finish() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Ends the connection at once and without manners (RST). */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    close();
  }

  // Reading.

  /** Returns what has come on a stream so far. */
  public Http2Reply reply(int streamId) {
    return replies.computeIfAbsent(streamId, id -> new Http2Reply());
  }

  /** Reads until a stream has ended. */
  public Http2Reply answer(int streamId) throws IOException {
    Http2Reply reply = reply(streamId);
    readUntil("the end of stream " + streamId, reply::isOver);
    return reply;
  }

  /** Reads until RST_STREAM comes, and returns its code. */
  public int resetCode(int streamId) throws IOException {
    Http2Reply reply = reply(streamId);
    readUntil("RST_STREAM for stream " + streamId, () -> reply.reset().isPresent());
    return reply.reset().getAsInt();
  }

  /** Reads until the server has sent GOAWAY that often, and returns the last one. */
  public GoAwayFrame goAway(int count) throws IOException {
    readUntil(count + " GOAWAY", () -> goAways.size() >= count);
    return goAways.get(count - 1);
  }

  /** Returns the GOAWAY frames so far. */
  public List<GoAwayFrame> goAways() {
    return List.copyOf(goAways);
  }

  /** Reads until the server's settings are there. */
  public SettingsFrame settings() throws IOException {
    readUntil("SETTINGS", () -> settings.isPresent());
    return settings.orElseThrow();
  }

  /** Reads until the server has acknowledged the settings of this client. */
  public Http2Client awaitSettings() throws IOException {
    readUntil("the acknowledgement of SETTINGS", () -> settingsAcknowledged);
    return this;
  }

  /** Sends PING and reads until it has come back: everything before it has been dealt with. */
  public Http2Client roundTrip(long opaque) throws IOException {
    send(new PingFrame(Ack.NO, opaque));
    readUntil("the answer to PING", () -> pongs.contains(opaque));
    return this;
  }

  /**
   * Reads until WINDOW_UPDATE has come for a stream, and returns by how much since the last call.
   */
  public long awaitWindow(int streamId) throws IOException {
    Http2Reply reply = reply(streamId);
    readUntil("WINDOW_UPDATE", () -> windows.containsKey(streamId) || reply.isOver());
    Long opened = windows.remove(streamId);
    return opened == null ? 0 : opened;
  }

  /** Tells whether WINDOW_UPDATE has come for a stream since the last {@link #awaitWindow}. */
  public boolean hasOpened(int streamId) {
    return windows.containsKey(streamId);
  }

  /** Tells whether the answer to that PING has come. */
  public boolean hasPong(long opaque) {
    return pongs.contains(opaque);
  }

  /** Reads until the condition holds. */
  public void readUntil(String what, BooleanSupplier condition) throws IOException {
    while (!condition.getAsBoolean()) {
      if (!readOne()) {
        throw new AssertionError("the connection ended before: " + what);
      }
    }
  }

  /** Reads to the end of the connection. */
  public void readToEnd() throws IOException {
    boolean more = true;
    while (more) {
      more = readOne();
    }
  }

  /** Reads one frame; false at the end. */
  private boolean readOne() throws IOException {
    while (true) {
      if (frames.next(in) instanceof Frame frame) {
        take(frame);
        return true;
      }
      if (!fill()) {
        return false;
      }
    }
  }

  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    int count;
    try {
      count = socket.getInputStream().read(chunk);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the server says nothing", e);
    } catch (IOException e) {
      // A reset connection has ended, too.
      count = -1;
    }
    ended = count < 0;
    in = ByteBuffer.wrap(chunk, 0, Math.max(0, count));
    return !ended;
  }

  private void take(Frame frame) throws IOException {
    switch (frame) {
      case DataFrame data -> data(data);
      case HeadersFrame headers -> {
        block = copy(ByteBuffer.allocate(0), headers.fragment());
        head(headers.streamId(), headers.endHeaders());
        if (headers.endStream() == EndStream.YES) {
          reply(headers.streamId()).end();
        }
      }
      case ContinuationFrame part -> {
        block = copy(block, part.fragment());
        head(part.streamId(), part.endHeaders());
      }
      case RstStreamFrame reset -> reply(reset.streamId()).reset(reset.errorCode());
      case SettingsFrame received -> {
        if (received.ack() == Ack.YES) {
          settingsAcknowledged = true;
        } else {
          settings = Optional.of(received);
          answer(SettingsFrame.acknowledgement());
        }
      }
      case PingFrame ping -> {
        if (ping.ack() == Ack.YES) {
          pongs.add(ping.opaque());
        } else {
          answer(new PingFrame(Ack.YES, ping.opaque()));
        }
      }
      case GoAwayFrame goAway -> goAways.add(goAway);
      case WindowUpdateFrame update ->
          windows.merge(update.streamId(), (long) update.increment(), Long::sum);
      default -> {}
    }
  }

  /** A server that has gone need not hear that it was understood. */
  private void answer(Frame frame) {
    try {
      send(frame);
    } catch (IOException e) {
      ended |= socket.isClosed();
    }
  }

  private void data(DataFrame data) {
    byte[] bytes = new byte[data.data().remaining()];
    data.data().get(bytes);
    Http2Reply reply = reply(data.streamId());
    reply.data(bytes);
    if (data.endStream() == EndStream.YES) {
      reply.end();
    }
    if (opensWindows && data.flowControlledBytes() > 0) {
      answer(new WindowUpdateFrame(0, data.flowControlledBytes()));
      if (!reply.isOver()) {
        answer(new WindowUpdateFrame(data.streamId(), data.flowControlledBytes()));
      }
    }
  }

  private static ByteBuffer copy(ByteBuffer first, ByteBuffer second) {
    return ByteBuffer.allocate(first.remaining() + second.remaining())
        .put(first)
        .put(second.duplicate())
        .flip();
  }

  private void head(int streamId, EndHeaders end) {
    if (end == EndHeaders.NO) {
      return;
    }
    List<String> fields = new ArrayList<>();
    decoder.decode(block, (name, value, sensitivity) -> fields.add(name + "=" + value));
    reply(streamId).head(fields);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
