package io.roadrunner.telemetry;

/**
 * Something that happened in a server. Events are immutable and may be kept and shared freely.
 *
 * <p>Strings that stem from the peer (method, target, error messages) are as they came: escape them
 * before they reach a log line, and do not use them as labels of a metric.
 */
public sealed interface TelemetryEvent
    permits RequestEvent, ConnectionEvent, DrainEvent, WebSocketEvent {

  /**
   * When it happened, by the wall clock.
   *
   * @return milliseconds since 1970-01-01T00:00:00Z
   */
  long atEpochMillis();

  /**
   * The name of the listener that it happened at.
   *
   * @return the name that the server's configuration gave to it
   */
  String listener();
}
