package io.roadrunner.telemetry;

import io.roadrunner.telemetry.ConnectionEvent.ConnectionAccepted;
import io.roadrunner.telemetry.ConnectionEvent.ConnectionClosed;
import io.roadrunner.telemetry.ConnectionEvent.ConnectionRefused;
import io.roadrunner.telemetry.ConnectionEvent.TlsHandshakeFailed;
import io.roadrunner.telemetry.DrainEvent.DrainFinished;
import io.roadrunner.telemetry.DrainEvent.DrainStarted;
import io.roadrunner.telemetry.RequestEvent.RequestFailed;
import io.roadrunner.telemetry.RequestEvent.RequestRejected;
import io.roadrunner.telemetry.RequestEvent.RequestStarted;
import io.roadrunner.telemetry.RequestEvent.RequestStopped;
import io.roadrunner.telemetry.RequestEvent.RequestThrottled;
import io.roadrunner.telemetry.WebSocketEvent.WebSocketClosed;
import io.roadrunner.telemetry.WebSocketEvent.WebSocketFrameIn;
import io.roadrunner.telemetry.WebSocketEvent.WebSocketFrameOut;
import io.roadrunner.telemetry.WebSocketEvent.WebSocketFrameRejected;
import io.roadrunner.telemetry.WebSocketEvent.WebSocketUpgraded;
import java.util.List;

/** One event of each kind, and numbered ones. */
final class Samples {

  static final long NOW = 1_700_000_000_123L;

  static final RequestInfo REQUEST =
      new RequestInfo(
          "00112233445566aa", "main", "192.0.2.7:4711", "GET", "/users/7", "https", "HTTP/1.1");

  static final RequestStopped STOPPED =
      new RequestStopped(NOW, REQUEST, "/users/:id", 200, ResponseKind.BYTES, 2_500_000, 0, 13);

  static final RequestFailed FAILED =
      new RequestFailed(NOW, REQUEST, "/users/:id", 500, 9_000_000, new ArithmeticException("x"));

  static final RequestRejected REJECTED =
      new RequestRejected(NOW, "main", "192.0.2.7:4711", "BAD_CHUNK_SIZE", 400);

  static final RequestThrottled THROTTLED =
      new RequestThrottled(NOW, "main", "192.0.2.7:4711", ThrottleReason.RATE_LIMIT, 503);

  static final ConnectionClosed CLOSED =
      new ConnectionClosed(
          NOW, "main", "192.0.2.7:4711", 60_000_000_000L, 12, CloseReason.IDLE_TIMEOUT);

  static final ConnectionRefused REFUSED =
      new ConnectionRefused(NOW, "main", "192.0.2.7:4711", RefusalReason.CONNECTION_LIMIT);

  static final List<TelemetryEvent> ONE_OF_EACH =
      List.of(
          new RequestStarted(NOW, REQUEST),
          STOPPED,
          FAILED,
          REJECTED,
          THROTTLED,
          new ConnectionAccepted(NOW, "main", "192.0.2.7:4711"),
          CLOSED,
          REFUSED,
          new TlsHandshakeFailed(NOW, "main", "192.0.2.7:4711", 5, "no cipher in common"),
          new DrainStarted(NOW, "main", 3, 30_000_000_000L),
          new DrainFinished(NOW, "main", 1_000_000, 0),
          new WebSocketUpgraded(NOW, REQUEST, "chat"),
          new WebSocketFrameIn(NOW, REQUEST, 1, 5),
          new WebSocketFrameOut(NOW, REQUEST, 2, 6),
          new WebSocketFrameRejected(NOW, REQUEST, 1009, 11 << 20, "MESSAGE_TOO_LARGE"),
          new WebSocketClosed(NOW, REQUEST, 1000, 7));

  private Samples() {}

  /** An event that carries a number, in the place of its time. */
  static TelemetryEvent numbered(long number) {
    return new ConnectionAccepted(number, "main", "peer");
  }
}
