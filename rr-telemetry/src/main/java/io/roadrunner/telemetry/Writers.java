package io.roadrunner.telemetry;

/** How many threads write to a {@link Recorder} or {@link LatencyHistogram}. */
public enum Writers {
  /**
   * One thread at a time, each taking over from the one before by something that orders memory.
   * Writing is as cheap as adding to a field.
   */
  ONE,
  /** Any number of threads at once. Writing costs an atomic addition. */
  MANY
}
