package io.roadrunner.telemetry;

import java.util.Objects;

/** The orderly end of a listener: it accepts no more and lets what runs come to its end. */
public sealed interface DrainEvent extends TelemetryEvent {

  /**
   * A listener stopped accepting.
   *
   * @param atEpochMillis when, in milliseconds since the epoch
   * @param listener the name of the listener
   * @param openConnections how many connections were open then
   * @param timeoutNanos how long they may take, in nanoseconds
   */
  record DrainStarted(long atEpochMillis, String listener, int openConnections, long timeoutNanos)
      implements DrainEvent {

    /** Refuses null. */
    public DrainStarted {
      Objects.requireNonNull(listener, "listener");
    }
  }

  /**
   * A listener is quiet, or its time is over.
   *
   * @param atEpochMillis when, in milliseconds since the epoch
   * @param listener the name of the listener
   * @param durationNanos from {@link DrainStarted} to now, in nanoseconds
   * @param stragglers how many connections had to be closed while they were in use
   */
  record DrainFinished(long atEpochMillis, String listener, long durationNanos, int stragglers)
      implements DrainEvent {

    /** Refuses null. */
    public DrainFinished {
      Objects.requireNonNull(listener, "listener");
    }
  }
}
