package io.roadrunner.http2;

/**
 * How long to wait for the peer.
 *
 * @param prefaceNanos from the beginning to the first SETTINGS frame; PROTOCOL_ERROR
 * @param settingsAckNanos for the acknowledgement of our settings; SETTINGS_TIMEOUT (RFC 9113
 *     §6.5.3)
 * @param drainNanos for the answer to the PING between the two GOAWAY frames of {@link
 *     Http2Connection#drain}; the second one is sent anyway
 */
public record Deadlines(long prefaceNanos, long settingsAckNanos, long drainNanos) {
  private static final long MOST_NANOS = Long.MAX_VALUE / 4;

  /** Refuses values out of range with {@link IllegalArgumentException}. */
  public Deadlines {
    Http2Limits.within(1, prefaceNanos, MOST_NANOS, "prefaceNanos");
    Http2Limits.within(1, settingsAckNanos, MOST_NANOS, "settingsAckNanos");
    Http2Limits.within(1, drainNanos, MOST_NANOS, "drainNanos");
  }

  /**
   * {@return a copy with another {@link #prefaceNanos}}
   *
   * @param value the new limit
   */
  public Deadlines withPrefaceNanos(long value) {
    return new Deadlines(value, settingsAckNanos, drainNanos);
  }

  /**
   * {@return a copy with another {@link #settingsAckNanos}}
   *
   * @param value the new limit
   */
  public Deadlines withSettingsAckNanos(long value) {
    return new Deadlines(prefaceNanos, value, drainNanos);
  }

  /**
   * {@return a copy with another {@link #drainNanos}}
   *
   * @param value the new limit
   */
  public Deadlines withDrainNanos(long value) {
    return new Deadlines(prefaceNanos, settingsAckNanos, value);
  }
}
