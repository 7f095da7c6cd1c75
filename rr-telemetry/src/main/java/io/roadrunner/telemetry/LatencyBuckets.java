package io.roadrunner.telemetry;

/**
 * How durations fall into buckets: one bucket for each nanosecond up to 128, then 64 buckets for
 * each doubling, up to one hour. A bucket is never wider than 1/64 of its least value.
 *
 * <pre>
 *   nanoseconds   0 .. 127   128 .. 255   256 .. 511   ...   up to 3 600 000 000 000
 *   width             1           2            4       ...
 *   buckets       0 .. 127   128 .. 191   192 .. 255   ...
 * </pre>
 */
final class LatencyBuckets {

  /** The longest duration that is told from longer ones: one hour. */
  static final long HIGHEST_NANOS = 3_600_000_000_000L;

  private static final int PRECISION_BITS = 6;
  private static final int PER_DOUBLING = 1 << PRECISION_BITS;

  /** How many buckets there are. */
  static final int COUNT = indexOf(HIGHEST_NANOS) + 1;

  private LatencyBuckets() {}

  /** The bucket of a duration; those below 0 and above the highest are taken for the nearest. */
  static int indexOf(long nanos) {
    long value = clamp(nanos);
    // The width of the bucket is 1 << shift; what is left of the value lies in 64 .. 127.
    int shift = Math.max(0, Long.SIZE - 1 - PRECISION_BITS - Long.numberOfLeadingZeros(value));
    return shift * PER_DOUBLING + (int) (value >>> shift);
  }

  /** The highest duration that falls into the bucket, in nanoseconds. */
  static long highestOf(int index) {
    int shift = Math.max(0, index / PER_DOUBLING - 1);
    long value = index - (long) shift * PER_DOUBLING;
    return Math.min(HIGHEST_NANOS, ((value + 1) << shift) - 1);
  }

  static long clamp(long nanos) {
    return Math.clamp(nanos, 0, HIGHEST_NANOS);
  }
}
