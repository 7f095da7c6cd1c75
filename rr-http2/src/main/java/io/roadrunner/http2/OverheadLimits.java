package io.roadrunner.http2;

/**
 * The one budget for frames that cost work and serve nothing. See README.md for what costs how
 * much, and what brings points back; over it, ENHANCE_YOUR_CALM (RFC 9113 §10.5).
 *
 * @param points what a peer can waste at once, 1 to 2^28
 * @param pointsPerSecond what time brings back, 1 to 1 000 000
 */
public record OverheadLimits(int points, int pointsPerSecond) {

  /** Refuses values out of range with {@link IllegalArgumentException}. */
  public OverheadLimits {
    Http2Limits.within(1, points, Http2Limits.MOST, "points");
    Http2Limits.within(1, pointsPerSecond, 1_000_000, "pointsPerSecond");
  }

  /**
   * {@return a copy with another {@link #points}}
   *
   * @param value the new limit
   */
  public OverheadLimits withPoints(int value) {
    return new OverheadLimits(value, pointsPerSecond);
  }

  /**
   * {@return a copy with another {@link #pointsPerSecond}}
   *
   * @param value the new limit
   */
  public OverheadLimits withPointsPerSecond(int value) {
    return new OverheadLimits(points, value);
  }
}
