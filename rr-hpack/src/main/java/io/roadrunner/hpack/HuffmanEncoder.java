package io.roadrunner.hpack;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Writes strings in the code of {@link HuffmanCode}. Each char is one octet. */
final class HuffmanEncoder {
  /** What {@link #encode} answers for a string that does not fit. */
  static final int NO_ROOM = -1;

  /** The code of each octet, and its length in the lowest 8 bits. */
  private static final long[] CODES = new long[HuffmanCode.EOS];

  private static final VarHandle BIG_ENDIAN_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  static {
    for (int octet = 0; octet < CODES.length; octet++) {
      CODES[octet] = (long) HuffmanCode.CODE[octet] << 8 | HuffmanCode.LENGTH[octet];
    }
  }

  private HuffmanEncoder() {}

  /**
   * Encodes a string.
   *
   * @param text its chars
   * @param out takes the octets from {@code from} on, none at {@code to} or behind it
   * @return where the octets end, or {@link #NO_ROOM}, when any number of them may have been
   *     written
   * @throws IllegalArgumentException if a char is not an octet, and the string would fit
   */
  static int encode(char[] text, int length, byte[] out, int from, int to) {
    int position = from;
    long bits = 0; // Right-aligned: the last bit of the last code is the lowest.
    int held = 0;
    int all = 0;
    for (int i = 0; i < length; i++) {
      all |= text[i];
      long code = CODES[text[i] & 0xFF];
      bits = bits << code | code >>> 8;
      held += (int) code & 0xFF;
      if (held >= Integer.SIZE) {
        if (to - position < Integer.BYTES) {
          return NO_ROOM;
        }
        held -= Integer.SIZE;
        BIG_ENDIAN_INT.set(out, position, (int) (bits >>> held));
        position += Integer.BYTES;
      }
    }
    BlockWriter.requireOctets(all);
    return finish(bits, held, out, position, to);
  }

  private static int finish(long lastBits, int lastHeld, byte[] out, int from, int to) {
    int octets = (lastHeld + 7) >>> 3;
    if (to - from < octets) {
      return NO_ROOM;
    }
    // RFC 7541 §5.2: padded with the first bits of EOS, which are ones.
    int padding = 8 * octets - lastHeld;
    long bits = lastBits << padding | (1L << padding) - 1;
    for (int i = octets - 1; i >= 0; i--) {
      out[from + i] = (byte) bits;
      bits >>>= 8;
    }
    return from + octets;
  }
}
