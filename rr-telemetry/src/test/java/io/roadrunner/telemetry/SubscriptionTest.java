package io.roadrunner.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SubscriptionTest {

  private static final TelemetryLimits PATIENT =
      TelemetryLimits.defaults().withCloseTimeout(Duration.ofSeconds(20));
  private static final TelemetryLimits HASTY =
      TelemetryLimits.defaults().withCloseTimeout(Duration.ofMillis(20));

  private final List<TelemetryEvent> heard = new CopyOnWriteArrayList<>();

  @Test
  void deliversOnADaemonThreadOfItsOwn() throws Exception {
    CompletableFuture<Thread> first = new CompletableFuture<>();
    CompletableFuture<Thread> second = new CompletableFuture<>();
    try (Telemetry telemetry =
        Telemetry.to(
            event -> first.complete(Thread.currentThread()),
            event -> second.complete(Thread.currentThread()))) {
      telemetry.publish(Samples.STOPPED);

      assertTrue(first.get().isDaemon());
      assertTrue(first.get().getName().matches("rr-telemetry-\\d+"), first.get().getName());
      assertNotEquals(first.get().getName(), second.get().getName());
    }
    assertFalse(first.get().isAlive());
  }

  /** Publishes just when the subscriber's thread is about to fall asleep. */
  @Test
  void oversleepsNoEvent() throws InterruptedException {
    try (Telemetry telemetry = Telemetry.create()) {
      Subscription subscription = telemetry.subscribe(event -> {});
      for (int published = 1; published <= 20_000; published++) {
        telemetry.publish(Samples.STOPPED);
        while (subscription.delivered() < published) {
          if (Thread.interrupted()) {
            throw new InterruptedException("Overslept event " + published);
          }
          Thread.onSpinWait();
        }
      }
    }
  }

  @Test
  void manyPublishersAreAllHeardWhereTheQueueHasRoom() throws InterruptedException {
    int publishers = 4;
    int each = 1_000;
    int all = publishers * each;
    Telemetry telemetry = Telemetry.withLimits(PATIENT.withQueueCapacity(all));
    Subscription subscription = telemetry.subscribe(heard::add);
    CountDownLatch done = new CountDownLatch(publishers);
    for (int p = 0; p < publishers; p++) {
      Thread.startVirtualThread(
          () -> {
            for (int i = 0; i < each; i++) {
              telemetry.publish(Samples.numbered(i));
            }
            done.countDown();
          });
    }

    done.await();
    telemetry.close();

    assertEquals(all, subscription.delivered());
    assertEquals(all, heard.size());
    assertEquals(0, telemetry.dropped());
  }

  @Nested
  class ThatThrows {

    @Test
    void isCountedAndHearsOfTheNextEvent() {
      Telemetry telemetry = Telemetry.withLimits(PATIENT);
      RuntimeException unhappy = new IllegalStateException("unhappy");
      Subscription subscription =
          telemetry.subscribe(
              event -> {
                heard.add(event);
                throw unhappy;
              });

      telemetry.publish(Samples.STOPPED);
      telemetry.publish(Samples.FAILED);
      telemetry.close();

      assertEquals(List.of(Samples.STOPPED, Samples.FAILED), heard);
      assertEquals(2, subscription.failures());
      assertEquals(2, telemetry.failures());
      assertEquals(0, subscription.delivered());
      assertSame(unhappy, subscription.lastFailure().orElseThrow());
    }

    @Test
    void mayThrowErrorsToo() {
      Telemetry telemetry = Telemetry.withLimits(PATIENT);
      telemetry.subscribe(
          event -> {
            throw new StackOverflowError();
          });
      Subscription happy = telemetry.subscribe(heard::add);

      telemetry.publish(Samples.STOPPED);
      telemetry.close();

      assertEquals(List.of(Samples.STOPPED), heard);
      assertEquals(1, telemetry.failures());
      assertEquals(0, happy.failures());
      assertEquals(Optional.empty(), happy.lastFailure());
    }
  }

  @Nested
  class ThatBlocks {

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Test
    void missesWhatItsQueueCannotHold() throws InterruptedException {
      Telemetry telemetry = Telemetry.withLimits(PATIENT.withQueueCapacity(3));
      Subscription blocked = telemetry.subscribe(this::block);
      telemetry.publish(Samples.numbered(0));
      entered.await();

      for (int i = 1; i <= 10; i++) {
        telemetry.publish(Samples.numbered(i));
      }

      assertEquals(7, blocked.dropped());
      released.countDown();
      telemetry.close();
      assertEquals(
          List.of(0L, 1L, 2L, 3L), heard.stream().map(TelemetryEvent::atEpochMillis).toList());
      assertEquals(7, telemetry.dropped());
      assertEquals(4, blocked.delivered());
    }

    @Test
    void hurtsNoOtherSubscriber() throws InterruptedException {
      Semaphore delivered = new Semaphore(0);
      Telemetry telemetry = Telemetry.withLimits(PATIENT.withQueueCapacity(1));
      telemetry.subscribe(this::block);
      telemetry.subscribe(event -> delivered.release());
      for (int i = 0; i < 10; i++) {
        telemetry.publish(Samples.STOPPED);
        entered.await();
        delivered.acquire();
      }

      assertEquals(8, telemetry.dropped());
      released.countDown();
      telemetry.close();
    }

    @Test
    void isLeftBehindWhenClosingHasWaitedLongEnough() throws InterruptedException {
      CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
      Telemetry telemetry = Telemetry.withLimits(HASTY);
      Subscription blocked =
          telemetry.subscribe(
              event -> {
                entered.countDown();
                interrupted.complete(sleepUntilInterrupted());
              });
      telemetry.publish(Samples.numbered(0));
      entered.await();
      telemetry.publish(Samples.numbered(1));
      telemetry.publish(Samples.numbered(2));

      telemetry.close();

      assertTrue(interrupted.join());
      awaitDropped(blocked, 2);
      assertEquals(1, blocked.delivered());
    }

    @Test
    void doesNotMakeClosingWaitLongerThanOthersThatBlock() {
      CountDownLatch bothEntered = new CountDownLatch(2);
      CountDownLatch bothLeft = new CountDownLatch(2);
      TelemetrySubscriber blocked =
          event -> {
            bothEntered.countDown();
            assertTrue(sleepUntilInterrupted());
            bothLeft.countDown();
          };
      Telemetry telemetry = Telemetry.withLimits(HASTY);
      telemetry.subscribe(blocked);
      telemetry.subscribe(blocked);
      telemetry.publish(Samples.STOPPED);
      awaitQuietly(bothEntered);

      telemetry.close();

      awaitQuietly(bothLeft);
      assertEquals(0, telemetry.dropped());
    }

    @Test
    void doesNotHoldUpACallerThatIsInterrupted() throws InterruptedException {
      Telemetry telemetry = Telemetry.withLimits(PATIENT);
      Subscription blocked = telemetry.subscribe(this::block);
      telemetry.publish(Samples.STOPPED);
      entered.await();

      Thread.currentThread().interrupt();
      blocked.close();

      assertTrue(Thread.interrupted());
      assertFalse(telemetry.active());
    }

    private void block(TelemetryEvent event) {
      entered.countDown();
      try {
        released.await();
        heard.add(event);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Nested
  class ClosedFromInside {

    @Test
    void dropsTheRestAtOnce() throws InterruptedException {
      CompletableFuture<Subscription> self = new CompletableFuture<>();
      CountDownLatch queued = new CountDownLatch(1);
      Telemetry telemetry = Telemetry.withLimits(PATIENT);
      Subscription subscription =
          telemetry.subscribe(
              event -> {
                heard.add(event);
                awaitQuietly(queued);
                self.join().close();
              });
      self.complete(subscription);
      telemetry.publish(Samples.numbered(0));
      telemetry.publish(Samples.numbered(1));
      queued.countDown();

      awaitDropped(subscription, 1);
      assertEquals(List.of(Samples.numbered(0)), heard);
      assertFalse(telemetry.active());
    }

    @Test
    void mayCloseTheWholeTelemetry() {
      CompletableFuture<Telemetry> self = new CompletableFuture<>();
      Telemetry telemetry = Telemetry.withLimits(PATIENT);
      Subscription other = telemetry.subscribe(heard::add);
      CountDownLatch closed = new CountDownLatch(1);
      telemetry.subscribe(
          event -> {
            self.join().close();
            closed.countDown();
          });
      self.complete(telemetry);

      telemetry.publish(Samples.STOPPED);
      awaitQuietly(closed);

      assertEquals(1, other.delivered());
      assertFalse(telemetry.active());
    }
  }

  @Test
  void sleepsAlthoughASubscriberLeftItsThreadInterrupted() throws Exception {
    CompletableFuture<Thread> interrupted = new CompletableFuture<>();
    try (Telemetry telemetry =
        Telemetry.to(
            event -> {
              heard.add(event);
              Thread.currentThread().interrupt();
              interrupted.complete(Thread.currentThread());
            })) {
      telemetry.publish(Samples.STOPPED);
      while (interrupted.get().isInterrupted()) {
        Thread.sleep(1);
      }
      telemetry.publish(Samples.FAILED);
    }
    assertEquals(List.of(Samples.STOPPED, Samples.FAILED), heard);
  }

  @Test
  void eventsThatArriveAfterItsEndAreNoLongerItsOwn() {
    Telemetry telemetry = Telemetry.withLimits(PATIENT);
    Subscription subscription = telemetry.subscribe(heard::add);
    subscription.close();

    subscription.offer(Samples.STOPPED);

    assertEquals(List.of(), heard);
    assertEquals(0, subscription.dropped());
  }

  private static void awaitDropped(Subscription subscription, long events)
      throws InterruptedException {
    while (subscription.dropped() < events) {
      Thread.sleep(1);
    }
    assertEquals(events, subscription.dropped());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean sleepUntilInterrupted() {
    try {
      Thread.sleep(Duration.ofHours(1));
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }
}
