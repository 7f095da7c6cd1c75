package io.roadrunner.server.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.ServerLimits;
import io.roadrunner.server.http1.Phases.Due;
import io.roadrunner.telemetry.CloseReason;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every deadline of a connection, to the nanosecond. */
class PhasesTest {

  private static final long START = -5;
  private static final Duration HEAD = Duration.ofMillis(10);
  private static final Duration KEEP_ALIVE = Duration.ofMillis(60);
  private static final Duration HANDLER = Duration.ofMillis(30);
  private static final Duration LINGER = Duration.ofMillis(2);
  private static final Duration QUIET = Duration.ofMillis(1);

  private static final ServerLimits LIMITS =
      ServerLimits.defaults()
          .withHeadTimeout(HEAD)
          .withKeepAliveTimeout(KEEP_ALIVE)
          .withHandlerTimeout(HANDLER)
          .withLingerTimeout(LINGER)
          .withDrainQuiet(QUIET);

  private final Phases phases = new Phases(LIMITS, START);

  private void expectDue(Due due, long since, Duration after) {
    assertEquals(Due.NOTHING, phases.due(since + after.toNanos() - 1));
    assertEquals(due, phases.due(since + after.toNanos()));
  }

  @Test
  @DisplayName("C04: the first byte of a connection has the time of a head, then it is closed")
  void firstByte() {
    expectDue(Due.CLOSE, START, HEAD);
    assertEquals(CloseReason.IDLE_TIMEOUT, phases.reason());
  }

  @Test
  @DisplayName("C01: a head has its time from its first byte on, however many bytes come")
  void head() {
    phases.waiting(false, 3, false);
    phases.waiting(false, 5, false);
    expectDue(Due.REQUEST_TIMEOUT, 3, HEAD);
  }

  @Test
  @DisplayName("C04: between requests a connection may be idle for the keep-alive time")
  void idle() {
    phases.owned(1);
    phases.waiting(true, 7, false);
    expectDue(Due.CLOSE, 7, KEEP_ALIVE);
    assertEquals(CloseReason.IDLE_TIMEOUT, phases.reason());
  }

  @Test
  @DisplayName("C01: the head of the next request has its own time, also behind a long handler")
  void nextHead() {
    phases.waiting(false, 1, false);
    phases.nextOwned(2);
    phases.waiting(false, 50_000_000, false);
    expectDue(Due.REQUEST_TIMEOUT, 50_000_000, HEAD);
  }

  @Test
  @DisplayName("E06: a handler is overdue after its time, and not before")
  void handler() {
    phases.owned(3);
    assertFalse(phases.overdue(3 + HANDLER.toNanos()));
    assertTrue(phases.overdue(3 + HANDLER.toNanos() + 1));
    assertEquals(Due.NOTHING, phases.due(Long.MAX_VALUE / 2));
  }

  @Test
  @DisplayName("E06: each of several pipelined requests has the whole time of a handler")
  void pipelinedHandlers() {
    phases.owned(0);
    phases.nextOwned(20_000_000);
    assertFalse(phases.overdue(50_000_000));
    assertTrue(phases.overdue(50_000_001));
  }

  @Test
  @DisplayName("E06: a request that came while the connection was given back has that time, too")
  void handlerBehindGivingBack() {
    phases.owned(0);
    phases.waiting(true, 1, false);
    assertFalse(phases.overdue(Long.MAX_VALUE / 2));
    phases.nextOwned(2);
    assertTrue(phases.overdue(2 + HANDLER.toNanos() + 1));
  }

  @Test
  @DisplayName("E06: without a limit a handler may run for any time")
  void handlerWithoutLimit() {
    Phases unlimited = new Phases(LIMITS.withHandlerTimeout(Duration.ZERO), START);
    unlimited.owned(0);
    unlimited.nextOwned(1);
    assertFalse(unlimited.overdue(Long.MAX_VALUE / 2));
  }

  @Test
  @DisplayName("F16: a refused peer may go on sending for a while, and no longer")
  void lingering() {
    phases.linger(CloseReason.PROTOCOL_VIOLATION, 4);
    assertTrue(phases.lingering());
    expectDue(Due.CLOSE, 4, LINGER);
    assertEquals(CloseReason.PROTOCOL_VIOLATION, phases.reason());
  }

  @Test
  @DisplayName("A drain waits for a silent connection no longer than until it has been quiet")
  void drainOfIdle() {
    phases.waiting(true, 7, false);
    phases.drain(8);
    phases.drain(9);
    expectDue(Due.CLOSE, 7, QUIET);
    assertEquals(CloseReason.DRAINED, phases.reason());
  }

  @Test
  @DisplayName("A drain does not prolong the time of a connection that is about to be closed")
  void drainNeverProlongs() {
    Phases impatient = new Phases(LIMITS.withDrainQuiet(Duration.ofSeconds(10)), START);
    impatient.drain(1);
    assertEquals(Due.CLOSE, impatient.due(START + HEAD.toNanos()));
  }

  @Test
  @DisplayName("During a drain, a connection that has been answered waits for quiet only")
  void idleDuringDrain() {
    phases.owned(1);
    phases.waiting(true, 7, true);
    expectDue(Due.CLOSE, 7, QUIET);
    assertEquals(CloseReason.DRAINED, phases.reason());
  }

  @Test
  @DisplayName("A drain leaves heads, handlers and goodbyes the time they have")
  void drainOfBusy() {
    phases.waiting(false, 3, false);
    phases.drain(4);
    expectDue(Due.REQUEST_TIMEOUT, 3, HEAD);
    phases.owned(5);
    phases.drain(6);
    assertEquals(Due.NOTHING, phases.due(Long.MAX_VALUE / 2));
    phases.linger(CloseReason.LAST_MESSAGE, 7);
    phases.drain(8);
    expectDue(Due.CLOSE, 7, LINGER);
  }
}
