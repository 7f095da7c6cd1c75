package io.roadrunner.http2;

/**
 * What a peer may waste: points that overhead uses up, and that useful work and time bring back, up
 * to a maximum. Time alone allows for a rate that costs next to nothing; useful work for as much
 * overhead as goes with it.
 */
final class OverheadBudget {
  /** For a request that was received and answered. */
  static final int REQUEST_SERVED = 20;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final long most;
  private final long nanosPerPoint;
  private long left;
  private long refilledAt;

  OverheadBudget(OverheadLimits limits, long nowNanos) {
    most = limits.points();
    nanosPerPoint = NANOS_PER_SECOND / limits.pointsPerSecond();
    left = most;
    refilledAt = nowNanos;
  }

  /** For a DATA frame that was worth sending, and the updates of windows that it brings about. */
  static int dataSent(int bytes) {
    return 2 + (bytes >> 10);
  }

  /** Uses up points, and says whether there were enough. */
  boolean charge(int points, long nowNanos) {
    long earned = (nowNanos - refilledAt) / nanosPerPoint;
    if (earned > 0) {
      refilledAt += earned * nanosPerPoint;
      reward(earned);
    }
    left -= points;
    return left >= 0;
  }

  void reward(long points) {
    left = Math.min(most, left + points);
  }
}
