package io.roadrunner.server.testkit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for what must happen soon, on whatever machine; failing when it does not. */
public final class Wait {

  /** How long a test waits for something before it fails. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private Wait() {}

  /** Waits until the condition holds. */
  public static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within " + PATIENCE + ": " + what);
      }
      LockSupport.parkNanos(500_000);
    }
  }

  /** Waits until the latch is open. */
  public static void on(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("the latch did not open within " + PATIENCE);
    }
  }
}
