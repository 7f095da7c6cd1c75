package io.roadrunner.telemetry;

/** Somebody who wants to hear of events. */
@FunctionalInterface
public interface TelemetrySubscriber {

  /**
   * Takes one event. Events come one after the other, on one thread of the subscriber's own: it may
   * block, at the price that it misses events while its queue is full, and what it throws is
   * counted and otherwise forgotten.
   *
   * @param event what happened
   */
  void on(TelemetryEvent event);
}
