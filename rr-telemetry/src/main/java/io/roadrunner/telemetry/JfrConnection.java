package io.roadrunner.telemetry;

import io.roadrunner.telemetry.ConnectionEvent.ConnectionClosed;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;

/** A connection that is closed, as Flight Recorder keeps it. */
@Name("io.roadrunner.Connection")
@Label("Connection")
@Description("A connection, from being accepted to being closed")
@Category("Roadrunner")
@StackTrace(false)
final class JfrConnection extends Event {

  @Label("Started At")
  @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
  final long startedAt;

  @Label("Elapsed")
  @Timespan(Timespan.NANOSECONDS)
  final long elapsed;

  @Label("Listener")
  final String listener;

  @Label("Peer")
  final String peer;

  @Label("Requests Served")
  final long requestsServed;

  @Label("Reason")
  final String reason;

  private JfrConnection(ConnectionClosed event) {
    this.startedAt = event.atEpochMillis() - TimeUnit.NANOSECONDS.toMillis(event.durationNanos());
    this.elapsed = event.durationNanos();
    this.listener = event.listener();
    this.peer = event.peer();
    this.requestsServed = event.requestsServed();
    this.reason = event.reason().name();
  }

  static JfrConnection of(ConnectionClosed event) {
    return new JfrConnection(event);
  }
}
