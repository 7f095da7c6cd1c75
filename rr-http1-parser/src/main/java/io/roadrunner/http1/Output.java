package io.roadrunner.http1;

import static io.roadrunner.http1.Ascii.CR;
import static io.roadrunner.http1.Ascii.LF;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;

/**
 * Room for some bytes at the position of a buffer: in its own array if that is accessible,
 * otherwise in an array of its own that {@link #commit} copies.
 */
final class Output {
  private Output() {}

  /** Throws if there is not enough room. */
  static void require(ByteBuffer out, int size) {
    if (out.remaining() < size) {
      throw new BufferOverflowException();
    }
  }

  /** The array to write that many bytes to. */
  @SuppressWarnings("ByteBufferBackingArray") // its offset is in start()
  static byte[] array(ByteBuffer out, int size) {
    return out.hasArray() ? out.array() : new byte[size];
  }

  /** Where in that array to begin. */
  static int start(ByteBuffer out) {
    return out.hasArray() ? out.arrayOffset() + out.position() : 0;
  }

  /** Makes what has been written to the array a part of the buffer. */
  static void commit(ByteBuffer out, byte[] array, int size) {
    if (out.hasArray()) {
      out.position(out.position() + size);
    } else {
      out.put(array, 0, size);
    }
  }

  static int text(String text, byte[] array, int at) {
    Ascii.copy(text, 0, text.length(), array, at);
    return at + text.length();
  }

  static int crlf(byte[] array, int at) {
    array[at] = CR;
    array[at + 1] = LF;
    return at + 2;
  }

  static int decimalDigits(long value) {
    int digits = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    return digits;
  }

  static int decimal(long value, int digits, byte[] array, int at) {
    long rest = value;
    for (int i = at + digits - 1; i >= at; i--) {
      array[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return at + digits;
  }

  static int hexDigits(long value) {
    return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 3) / 4);
  }

  static int hex(long value, int digits, byte[] array, int at) {
    long rest = value;
    for (int i = at + digits - 1; i >= at; i--) {
      int digit = (int) rest & 0xF;
      array[i] = (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10);
      rest >>>= 4;
    }
    return at + digits;
  }
}
