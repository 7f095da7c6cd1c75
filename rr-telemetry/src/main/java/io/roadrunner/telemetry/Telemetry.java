package io.roadrunner.telemetry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Hands events to subscribers without ever holding up the thread that publishes them. Each
 * subscriber has a bounded queue and a daemon thread of its own; an event that finds the queue full
 * is dropped and counted.
 *
 * <p>Publishers ask first, so that nobody pays when nobody listens:
 *
 * <pre>{@code
 * if (telemetry.active()) {
 *   telemetry.publish(new RequestStarted(System.currentTimeMillis(), request));
 * }
 * }</pre>
 *
 * <p>All methods may be called from any thread.
 */
public final class Telemetry implements AutoCloseable {

  private static final Telemetry NONE = closedForEver();

  private final TelemetryLimits limits;
  private final LongAdder dropped = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private volatile Subscription[] subscriptions = {};
  private boolean closed;

  private Telemetry(TelemetryLimits limits) {
    this.limits = limits;
  }

  private static Telemetry closedForEver() {
    Telemetry none = new Telemetry(TelemetryLimits.defaults());
    none.close();
    return none;
  }

  /**
   * Telemetry for nobody: it is never active and takes no subscribers.
   *
   * @return the one instance
   */
  public static Telemetry none() {
    return NONE;
  }

  /**
   * Telemetry with default limits and, for now, no subscriber.
   *
   * @return a new instance
   */
  public static Telemetry create() {
    return withLimits(TelemetryLimits.defaults());
  }

  /**
   * Telemetry with the given limits and, for now, no subscriber.
   *
   * @param limits for each subscriber
   * @return a new instance
   */
  public static Telemetry withLimits(TelemetryLimits limits) {
    return new Telemetry(Objects.requireNonNull(limits, "limits"));
  }

  /**
   * Telemetry with default limits for the given subscribers.
   *
   * @param subscribers who hears of events
   * @return a new instance
   */
  public static Telemetry to(TelemetrySubscriber... subscribers) {
    Telemetry telemetry = create();
    for (TelemetrySubscriber subscriber : List.of(subscribers)) {
      telemetry.subscribe(subscriber);
    }
    return telemetry;
  }

  /**
   * Whether anybody listens: if not, an event need not even be made. Costs one read of memory.
   *
   * @return true if there is at least one subscriber
   */
  public boolean active() {
    return subscriptions.length != 0;
  }

  /**
   * Hands the event to each subscriber's queue. Never blocks, whatever subscribers do.
   *
   * @param event what happened
   */
  public void publish(TelemetryEvent event) {
    Objects.requireNonNull(event, "event");
    for (Subscription subscription : subscriptions) {
      subscription.offer(event);
    }
  }

  /**
   * Adds a subscriber and starts its thread. It hears of events that are published from now on.
   *
   * @param subscriber who hears of events
   * @return the subscription; closing it ends it
   * @throws IllegalStateException if this telemetry is closed, or is {@link #none()}
   */
  public synchronized Subscription subscribe(TelemetrySubscriber subscriber) {
    Objects.requireNonNull(subscriber, "subscriber");
    if (closed) {
      throw new IllegalStateException("This telemetry takes no subscribers: it is closed.");
    }
    Subscription subscription = new Subscription(this, subscriber, limits);
    subscription.start();
    List<Subscription> all = new ArrayList<>(List.of(subscriptions));
    all.add(subscription);
    subscriptions = all.toArray(Subscription[]::new);
    return subscription;
  }

  /**
   * How many times an event did not reach a subscriber because its queue was full, or because
   * closing could not wait for it; over all subscribers, those that are gone included.
   *
   * @return the number so far
   */
  public long dropped() {
    return dropped.sum();
  }

  /**
   * How many times a subscriber threw; over all subscribers, those that are gone included.
   *
   * @return the number so far
   */
  public long failures() {
    return failures.sum();
  }

  /**
   * Ends all subscriptions. Events published before are still delivered, as long as that takes no
   * longer than {@link TelemetryLimits#closeTimeout()} in all; the rest is dropped. Closing twice
   * does no harm.
   */
  @Override
  public void close() {
    Subscription[] ending = endSubscriptions();
    for (Subscription subscription : ending) {
      subscription.stopAccepting();
    }
    long start = System.nanoTime();
    for (Subscription subscription : ending) {
      Duration left = limits.closeTimeout().minusNanos(System.nanoTime() - start);
      subscription.awaitEnd(left.isNegative() ? Duration.ZERO : left);
    }
  }

  private synchronized Subscription[] endSubscriptions() {
    Subscription[] ending = subscriptions;
    closed = true;
    subscriptions = new Subscription[0];
    return ending;
  }

  synchronized void remove(Subscription subscription) {
    List<Subscription> all = new ArrayList<>(List.of(subscriptions));
    all.remove(subscription);
    subscriptions = all.toArray(Subscription[]::new);
  }

  void countDropped() {
    dropped.increment();
  }

  void countFailure() {
    failures.increment();
  }
}
