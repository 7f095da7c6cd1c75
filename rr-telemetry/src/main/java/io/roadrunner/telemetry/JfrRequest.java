package io.roadrunner.telemetry;

import io.roadrunner.telemetry.RequestEvent.RequestFailed;
import io.roadrunner.telemetry.RequestEvent.RequestStopped;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;

/** A request that has ended, as Flight Recorder keeps it. */
@Name("io.roadrunner.Request")
@Label("HTTP Request")
@Description("A request that was answered, or that ended by an error")
@Category("Roadrunner")
@StackTrace(false)
final class JfrRequest extends Event {

  @Label("Started At")
  @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
  final long startedAt;

  @Label("Elapsed")
  @Timespan(Timespan.NANOSECONDS)
  final long elapsed;

  @Label("Request Id")
  final String requestId;

  @Label("Listener")
  final String listener;

  @Label("Peer")
  final String peer;

  @Label("Protocol")
  final String protocol;

  @Label("Method")
  final String method;

  @Label("Target")
  final String target;

  @Label("Route")
  final String route;

  @Label("Status")
  final int status;

  @Label("Response Kind")
  final String responseKind;

  @Label("Request Body")
  @DataAmount
  final long requestBodyBytes;

  @Label("Response Body")
  @DataAmount
  final long responseBodyBytes;

  @Label("Error")
  final String error;

  private JfrRequest(
      RequestInfo request,
      long endedAtMillis,
      long elapsed,
      String route,
      int status,
      String responseKind,
      long requestBodyBytes,
      long responseBodyBytes,
      String error) {
    this.startedAt = endedAtMillis - TimeUnit.NANOSECONDS.toMillis(elapsed);
    this.elapsed = elapsed;
    this.requestId = request.requestId();
    this.listener = request.listener();
    this.peer = request.peer();
    this.protocol = request.protocol();
    this.method = request.method();
    this.target = request.target();
    this.route = route;
    this.status = status;
    this.responseKind = responseKind;
    this.requestBodyBytes = requestBodyBytes;
    this.responseBodyBytes = responseBodyBytes;
    this.error = error;
  }

  static JfrRequest of(RequestStopped event) {
    return new JfrRequest(
        event.request(),
        event.atEpochMillis(),
        event.durationNanos(),
        event.route(),
        event.status(),
        event.kind().name(),
        event.requestBodyBytes(),
        event.responseBodyBytes(),
        "");
  }

  static JfrRequest of(RequestFailed event) {
    return new JfrRequest(
        event.request(),
        event.atEpochMillis(),
        event.durationNanos(),
        event.route(),
        event.status(),
        "",
        0,
        0,
        event.errorClass() + ": " + event.errorMessage());
  }
}
