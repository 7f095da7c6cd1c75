package io.roadrunner.http1;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Finds the Strings of common methods without making new ones. */
final class Methods {
  private static final String[] NAMES = {
    "GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE"
  };
  private static final long[] PACKED = packed();

  private Methods() {}

  private static long[] packed() {
    long[] packed = new long[NAMES.length];
    for (int i = 0; i < NAMES.length; i++) {
      packed[i] = pack(NAMES[i].getBytes(US_ASCII), 0, NAMES[i].length());
    }
    return packed;
  }

  private static long pack(byte[] b, int start, int end) {
    long packed = 0;
    for (int i = start; i < end; i++) {
      packed = (packed << Byte.SIZE) | b[i];
    }
    return packed;
  }

  /** The method between two indices, which is a token. */
  static String name(byte[] b, int start, int end) {
    if (end - start <= Long.BYTES) {
      long wanted = pack(b, start, end);
      for (int i = 0; i < PACKED.length; i++) {
        if (PACKED[i] == wanted) {
          return NAMES[i];
        }
      }
    }
    return new String(b, start, end - start, US_ASCII);
  }
}
