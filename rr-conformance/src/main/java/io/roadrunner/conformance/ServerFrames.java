package io.roadrunner.conformance;

import io.roadrunner.conformance.ServerEvent.Closing;
import io.roadrunner.conformance.ServerEvent.Echo;
import io.roadrunner.conformance.ServerEvent.End;
import io.roadrunner.conformance.ServerEvent.Ping;
import io.roadrunner.conformance.ServerEvent.Pong;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads what the server sends, and fails on whatever breaks a rule. */
final class ServerFrames {

  private static final int MOST = 128 << 20;

  private final EchoConnection connection;
  private final Optional<Deflation> deflation;
  private final ByteBuffer in = ByteBuffer.allocate(1 << 16).limit(0);
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private int opcode;
  private boolean compressed;

  ServerFrames(EchoConnection connection, Optional<Deflation> deflation) {
    this.connection = connection;
    this.deflation = deflation;
  }

  ServerEvent next() throws IOException {
    while (true) {
      if (!in.hasRemaining() && fill() < 0) {
        return new End();
      }
      int first = octet();
      byte[] payload = bytes(length(octet()));
      if ((first & 8) != 0) {
        return control(first, payload);
      }
      start(first);
      message.writeBytes(payload);
      if ((first & Frames.FIN) != 0) {
        return end();
      }
    }
  }

  private void start(int first) {
    int type = first & 0xF;
    check((first & 0x30) == 0 && type <= Frames.BINARY, "reserved bit or opcode", first);
    check((type == Frames.CONTINUATION) == (opcode != 0), "fragments out of order", first);
    boolean rsv1 = (first & Frames.RSV1) != 0;
    check(!rsv1 || (deflation.isPresent() && opcode == 0), "RSV1 where it may not be", first);
    if (opcode == 0) {
      opcode = type;
      compressed = rsv1;
    }
  }

  private ServerEvent end() {
    byte[] payload = message.toByteArray();
    message.reset();
    ServerEvent echo =
        new Echo(
            opcode,
            ByteBuffer.wrap(compressed ? deflation.orElseThrow().decompress(payload) : payload));
    opcode = 0;
    return echo;
  }

  private static ServerEvent control(int first, byte[] payload) {
    check((first & 0xF0) == Frames.FIN && payload.length <= 125, "control frame", first);
    return switch (first & 0xF) {
      case Frames.PING -> new Ping();
      case Frames.PONG -> new Pong(ByteBuffer.wrap(payload));
      case Frames.CLOSE -> new Closing(code(payload));
      default -> throw new AssertionError("reserved opcode: " + Integer.toHexString(first));
    };
  }

  private static int code(byte[] payload) {
    if (payload.length == 0) {
      return Closing.NO_CODE;
    }
    check(payload.length > 1, "close code of one byte", payload.length);
    return ByteBuffer.wrap(payload).getShort() & 0xFFFF;
  }

  private int length(int second) throws IOException {
    check(second < 128, "masked frame", second);
    long length =
        switch (second) {
          case 126 -> number(2);
          case 127 -> number(8);
          default -> second;
        };
    check(second != 126 || length > 125, "length in too many bytes", second);
    check(second != 127 || length > 65535, "length in too many bytes", second);
    check(length >= 0 && length <= MOST, "frame too long", second);
    return (int) length;
  }

  private long number(int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | octet();
    }
    return value;
  }

  private int octet() throws IOException {
    if (!in.hasRemaining() && fill() < 0) {
      throw new AssertionError("the transport ended within a frame");
    }
    return in.get() & 0xFF;
  }

  private byte[] bytes(int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int at = 0; at < length; ) {
      bytes[at++] = (byte) octet();
      int more = Math.min(in.remaining(), length - at);
      in.get(bytes, at, more);
      at += more;
    }
    return bytes;
  }

  private int fill() throws IOException {
    in.clear();
    try {
      return connection.receive(in);
    } finally {
      in.flip();
    }
  }

  private static void check(boolean right, String wrong, int value) {
    if (!right) {
      throw new AssertionError("from the server: " + wrong + ", " + Integer.toHexString(value));
    }
  }
}
