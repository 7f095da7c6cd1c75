package io.roadrunner.telemetry;

import io.roadrunner.telemetry.RequestEvent.RequestRejected;
import io.roadrunner.telemetry.RequestEvent.RequestThrottled;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A request that never reached a handler, as Flight Recorder keeps it. */
@Name("io.roadrunner.RequestTurnedAway")
@Label("HTTP Request Turned Away")
@Description("A request that broke a rule or a limit, or came when the server had enough to do")
@Category("Roadrunner")
@StackTrace(false)
final class JfrRequestTurnedAway extends Event {

  @Label("Listener")
  final String listener;

  @Label("Peer")
  final String peer;

  @Label("Reason")
  final String reason;

  @Label("Status")
  final int status;

  private JfrRequestTurnedAway(String listener, String peer, String reason, int status) {
    this.listener = listener;
    this.peer = peer;
    this.reason = reason;
    this.status = status;
  }

  static JfrRequestTurnedAway of(RequestRejected event) {
    return new JfrRequestTurnedAway(event.listener(), event.peer(), event.reason(), event.status());
  }

  static JfrRequestTurnedAway of(RequestThrottled event) {
    return new JfrRequestTurnedAway(
        event.listener(), event.peer(), event.reason().name(), event.status());
  }
}
