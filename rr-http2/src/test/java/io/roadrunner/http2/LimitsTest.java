package io.roadrunner.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final long MOST = 1 << 28;
  private static final Http2Limits DEFAULTS = Http2Limits.defaults();

  /** Takes the ends of the range and one between, refuses what is outside, and names itself. */
  private static <T> void check(
      String name, long least, long most, LongFunction<T> with, ToLongFunction<T> get) {
    for (long value : new long[] {least, (least + most) / 2, most}) {
      assertEquals(value, get.applyAsLong(with.apply(value)), name);
    }
    for (long value : new long[] {least - 1, most + 1}) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> with.apply(value), name);
      assertTrue(refused.toString().contains(": " + name + " is " + value), refused.toString());
    }
  }

  private static void check(
      String name, long least, long most, IntWith with, Function<Http2Limits, Integer> get) {
    LongFunction<Http2Limits> from = value -> with.apply(DEFAULTS, (int) value);
    check(name, least, most, from, limits -> get.apply(limits));
  }

  @FunctionalInterface
  private interface IntWith {
    Http2Limits apply(Http2Limits limits, int value);
  }

  @Test
  void ofTheConnection() {
    check(
        "maxConcurrentStreams",
        1,
        MOST,
        Http2Limits::withMaxConcurrentStreams,
        Http2Limits::maxConcurrentStreams);
    check(
        "maxFrameBytes",
        16_384,
        (1 << 24) - 1,
        Http2Limits::withMaxFrameBytes,
        Http2Limits::maxFrameBytes);
    check(
        "connectionWindowBytes",
        65_535,
        MOST,
        Http2Limits::withConnectionWindowBytes,
        Http2Limits::connectionWindowBytes);
    check(
        "streamWindowBytes",
        1,
        MOST,
        Http2Limits::withStreamWindowBytes,
        Http2Limits::streamWindowBytes);
    check(
        "maxSettingsEntries",
        1,
        MOST,
        Http2Limits::withMaxSettingsEntries,
        Http2Limits::maxSettingsEntries);
    check(
        "maxControlBytes", 1, MOST, Http2Limits::withMaxControlBytes, Http2Limits::maxControlBytes);
    check("maxQueuedBytes", 1, MOST, Http2Limits::withMaxQueuedBytes, Http2Limits::maxQueuedBytes);
    check("minSendBytes", 1, MOST, Http2Limits::withMinSendBytes, Http2Limits::minSendBytes);
  }

  @Test
  void ofHeaderBlocks() {
    HeaderLimits headers = DEFAULTS.headers();
    check(
        "maxFieldListBytes",
        32,
        MOST,
        value -> headers.withMaxFieldListBytes((int) value),
        HeaderLimits::maxFieldListBytes);
    check(
        "maxFieldCount",
        1,
        MOST,
        value -> headers.withMaxFieldCount((int) value),
        HeaderLimits::maxFieldCount);
    check(
        "maxBlockBytes",
        1,
        MOST,
        value -> headers.withMaxBlockBytes((int) value),
        HeaderLimits::maxBlockBytes);
    check(
        "maxContinuations",
        0,
        MOST,
        value -> headers.withMaxContinuations((int) value),
        HeaderLimits::maxContinuations);
  }

  @Test
  void ofTime() {
    Deadlines deadlines = DEFAULTS.deadlines();
    long most = Long.MAX_VALUE / 4;
    check("prefaceNanos", 1, most, deadlines::withPrefaceNanos, Deadlines::prefaceNanos);
    check(
        "settingsAckNanos", 1, most, deadlines::withSettingsAckNanos, Deadlines::settingsAckNanos);
    check("drainNanos", 1, most, deadlines::withDrainNanos, Deadlines::drainNanos);
  }

  @Test
  void ofOverhead() {
    OverheadLimits overhead = DEFAULTS.overhead();
    check("points", 1, MOST, value -> overhead.withPoints((int) value), OverheadLimits::points);
    check(
        "pointsPerSecond",
        1,
        1_000_000,
        value -> overhead.withPointsPerSecond((int) value),
        OverheadLimits::pointsPerSecond);
  }

  @Test
  void partsAreReplaced() {
    HeaderLimits headers = DEFAULTS.headers().withMaxFieldCount(7);
    Deadlines deadlines = DEFAULTS.deadlines().withDrainNanos(7);
    OverheadLimits overhead = DEFAULTS.overhead().withPoints(7);
    Http2Limits limits =
        DEFAULTS.withHeaders(headers).withDeadlines(deadlines).withOverhead(overhead);
    assertEquals(headers, limits.headers());
    assertEquals(deadlines, limits.deadlines());
    assertEquals(overhead, limits.overhead());
    assertEquals(DEFAULTS.maxFrameBytes(), limits.maxFrameBytes());
  }

  @Test
  void budgetIsRefilledByTimeUpToItsMaximum() {
    OverheadBudget budget = new OverheadBudget(new OverheadLimits(100, 10), 0);
    assertTrue(budget.charge(100, 0));
    long second = 1_000_000_000;
    assertEquals(false, budget.charge(1, 0));
    assertTrue(budget.charge(9, second));
    assertEquals(false, budget.charge(1, second + second / 10 - 1));
    assertTrue(budget.charge(1, second + 2 * (second / 10)));
    assertTrue(budget.charge(100, 1000 * second));
    assertEquals(false, budget.charge(1, 1000 * second));
    budget.reward(1000);
    assertTrue(budget.charge(100, 1000 * second));
    assertEquals(false, budget.charge(1, 1000 * second));
  }
}
