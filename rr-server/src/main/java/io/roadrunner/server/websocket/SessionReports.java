package io.roadrunner.server.websocket;

import io.roadrunner.server.pipeline.RequestReports;
import io.roadrunner.server.pipeline.ServerRequest;
import io.roadrunner.telemetry.RequestInfo;
import io.roadrunner.telemetry.Telemetry;
import io.roadrunner.telemetry.WebSocketEvent;
import io.roadrunner.websocket.FrameObserver;
import io.roadrunner.websocket.WebSocketViolation;
import org.jspecify.annotations.Nullable;

/** Tells subscribers, when there are any, of one session. Any thread, except for what comes in. */
final class SessionReports implements FrameObserver {

  private final RequestReports reports;
  private final Telemetry telemetry;
  private final ServerRequest request;
  private final long openedNanos = System.nanoTime();
  private volatile @Nullable RequestInfo info;
  private long lastPayloadBytes;

  SessionReports(RequestReports reports, ServerRequest request) {
    this.reports = reports;
    this.telemetry = reports.telemetry();
    this.request = request;
  }

  void upgraded(String subprotocol) {
    if (telemetry.active()) {
      telemetry.publish(new WebSocketEvent.WebSocketUpgraded(now(), info(), subprotocol));
    }
  }

  /** A frame has arrived. */
  @Override
  public void frame(int opcode, long payloadBytes) {
    lastPayloadBytes = payloadBytes;
    if (telemetry.active()) {
      telemetry.publish(new WebSocketEvent.WebSocketFrameIn(now(), info(), opcode, payloadBytes));
    }
  }

  void frameOut(int opcode, long payloadBytes) {
    if (telemetry.active()) {
      telemetry.publish(new WebSocketEvent.WebSocketFrameOut(now(), info(), opcode, payloadBytes));
    }
  }

  /** The frame that was told of last broke a rule, or an incomplete one behind it did. */
  void rejected(WebSocketViolation violation) {
    if (telemetry.active()) {
      telemetry.publish(
          new WebSocketEvent.WebSocketFrameRejected(
              now(), info(), violation.closeCode(), lastPayloadBytes, violation.name()));
    }
  }

  void closed(int code) {
    if (telemetry.active()) {
      telemetry.publish(
          new WebSocketEvent.WebSocketClosed(now(), info(), code, System.nanoTime() - openedNanos));
    }
  }

  private RequestInfo info() {
    RequestInfo known = info;
    if (known == null) {
      known = reports.info(request);
      info = known;
    }
    return known;
  }

  private static long now() {
    return System.currentTimeMillis();
  }
}
