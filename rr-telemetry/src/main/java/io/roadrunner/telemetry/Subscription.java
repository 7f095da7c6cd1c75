package io.roadrunner.telemetry;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The bond between a {@link Telemetry} and one subscriber: a bounded queue, and a daemon thread
 * that empties it. All methods may be called from any thread.
 */
public final class Subscription implements AutoCloseable {

  private enum Phase {
    OPEN,
    /** No more events are taken; those that are queued are delivered. */
    CLOSING,
    /** Events that are queued are dropped. */
    ABANDONED
  }

  private static final AtomicInteger THREADS = new AtomicInteger();

  private final Telemetry owner;
  private final TelemetrySubscriber subscriber;
  private final Duration closeTimeout;
  private final EventQueue queue;
  private final Thread thread;
  private final AtomicBoolean sleepy = new AtomicBoolean();
  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.OPEN);
  private volatile @Nullable Throwable lastFailure;

  Subscription(Telemetry owner, TelemetrySubscriber subscriber, TelemetryLimits limits) {
    this.owner = owner;
    this.subscriber = subscriber;
    this.closeTimeout = limits.closeTimeout();
    this.queue = new EventQueue(limits.queueCapacity());
    this.thread =
        Thread.ofPlatform()
            .name("rr-telemetry-" + THREADS.incrementAndGet())
            .daemon()
            .inheritInheritableThreadLocals(false)
            .unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Queues the event for the subscriber, or counts it as dropped. Never waits. */
  void offer(TelemetryEvent event) {
    if (phase.get() != Phase.OPEN) {
      return;
    }
    if (queue.offer(event)) {
      wake();
    } else {
      countDropped();
    }
  }

  /**
   * How many events the subscriber took without throwing.
   *
   * @return the number so far
   */
  public long delivered() {
    return delivered.get();
  }

  /**
   * How many events the subscriber missed because its queue was full, or because it did not empty
   * it in time when the subscription closed.
   *
   * @return the number so far
   */
  public long dropped() {
    return dropped.get();
  }

  /**
   * How many times the subscriber threw.
   *
   * @return the number so far
   */
  public long failures() {
    return failures.get();
  }

  /**
   * What the subscriber threw last.
   *
   * @return it, or empty if it never threw
   */
  public Optional<Throwable> lastFailure() {
    return Optional.ofNullable(lastFailure);
  }

  /**
   * Ends the subscription. Events published before are still delivered, as long as that takes no
   * longer than {@link TelemetryLimits#closeTimeout()}; then the subscriber's thread is interrupted
   * and the rest is dropped. Called by the subscriber itself, from inside {@link
   * TelemetrySubscriber#on}, it drops the rest at once. Closing twice does no harm.
   */
  @Override
  public void close() {
    owner.remove(this);
    stopAccepting();
    awaitEnd(closeTimeout);
  }

  void stopAccepting() {
    phase.compareAndSet(Phase.OPEN, Phase.CLOSING);
    wake();
  }

  void awaitEnd(Duration timeout) {
    if (Thread.currentThread() == thread) {
      phase.set(Phase.ABANDONED);
      return;
    }
    try {
      if (!thread.join(timeout)) {
        abandon();
      }
    } catch (InterruptedException e) {
      abandon();
      Thread.currentThread().interrupt();
    }
  }

  private void abandon() {
    phase.set(Phase.ABANDONED);
    thread.interrupt();
  }

  private void run() {
    while (true) {
      // Read before the queue, so that what was published before close() is found in the queue.
      Phase seen = phase.get();
      if (seen == Phase.ABANDONED) {
        break;
      }
      TelemetryEvent event = queue.poll();
      if (event != null) {
        deliver(event);
      } else if (seen == Phase.CLOSING && queue.isEmpty()) {
        break;
      } else {
        sleepUnlessJustAnnounced();
      }
    }
    while (queue.poll() != null) {
      countDropped();
    }
  }

  private void deliver(TelemetryEvent event) {
    try {
      subscriber.on(event);
      delivered.incrementAndGet();
    } catch (Throwable thrown) {
      lastFailure = thrown;
      failures.incrementAndGet();
      owner.countFailure();
    }
  }

  /**
   * Puts the flag up, or sleeps if it is up already. So the queue and the phase are looked at once
   * more after the flag went up; and since those who change them look at the flag afterwards, no
   * change is overslept.
   */
  private void sleepUnlessJustAnnounced() {
    if (!sleepy.compareAndSet(false, true)) {
      LockSupport.park(this);
      // A subscriber may leave its thread interrupted, and a thread that is interrupted never
      // parks.
      boolean ignored = Thread.interrupted();
    }
  }

  private void wake() {
    if (sleepy.get() && sleepy.compareAndSet(true, false)) {
      LockSupport.unpark(thread);
    }
  }

  private void countDropped() {
    dropped.incrementAndGet();
    owner.countDropped();
  }
}
