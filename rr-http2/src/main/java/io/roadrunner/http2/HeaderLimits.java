package io.roadrunner.http2;

/**
 * Limits of header blocks.
 *
 * @param maxFieldListBytes decoded fields together, each with its name, its value and 32 octets
 *     (RFC 9113 §6.5.2); {@link Http2Event.HeaderListTooLarge}
 * @param maxFieldCount field lines, each crumb of a cookie counts; {@link
 *     Http2Event.HeaderListTooLarge}
 * @param maxBlockBytes encoded octets; ENHANCE_YOUR_CALM (RFC 9113 §10.5.1)
 * @param maxContinuations CONTINUATION frames of one block, empty ones count; ENHANCE_YOUR_CALM
 */
public record HeaderLimits(
    int maxFieldListBytes, int maxFieldCount, int maxBlockBytes, int maxContinuations) {

  /** Refuses values out of range with {@link IllegalArgumentException}. */
  public HeaderLimits {
    Http2Limits.within(32, maxFieldListBytes, Http2Limits.MOST, "maxFieldListBytes");
    Http2Limits.within(1, maxFieldCount, Http2Limits.MOST, "maxFieldCount");
    Http2Limits.within(1, maxBlockBytes, Http2Limits.MOST, "maxBlockBytes");
    Http2Limits.within(0, maxContinuations, Http2Limits.MOST, "maxContinuations");
  }

  /**
   * {@return a copy with another {@link #maxFieldListBytes}}
   *
   * @param value the new limit
   */
  public HeaderLimits withMaxFieldListBytes(int value) {
    return new HeaderLimits(value, maxFieldCount, maxBlockBytes, maxContinuations);
  }

  /**
   * {@return a copy with another {@link #maxFieldCount}}
   *
   * @param value the new limit
   */
  public HeaderLimits withMaxFieldCount(int value) {
    return new HeaderLimits(maxFieldListBytes, value, maxBlockBytes, maxContinuations);
  }

  /**
   * {@return a copy with another {@link #maxBlockBytes}}
   *
   * @param value the new limit
   */
  public HeaderLimits withMaxBlockBytes(int value) {
    return new HeaderLimits(maxFieldListBytes, maxFieldCount, value, maxContinuations);
  }

  /**
   * {@return a copy with another {@link #maxContinuations}}
   *
   * @param value the new limit
   */
  public HeaderLimits withMaxContinuations(int value) {
    return new HeaderLimits(maxFieldListBytes, maxFieldCount, maxBlockBytes, value);
  }
}
