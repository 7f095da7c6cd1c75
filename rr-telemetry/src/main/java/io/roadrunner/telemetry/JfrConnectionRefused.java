package io.roadrunner.telemetry;

import io.roadrunner.telemetry.ConnectionEvent.ConnectionRefused;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A connection that was not served, as Flight Recorder keeps it. */
@Name("io.roadrunner.ConnectionRefused")
@Label("Connection Refused")
@Description("A connection that was closed without being served")
@Category("Roadrunner")
@StackTrace(false)
final class JfrConnectionRefused extends Event {

  @Label("Listener")
  final String listener;

  @Label("Peer")
  final String peer;

  @Label("Reason")
  final String reason;

  private JfrConnectionRefused(ConnectionRefused event) {
    this.listener = event.listener();
    this.peer = event.peer();
    this.reason = event.reason().name();
  }

  static JfrConnectionRefused of(ConnectionRefused event) {
    return new JfrConnectionRefused(event);
  }
}
