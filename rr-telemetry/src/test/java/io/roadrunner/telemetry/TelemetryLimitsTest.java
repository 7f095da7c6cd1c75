package io.roadrunner.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TelemetryLimitsTest {

  private static final TelemetryLimits DEFAULTS = TelemetryLimits.defaults();

  @Test
  void defaultsAreWhatTheyAreSaidToBe() {
    assertEquals(new TelemetryLimits(1024, Duration.ofSeconds(2)), DEFAULTS);
  }

  @Test
  void copiesDifferInOnePlace() {
    assertEquals(new TelemetryLimits(1, Duration.ofSeconds(2)), DEFAULTS.withQueueCapacity(1));
    assertEquals(
        new TelemetryLimits(1024, Duration.ZERO), DEFAULTS.withCloseTimeout(Duration.ZERO));
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    Duration negative = Duration.ofNanos(-1);

    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withQueueCapacity(0));
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withCloseTimeout(negative));
  }
}
