package io.roadrunner.server.net;

/**
 * How many bytes of one connection its loop takes in a turn: fewer when dealing with them takes so
 * long that others, which are ready at the same time, would notice. Ten thousand frames of one
 * octet fit into the buffer of a loop. On the loop only.
 */
final class ReadShare {

  /** What is read in any case; dealing with so little is not worth measuring. */
  static final int LEAST = 4 << 10;

  static final int MOST = 64 << 10;

  /** What is read first: nobody knows yet what this connection's bytes are like. */
  static final int FIRST = 8 << 10;

  /** What one connection may take of a turn. */
  private static final long LONG_NANOS = 200_000;

  private int bytes = FIRST;

  /** Returns how many bytes to read next. */
  int bytes() {
    return bytes;
  }

  /** Returns the time at which dealing with so many bytes begins; for {@link #dealtWith}. */
  long begin(int count) {
    return count < LEAST ? 0 : System.nanoTime();
  }

  /** So many bytes, read together, have been dealt with since {@code begin}. */
  void dealtWith(int count, long begin) {
    if (count >= LEAST) {
      adapt(count, System.nanoTime() - begin);
    }
  }

  void adapt(int count, long nanos) {
    if (nanos > LONG_NANOS) {
      bytes = Math.max(LEAST, count / 2);
    } else if (count == bytes && nanos < LONG_NANOS / 4) {
      bytes = Math.min(MOST, 2 * bytes);
    }
  }
}
