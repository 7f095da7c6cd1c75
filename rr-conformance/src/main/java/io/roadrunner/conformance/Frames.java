package io.roadrunner.conformance;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Builds what a client sends, bit by bit (RFC 6455 §5.2). */
final class Frames {

  static final int FIN = 0x80;
  static final int RSV1 = 0x40;
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int MASK = 0x80;
  private static final int KEY = 0x9C1F_E037;

  private Frames() {}

  /** A masked frame; the first byte has FIN, reserved bits and opcode. */
  static byte[] frame(int first, byte[] payload) {
    return frame(first, payload, 0, payload.length, KEY);
  }

  static byte[] frame(int first, String payload) {
    return frame(first, utf8(payload));
  }

  static byte[] withKey(int first, byte[] payload, int key) {
    return frame(first, payload, 0, payload.length, key);
  }

  private static byte[] frame(int first, byte[] payload, int from, int to, int key) {
    int extra = extraBytes(to - from);
    ByteBuffer frame = ByteBuffer.allocate(2 + extra + 4 + to - from);
    frame.put(header(first, MASK, to - from, extra)).putInt(key);
    int shift = 24;
    for (int i = from; i < to; i++) {
      frame.put((byte) (payload[i] ^ (key >>> shift)));
      shift = (shift - 8) & 24;
    }
    return frame.array();
  }

  static byte[] unmasked(int first, byte[] payload) {
    return join(header(first, 0, payload.length, extraBytes(payload.length)), payload);
  }

  /** A masked header alone, its length in 0, 2 or 8 more bytes; any payload goes on unmasked. */
  static byte[] header(int first, long length, int extraBytes) {
    return join(header(first, MASK, length, extraBytes), new byte[4]);
  }

  private static int extraBytes(int length) {
    return length < 126 ? 0 : length < 65536 ? 2 : 8;
  }

  private static byte[] header(int first, int mask, long length, int extraBytes) {
    ByteBuffer header = ByteBuffer.allocate(2 + extraBytes).put((byte) first);
    return switch (extraBytes) {
      case 0 -> header.put((byte) (mask | length)).array();
      case 2 -> header.put((byte) (mask | 126)).putShort((short) length).array();
      default -> header.put((byte) (mask | 127)).putLong(length).array();
    };
  }

  /** A message in frames of so many bytes of payload; 0: in one. */
  static byte[] fragments(int first, byte[] payload, int size) {
    if (size == 0 || size >= payload.length) {
      return frame(FIN | first, payload);
    }
    ByteArrayOutputStream frames = new ByteArrayOutputStream(payload.length + payload.length / 8);
    int opcode = first;
    for (int at = 0; at < payload.length; at += size) {
      int to = Math.min(at + size, payload.length);
      int fin = to == payload.length ? FIN : 0;
      frames.writeBytes(frame(fin | opcode, payload, at, to, KEY));
      opcode = CONTINUATION;
    }
    return frames.toByteArray();
  }

  static byte[] close(int code, byte[] reason) {
    return frame(FIN | CLOSE, join(new byte[] {(byte) (code >> 8), (byte) code}, reason));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
