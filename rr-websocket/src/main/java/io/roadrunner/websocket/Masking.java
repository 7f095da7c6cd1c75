package io.roadrunner.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Masking and unmasking of payload, which are the same (RFC 6455 §5.3). */
public final class Masking {

  /** Byte 0 of the payload is the lowest byte of a word, so the key is turned round to fit. */
  private static final VarHandle ARRAY_WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle BUFFER_WORD =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Masking() {}

  /**
   * Masks or unmasks the bytes between position and limit in place; position and limit stay.
   *
   * @param bytes writable unless the key is 0, on the heap or direct, whatever its byte order
   * @param key the masking key, its first byte highest; 0 changes nothing
   * @return the key for the bytes that follow these
   */
  public static int apply(ByteBuffer bytes, int key) {
    if (key == 0) {
      return 0;
    }
    int from = bytes.position();
    int to = bytes.limit();
    int turned = Integer.reverseBytes(key);
    long word = (turned & 0xFFFF_FFFFL) | ((long) turned << 32);
    if (bytes.hasArray()) {
      inArray(bytes.array(), bytes.arrayOffset() + from, bytes.arrayOffset() + to, word);
    } else {
      inBuffer(bytes, from, to, word);
    }
    return Integer.rotateLeft(key, ((to - from) & 3) << 3);
  }

  private static void inArray(byte[] bytes, int from, int to, long key) {
    int i = from;
    for (int last = to - 32; i <= last; i += 32) {
      ARRAY_WORD.set(bytes, i, (long) ARRAY_WORD.get(bytes, i) ^ key);
      ARRAY_WORD.set(bytes, i + 8, (long) ARRAY_WORD.get(bytes, i + 8) ^ key);
      ARRAY_WORD.set(bytes, i + 16, (long) ARRAY_WORD.get(bytes, i + 16) ^ key);
      ARRAY_WORD.set(bytes, i + 24, (long) ARRAY_WORD.get(bytes, i + 24) ^ key);
    }
    for (int last = to - 8; i <= last; i += 8) {
      ARRAY_WORD.set(bytes, i, (long) ARRAY_WORD.get(bytes, i) ^ key);
    }
    long rest = key;
    for (; i < to; i++) {
      bytes[i] ^= (byte) rest;
      rest >>>= 8;
    }
  }

  private static void inBuffer(ByteBuffer bytes, int from, int to, long key) {
    int i = from;
    for (int last = to - 32; i <= last; i += 32) {
      BUFFER_WORD.set(bytes, i, (long) BUFFER_WORD.get(bytes, i) ^ key);
      BUFFER_WORD.set(bytes, i + 8, (long) BUFFER_WORD.get(bytes, i + 8) ^ key);
      BUFFER_WORD.set(bytes, i + 16, (long) BUFFER_WORD.get(bytes, i + 16) ^ key);
      BUFFER_WORD.set(bytes, i + 24, (long) BUFFER_WORD.get(bytes, i + 24) ^ key);
    }
    for (int last = to - 8; i <= last; i += 8) {
      BUFFER_WORD.set(bytes, i, (long) BUFFER_WORD.get(bytes, i) ^ key);
    }
    long rest = key;
    for (; i < to; i++) {
      bytes.put(i, (byte) (bytes.get(i) ^ rest));
      rest >>>= 8;
    }
  }
}
