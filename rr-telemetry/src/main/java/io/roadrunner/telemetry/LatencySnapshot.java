package io.roadrunner.telemetry;

import java.time.Duration;

/** What a {@link LatencyHistogram} had counted at one moment. Immutable. */
public final class LatencySnapshot {

  private final long[] counts;
  private final long count;
  private final long maxNanos;

  /** Takes the array over: the caller must not write to it any more. */
  LatencySnapshot(long[] counts, long maxNanos) {
    this.counts = counts;
    this.maxNanos = maxNanos;
    long sum = 0;
    for (long each : counts) {
      sum += each;
    }
    this.count = sum;
  }

  /**
   * How many durations were counted.
   *
   * @return the number
   */
  public long count() {
    return count;
  }

  /**
   * The longest duration counted.
   *
   * @return nanoseconds, at most one hour; 0 if nothing was counted
   */
  public long maxNanos() {
    return maxNanos;
  }

  /**
   * The duration that a fraction of all counted ones do not exceed. It is never less than the true
   * one, and at most 1/64 (1.6 %) more.
   *
   * @param quantile the fraction, 0 to 1; for instance 0.99
   * @return nanoseconds; 0 if nothing was counted
   * @throws IllegalArgumentException if the quantile is not in 0 to 1
   */
  public long quantileNanos(double quantile) {
    if (!(quantile >= 0 && quantile <= 1)) {
      throw new IllegalArgumentException("A quantile lies between 0 and 1: " + quantile);
    }
    // The product may be rounded up past a whole number, which would name the next one's rank.
    long rank = (long) Math.ceil(Math.nextDown(quantile * count));
    long seen = 0;
    int index = 0;
    while (index < counts.length - 1 && seen + counts[index] < Math.max(1, rank)) {
      seen += counts[index];
      index++;
    }
    return Math.min(maxNanos, LatencyBuckets.highestOf(index));
  }

  /**
   * What was counted after an earlier snapshot of the same histogram. Its longest duration is known
   * to 1/64 only.
   *
   * @param earlier the earlier snapshot
   * @return the difference
   */
  public LatencySnapshot since(LatencySnapshot earlier) {
    long[] difference = new long[counts.length];
    long max = 0;
    for (int i = 0; i < difference.length; i++) {
      difference[i] = Math.max(0, counts[i] - earlier.counts[i]);
      if (difference[i] > 0) {
        max = Math.min(maxNanos, LatencyBuckets.highestOf(i));
      }
    }
    return new LatencySnapshot(difference, max);
  }

  @Override
  public String toString() {
    return "LatencySnapshot[count=%d, p50=%s, p90=%s, p99=%s, p99.9=%s, max=%s]"
        .formatted(count, of(0.5), of(0.9), of(0.99), of(0.999), Duration.ofNanos(maxNanos));
  }

  private Duration of(double quantile) {
    return Duration.ofNanos(quantileNanos(quantile));
  }
}
