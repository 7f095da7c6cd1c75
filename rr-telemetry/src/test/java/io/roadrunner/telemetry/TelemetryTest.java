package io.roadrunner.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TelemetryTest {

  private final List<TelemetryEvent> heard = new CopyOnWriteArrayList<>();

  @Test
  void noneIsNeverActiveAndTakesNobody() {
    Telemetry none = Telemetry.none();

    none.publish(Samples.STOPPED);

    assertFalse(none.active());
    assertSame(none, Telemetry.none());
    assertThrows(IllegalStateException.class, () -> none.subscribe(heard::add));
  }

  @Test
  void isActiveWhileSomebodyListens() {
    try (Telemetry telemetry = Telemetry.create()) {
      assertFalse(telemetry.active());
      Subscription first = telemetry.subscribe(heard::add);
      Subscription second = telemetry.subscribe(heard::add);
      assertTrue(telemetry.active());
      first.close();
      assertTrue(telemetry.active());
      second.close();
      assertFalse(telemetry.active());
    }
  }

  @Test
  void deliversEveryKindOfEventInOrder() {
    try (Telemetry telemetry = Telemetry.to(heard::add)) {
      Samples.ONE_OF_EACH.forEach(telemetry::publish);
    }

    assertEquals(Samples.ONE_OF_EACH, heard);
  }

  @Test
  void deliversToEachSubscriber() {
    List<TelemetryEvent> alsoHeard = new CopyOnWriteArrayList<>();
    Telemetry telemetry = Telemetry.to(heard::add, alsoHeard::add);

    telemetry.publish(Samples.STOPPED);
    telemetry.close();

    assertEquals(List.of(Samples.STOPPED), heard);
    assertEquals(List.of(Samples.STOPPED), alsoHeard);
  }

  @Test
  void closingDeliversWhatWasPublishedBeforeAndNothingAfter() {
    Telemetry telemetry = Telemetry.to(heard::add);
    telemetry.publish(Samples.STOPPED);

    telemetry.close();
    telemetry.publish(Samples.FAILED);
    telemetry.close();

    assertEquals(List.of(Samples.STOPPED), heard);
    assertFalse(telemetry.active());
    assertEquals(0, telemetry.dropped());
    assertThrows(IllegalStateException.class, () -> telemetry.subscribe(heard::add));
  }

  @Test
  @SuppressWarnings("NullAway") // What callers without a null checker can do.
  void nullIsRefused() {
    try (Telemetry telemetry = Telemetry.create()) {
      assertThrows(NullPointerException.class, () -> telemetry.publish(null));
      assertThrows(NullPointerException.class, () -> telemetry.subscribe(null));
    }
    assertThrows(NullPointerException.class, () -> Telemetry.withLimits(null));
  }

  @Test
  void totalsOutliveTheSubscription() {
    try (Telemetry telemetry = Telemetry.create()) {
      Subscription subscription = telemetry.subscribe(event -> unhappy());
      telemetry.publish(Samples.STOPPED);
      subscription.close();

      assertEquals(1, telemetry.failures());
    }
  }

  private static void unhappy() {
    throw new IllegalStateException("unhappy");
  }
}
