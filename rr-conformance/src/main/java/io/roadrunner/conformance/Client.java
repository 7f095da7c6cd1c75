package io.roadrunner.conformance;

import io.roadrunner.conformance.ServerEvent.Closing;
import io.roadrunner.conformance.ServerEvent.Echo;
import io.roadrunner.conformance.ServerEvent.End;
import io.roadrunner.conformance.ServerEvent.Ping;
import io.roadrunner.conformance.ServerEvent.Pong;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One connection of a case. Messages come back in their order, and so do Pongs, but a server may
 * put a Pong before or behind a message, and may answer only the last of several Pings.
 */
final class Client implements AutoCloseable {

  private final EchoConnection connection;
  private final Optional<Deflation> deflation;
  private final ServerFrames frames;
  private final Deque<Echo> messages = new ArrayDeque<>();
  private final Deque<Pong> pongs = new ArrayDeque<>();
  private final Set<ByteBuffer> pings = new HashSet<>();
  private Optional<Closing> closing = Optional.empty();

  private Client(EchoConnection connection, Optional<Deflation> deflation) {
    this.connection = connection;
    this.deflation = deflation;
    this.frames = new ServerFrames(connection, deflation);
  }

  /** A connection without compression. */
  static Client plain(EchoServer server) throws Exception {
    EchoConnection connection = server.connect("");
    if (!connection.extensions().isEmpty()) {
      throw new AssertionError("extension that was not offered: " + connection.extensions());
    }
    return new Client(connection, Optional.empty());
  }

  /** A connection with compression, on terms that answer the offers. */
  static Client compressing(EchoServer server, Terms offer) throws Exception {
    EchoConnection connection = server.connect(offer.toString());
    return new Client(connection, Optional.of(Deflation.of(offer, connection.extensions())));
  }

  /** A connection that may or may not have compression. */
  static Client offering(EchoServer server, String offers) throws Exception {
    return new Client(server.connect(offers), Optional.empty());
  }

  String extensions() {
    return connection.extensions();
  }

  Deflation deflation() {
    return deflation.orElseThrow();
  }

  void send(byte[]... parts) throws IOException {
    connection.send(ByteBuffer.wrap(Frames.join(parts)));
  }

  /** Sends in pieces of so many bytes. */
  void sendCut(int pieceBytes, byte[]... parts) throws IOException {
    byte[] all = Frames.join(parts);
    for (int at = 0; at < all.length; at += pieceBytes) {
      int length = Math.min(pieceBytes, all.length - at);
      connection.send(ByteBuffer.wrap(all, at, length));
    }
  }

  /** Says that a Ping with this payload is or will be sent, so that a Pong is in order. */
  byte[] ping(byte[] payload) {
    pings.add(ByteBuffer.wrap(payload));
    return Frames.frame(Frames.FIN | Frames.PING, payload);
  }

  void expect(int opcode, byte[] payload) throws IOException {
    while (messages.isEmpty()) {
      pump("message of " + payload.length + " bytes");
    }
    Echo echo = messages.remove();
    if (echo.opcode() != opcode || !echo.payload().equals(ByteBuffer.wrap(payload))) {
      throw new AssertionError("not the echo: " + text(echo) + ", but " + brief(payload));
    }
  }

  void expectText(String text) throws IOException {
    expect(Frames.TEXT, Frames.utf8(text));
  }

  /** Sends a message in one frame and waits for its echo. */
  void echo(String text) throws IOException {
    send(Frames.frame(Frames.FIN | Frames.TEXT, text));
    expectText(text);
  }

  /** Waits for this Pong; those of earlier Pings may have come or not. */
  void expectPong(byte[] payload) throws IOException {
    ByteBuffer wanted = ByteBuffer.wrap(payload);
    while (true) {
      while (pongs.isEmpty()) {
        pump("Pong of " + payload.length + " bytes");
      }
      if (pongs.remove().payload().equals(wanted)) {
        return;
      }
    }
  }

  /** The Close frame comes, then the end of the transport, and nothing else that was not due. */
  void expectClose(Integer... codes) throws IOException {
    while (closing.isEmpty()) {
      pump("Close frame with " + Arrays.toString(codes));
    }
    if (!Arrays.asList(codes).contains(closing.get().code())) {
      throw new AssertionError(
          "close code " + closing.get().code() + ", expected " + Arrays.toString(codes));
    }
    if (!(frames.next() instanceof End)) {
      throw new AssertionError("something behind a Close frame");
    }
    if (!messages.isEmpty()) {
      throw new AssertionError("not expected: " + text(messages.element()));
    }
  }

  /** As {@link #expectClose}, but an echo that was still on its way may come first, or not. */
  void expectCloseAfterPerhaps(int opcode, byte[] payload, Integer... codes) throws IOException {
    while (closing.isEmpty()) {
      pump("Close frame with " + Arrays.toString(codes));
    }
    if (!messages.isEmpty()) {
      expect(opcode, payload);
    }
    expectClose(codes);
  }

  /** Closes in good order. */
  void finish() throws IOException {
    send(Frames.close(1000, new byte[0]));
    expectClose(1000);
  }

  private void pump(String awaited) throws IOException {
    if (closing.isPresent()) {
      throw new AssertionError("closed with " + closing.get().code() + " before " + awaited);
    }
    switch (frames.next()) {
      case Echo echo -> messages.add(echo);
      case Pong pong -> {
        if (!pings.contains(pong.payload())) {
          throw new AssertionError("Pong for no Ping, " + pong.payload().remaining() + " bytes");
        }
        pongs.add(pong);
      }
      case Ping ping -> {}
      case Closing close -> closing = Optional.of(close);
      case End end -> throw new AssertionError("the transport ended before " + awaited);
    }
  }

  private static String text(Echo echo) {
    byte[] payload = new byte[echo.payload().remaining()];
    echo.payload().get(echo.payload().position(), payload);
    return "opcode " + echo.opcode() + ", " + brief(payload);
  }

  private static String brief(byte[] payload) {
    byte[] start = Arrays.copyOf(payload, Math.min(payload.length, 20));
    return payload.length + " bytes " + java.util.HexFormat.of().formatHex(start);
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
