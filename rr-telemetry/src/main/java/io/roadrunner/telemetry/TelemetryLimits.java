package io.roadrunner.telemetry;

import java.time.Duration;
import java.util.Objects;

/**
 * How much {@link Telemetry} keeps for a subscriber, and how long it waits for one.
 *
 * @param queueCapacity how many events wait for one subscriber before further ones are dropped; at
 *     least 1
 * @param closeTimeout how long closing waits for events that are queued; not negative
 */
public record TelemetryLimits(int queueCapacity, Duration closeTimeout) {

  private static final TelemetryLimits DEFAULTS = new TelemetryLimits(1024, Duration.ofSeconds(2));

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public TelemetryLimits {
    Objects.requireNonNull(closeTimeout, "closeTimeout");
    if (queueCapacity < 1) {
      throw new IllegalArgumentException("queueCapacity must be at least 1: " + queueCapacity);
    }
    if (closeTimeout.isNegative()) {
      throw new IllegalArgumentException("closeTimeout must not be negative: " + closeTimeout);
    }
  }

  /**
   * The default limits: 1024 events, 2 seconds.
   *
   * @return the defaults
   */
  public static TelemetryLimits defaults() {
    return DEFAULTS;
  }

  /**
   * A copy with another queue capacity.
   *
   * @param events at least 1
   * @return the copy
   * @throws IllegalArgumentException if it is less than 1
   */
  public TelemetryLimits withQueueCapacity(int events) {
    return new TelemetryLimits(events, closeTimeout);
  }

  /**
   * A copy with another time to wait.
   *
   * @param timeout not negative
   * @return the copy
   * @throws IllegalArgumentException if it is negative
   */
  public TelemetryLimits withCloseTimeout(Duration timeout) {
    return new TelemetryLimits(queueCapacity, timeout);
  }
}
