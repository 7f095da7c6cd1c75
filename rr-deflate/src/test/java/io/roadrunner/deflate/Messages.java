package io.roadrunner.deflate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;

/** Messages to try things on, and short ways to put them through both classes. */
final class Messages {

  private Messages() {}

  static byte[] hex(String octets) {
    return HexFormat.of().parseHex(octets.replace(" ", ""));
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] random(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Compresses well, with something to refer to at every distance up to the size. */
  static byte[] text(int size, long seed) {
    Random random = new Random(seed);
    byte[] bytes = new byte[size];
    int at = 0;
    while (at < size) {
      int length = Math.min(size - at, 3 + random.nextInt(40));
      if (at > 64 && random.nextInt(4) > 0) {
        System.arraycopy(
            bytes, random.nextInt(at - length < 1 ? 1 : at - length), bytes, at, length);
      } else {
        for (int i = 0; i < length; i++) {
          bytes[at + i] = (byte) ('a' + random.nextInt(26));
        }
      }
      at += length;
    }
    return bytes;
  }

  static DeflateParameters parameters(int bits, ContextTakeover context) {
    return new DeflateParameters(bits, bits, context, context);
  }

  /** A server's, of every message that has any bytes. */
  static MessageDeflater deflater(int bits, ContextTakeover context) {
    return MessageDeflater.server(
        parameters(bits, context),
        DeflateConfig.defaults().withMinMessageBytes(0),
        NativeCodecs.unpooled());
  }

  static MessageInflater inflater(ContextTakeover context, DeflateLimits limits) {
    return MessageInflater.server(parameters(15, context), limits, NativeCodecs.unpooled());
  }

  static MessageInflater inflater() {
    return inflater(ContextTakeover.ALLOWED, DeflateLimits.defaults());
  }

  /** As parts of the given size into outputs of the given room. */
  static byte[] deflate(MessageDeflater deflater, byte[] message, int step, int room) {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    ByteBuffer out = ByteBuffer.allocate(room);
    ByteBuffer in = ByteBuffer.wrap(message);
    Progress progress = Progress.NEED_INPUT;
    in.limit(0);
    while (progress != Progress.MESSAGE_END) {
      if (progress == Progress.NEED_INPUT) {
        assertFalse(in.hasRemaining());
        in.limit(Math.min(message.length, in.limit() + step));
      }
      Part part = in.limit() == message.length ? Part.LAST : Part.MORE;
      progress = deflater.deflate(in, part, out);
      payload.write(out.array(), 0, out.position());
      out.clear();
    }
    assertEquals(message.length, in.position());
    return payload.toByteArray();
  }

  static byte[] deflate(MessageDeflater deflater, byte[] message) {
    return deflate(deflater, message, Integer.MAX_VALUE >> 1, 8192);
  }

  /** As parts of the given size into outputs of the given room. */
  static byte[] inflate(MessageInflater inflater, byte[] payload, int step, int room) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    ByteBuffer out = ByteBuffer.allocate(room);
    ByteBuffer in = ByteBuffer.wrap(payload);
    Progress progress = Progress.NEED_INPUT;
    in.limit(0);
    while (progress != Progress.MESSAGE_END) {
      if (progress == Progress.NEED_INPUT) {
        assertFalse(in.hasRemaining());
        in.limit(Math.min(payload.length, in.limit() + step));
      }
      Part part = in.limit() == payload.length ? Part.LAST : Part.MORE;
      progress = inflater.inflate(in, part, out);
      message.write(out.array(), 0, out.position());
      out.clear();
    }
    assertEquals(payload.length, in.position());
    return message.toByteArray();
  }

  static byte[] inflate(MessageInflater inflater, byte[] payload) {
    return inflate(inflater, payload, Integer.MAX_VALUE >> 1, 8192);
  }
}
