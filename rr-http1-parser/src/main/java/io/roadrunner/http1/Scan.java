package io.roadrunner.http1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The loops over single bytes. */
final class Scan {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long EACH = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Scan() {}

  /** Index of the first byte that is not in the class, or {@code end}. */
  static int skip(byte[] b, int from, int end, int characterClass) {
    int i = from;
    while (i < end && Ascii.is(b[i], characterClass)) {
      i++;
    }
    return i;
  }

  /** Index of the first byte that a field value cannot have, or {@code end}. */
  static int skipValue(byte[] b, int from, int end) {
    int i = from;
    while (end - i >= Long.BYTES) {
      long controls = controls(eight(b, i));
      if (controls == 0) {
        i += Long.BYTES;
      } else {
        i += Long.numberOfTrailingZeros(controls) / Byte.SIZE;
        if (b[i] != Ascii.HTAB) {
          return i;
        }
        i++;
      }
    }
    return skip(b, i, end, Ascii.VALUE);
  }

  /** Eight bytes, the first one lowest. */
  static long eight(byte[] b, int at) {
    return (long) LONGS.get(b, at);
  }

  /** Of eight bytes, the high bit is set in the lowest one that is below 0x20 or 0x7F, if any. */
  private static long controls(long bytes) {
    long low = bytes - 0x20 * EACH;
    long delete = (bytes ^ 0x7F * EACH) - EACH;
    return (low | delete) & ~bytes & HIGH_BITS;
  }
}
