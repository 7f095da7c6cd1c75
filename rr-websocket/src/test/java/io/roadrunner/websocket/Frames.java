package io.roadrunner.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Builds frames bit by bit, without the writer under test. */
final class Frames {

  static final int FIN = 0x80;
  static final int RSV1 = 0x40;
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final byte[] KEY = {0x37, (byte) 0xFA, 0x21, 0x3D};

  private Frames() {}

  /** A frame as a client sends it. */
  static byte[] masked(int first, byte[] payload) {
    byte[] body = payload.clone();
    for (int i = 0; i < body.length; i++) {
      body[i] ^= KEY[i % 4];
    }
    return join(header(first, 0x80, payload.length), KEY, body);
  }

  /** A frame as a server sends it. */
  static byte[] unmasked(int first, byte[] payload) {
    return join(header(first, 0, payload.length), payload);
  }

  /** A masked frame with text. */
  static byte[] masked(int first, String payload) {
    return masked(first, utf8(payload));
  }

  /** The shortest header without a key. */
  static byte[] header(int first, int mask, long length) {
    return length < 126
        ? header(first, mask, length, 0)
        : header(first, mask, length, length < 65536 ? 2 : 8);
  }

  /** A header without a key, its length in so many bytes more. */
  static byte[] header(int first, int mask, long length, int extraBytes) {
    ByteBuffer header = ByteBuffer.allocate(2 + extraBytes).put((byte) first);
    return switch (extraBytes) {
      case 0 -> header.put((byte) (mask | length)).array();
      case 2 -> header.put((byte) (mask | 126)).putShort((short) length).array();
      default -> header.put((byte) (mask | 127)).putLong(length).array();
    };
  }

  static byte[] close(int code, byte[] reason) {
    return masked(FIN | CLOSE, closeBody(code, reason));
  }

  static byte[] closeBody(int code, byte[] reason) {
    return join(new byte[] {(byte) (code >> 8), (byte) code}, reason);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + (i >> 8));
    }
    return bytes;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
