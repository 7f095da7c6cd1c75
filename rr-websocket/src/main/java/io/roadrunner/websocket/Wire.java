package io.roadrunner.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The first bytes of a frame (RFC 6455 §5.2). */
final class Wire {
  static final int FIN = 0x80;
  static final int RSV1 = 0x40;
  static final int RSV2 = 0x20;
  static final int RSV3 = 0x10;
  static final int OPCODE = 0x0F;

  static final int CONTINUATION = 0x0;
  static final int TEXT = 0x1;
  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xA;

  static final int MASK = 0x80;
  static final int LENGTH = 0x7F;
  static final int LENGTH_16 = 126;
  static final int LENGTH_64 = 127;
  static final int KEY_BYTES = 4;
  static final int MAX_CONTROL_PAYLOAD = 125;

  private static final VarHandle NETWORK_INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private Wire() {}

  /** Opcodes with the top bit are control frames (RFC 6455 §5.5). */
  static boolean isControl(int first) {
    return (first & CLOSE) != 0;
  }

  /** How many bytes of length follow the two that every frame has. */
  static int extraLengthBytes(int second) {
    return switch (second & LENGTH) {
      case LENGTH_16 -> 2;
      case LENGTH_64 -> 8;
      default -> 0;
    };
  }

  /** The fewest bytes that can say a length, which are the only right ones. */
  static int extraLengthBytesFor(long length) {
    return length < LENGTH_16 ? 0 : length <= 0xFFFF ? 2 : 8;
  }

  /** The length in a header that is complete so far; negative if its top bit is set. */
  static long length(ByteBuffer in, int at) {
    int second = in.get(at + 1);
    return switch (second & LENGTH) {
      case LENGTH_16 -> ((in.get(at + 2) & 0xFF) << 8) | (in.get(at + 3) & 0xFF);
      case LENGTH_64 -> ((long) int32(in, at + 2) << 32) | (int32(in, at + 6) & 0xFFFF_FFFFL);
      default -> second & LENGTH;
    };
  }

  /** Four bytes in network order, whatever the order of the buffer. */
  static int int32(ByteBuffer in, int at) {
    return (int) NETWORK_INT.get(in, at);
  }

  /** Writes four bytes in network order, whatever the order of the buffer. */
  static void putInt32(ByteBuffer out, int value) {
    NETWORK_INT.set(out, out.position(), value);
    out.position(out.position() + Integer.BYTES);
  }
}
