package io.roadrunner.telemetry;

import java.util.Objects;

/**
 * Counts durations in buckets that are at most 1/64 (1.6 %) wide, from nanoseconds to one hour, in
 * 19 KiB whatever it counts. Longer durations count as one hour, negative ones as 0.
 *
 * <p>{@link #record} may be called by as many threads as the histogram was made for, {@link
 * #snapshot} by any thread at any time.
 */
public final class LatencyHistogram {

  private static final int MAX = LatencyBuckets.COUNT;

  private final Cells cells;

  private LatencyHistogram(Writers writers) {
    cells = new Cells(LatencyBuckets.COUNT + 1, writers);
  }

  /**
   * An empty histogram.
   *
   * @param writers how many threads record at once
   * @return the histogram
   */
  public static LatencyHistogram forWriters(Writers writers) {
    return new LatencyHistogram(Objects.requireNonNull(writers, "writers"));
  }

  /**
   * Counts one duration. Never blocks and allocates nothing.
   *
   * @param nanos the duration in nanoseconds
   */
  public void record(long nanos) {
    // The maximum first, and read last: no snapshot has a count that exceeds its maximum.
    cells.raise(MAX, LatencyBuckets.clamp(nanos));
    cells.add(LatencyBuckets.indexOf(nanos), 1);
  }

  /**
   * What was counted so far. Durations that are recorded meanwhile may be in it or not.
   *
   * @return a copy that does not change
   */
  public LatencySnapshot snapshot() {
    long[] counts = new long[LatencyBuckets.COUNT];
    long max = addTo(counts);
    return new LatencySnapshot(counts, max);
  }

  /** Adds the counts to those given and returns the longest duration. */
  long addTo(long[] counts) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += cells.get(i);
    }
    return cells.get(MAX);
  }
}
