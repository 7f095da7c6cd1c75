package io.roadrunner.server.pipeline;

import io.roadrunner.server.ResponseBody;
import io.roadrunner.server.net.Addresses;
import io.roadrunner.server.net.Connection;
import io.roadrunner.server.net.ConnectionEvents;
import io.roadrunner.telemetry.CloseReason;
import io.roadrunner.telemetry.ConnectionEvent;
import io.roadrunner.telemetry.Recorder;
import io.roadrunner.telemetry.RefusalReason;
import io.roadrunner.telemetry.RequestEvent;
import io.roadrunner.telemetry.RequestInfo;
import io.roadrunner.telemetry.ResponseKind;
import io.roadrunner.telemetry.Telemetry;
import io.roadrunner.telemetry.ThrottleReason;
import java.io.IOException;
import java.util.Optional;

/** Counts everything, and tells subscribers when there are any. All methods: any thread. */
public final class RequestReports implements ConnectionEvents {

  private final String listener;
  private final Recorder recorder;
  private final Telemetry telemetry;

  /**
   * Creates one.
   *
   * @param listener stands in each event
   * @param recorder the counters
   * @param telemetry the subscribers
   */
  public RequestReports(String listener, Recorder recorder, Telemetry telemetry) {
    this.listener = listener;
    this.recorder = recorder;
    this.telemetry = telemetry;
  }

  /** A handler is going to run. */
  public void started(ServerRequest request) {
    request.start();
    recorder.requestStarted();
    if (telemetry.active()) {
      telemetry.publish(new RequestEvent.RequestStarted(now(), info(request)));
    }
  }

  /**
   * A response has left, as far as this side can tell. Nothing is said of requests that were never
   * started.
   *
   * @param bodyIn bytes of the request's body
   * @param bodyOut bytes of the response's body
   */
  public void stopped(
      ServerRequest request, int status, ResponseBody body, long bodyIn, long bodyOut) {
    if (!request.started()) {
      return;
    }
    Optional<Throwable> failure = request.failure();
    if (failure.isPresent()) {
      failed(request, status, failure.get());
      return;
    }
    long duration = System.nanoTime() - request.startNanos();
    recorder.requestCompleted(status, duration);
    request.match().entry().took(duration);
    if (telemetry.active()) {
      telemetry.publish(
          new RequestEvent.RequestStopped(
              now(),
              info(request),
              request.route(),
              status,
              kind(body),
              duration,
              bodyIn,
              bodyOut));
    }
  }

  private static ResponseKind kind(ResponseBody body) {
    return switch (body) {
      case ResponseBody.Empty e -> ResponseKind.EMPTY;
      case ResponseBody.Bytes b -> ResponseKind.BYTES;
      case ResponseBody.FileRegion f -> ResponseKind.FILE;
      case ResponseBody.Stream s -> ResponseKind.STREAM;
      case ResponseBody.WebSocket w -> ResponseKind.UPGRADE;
    };
  }

  /** A response was cut off, or never made: the peer has gone or the body failed. */
  public void aborted(ServerRequest request, int status) {
    if (request.started()) {
      failed(
          request, status, request.failure().orElseGet(() -> new IOException("the peer has gone")));
    }
  }

  private void failed(ServerRequest request, int status, Throwable cause) {
    long duration = System.nanoTime() - request.startNanos();
    recorder.requestFailed(status, duration);
    if (telemetry.active()) {
      telemetry.publish(
          new RequestEvent.RequestFailed(
              now(), info(request), request.route(), status, duration, SafeThrowable.of(cause)));
    }
  }

  /** Bytes that are no request, or a request that reaches no handler, were refused. */
  public void rejected(Connection connection, String reason, int status) {
    recorder.requestRejected(status);
    if (telemetry.active()) {
      telemetry.publish(
          new RequestEvent.RequestRejected(
              now(), listener, Addresses.text(connection.peer()), reason, status));
    }
  }

  /** A request got no permit. */
  public void throttled(ServerRequest request) {
    recorder.requestThrottled(503);
    if (telemetry.active()) {
      telemetry.publish(
          new RequestEvent.RequestThrottled(
              now(),
              listener,
              Addresses.text(request.peer()),
              ThrottleReason.CONCURRENT_REQUESTS,
              503));
    }
  }

  @Override
  public void accepted(Connection connection) {
    recorder.connectionAccepted();
    if (telemetry.active()) {
      telemetry.publish(
          new ConnectionEvent.ConnectionAccepted(
              now(), listener, Addresses.text(connection.peer())));
    }
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    recorder.connectionClosed();
    if (telemetry.active()) {
      telemetry.publish(
          new ConnectionEvent.ConnectionClosed(
              now(),
              listener,
              Addresses.text(connection.peer()),
              System.nanoTime() - connection.acceptedAtNanos(),
              connection.served(),
              reason));
    }
  }

  @Override
  public void refused() {
    recorder.connectionRefused();
    if (telemetry.active()) {
      telemetry.publish(
          new ConnectionEvent.ConnectionRefused(
              now(), listener, "", RefusalReason.CONNECTION_LIMIT));
    }
  }

  @Override
  public void read(long bytes) {
    recorder.bytesRead(bytes);
  }

  @Override
  public void written(long bytes) {
    recorder.bytesWritten(bytes);
  }

  /** Returns who is told. */
  public Telemetry telemetry() {
    return telemetry;
  }

  /** Returns what events say of a request. */
  public RequestInfo info(ServerRequest request) {
    String query = request.query().map(q -> "?" + q).orElse("");
    return new RequestInfo(
        request.requestId(),
        listener,
        Addresses.text(request.peer()),
        request.method(),
        request.path() + query,
        request.scheme(),
        request.protocol());
  }

  private static long now() {
    return System.currentTimeMillis();
  }
}
