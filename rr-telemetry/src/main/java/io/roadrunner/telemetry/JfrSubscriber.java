package io.roadrunner.telemetry;

import io.roadrunner.telemetry.ConnectionEvent.ConnectionAccepted;
import io.roadrunner.telemetry.ConnectionEvent.ConnectionClosed;
import io.roadrunner.telemetry.ConnectionEvent.ConnectionRefused;
import io.roadrunner.telemetry.ConnectionEvent.TlsHandshakeFailed;
import io.roadrunner.telemetry.RequestEvent.RequestFailed;
import io.roadrunner.telemetry.RequestEvent.RequestRejected;
import io.roadrunner.telemetry.RequestEvent.RequestStarted;
import io.roadrunner.telemetry.RequestEvent.RequestStopped;
import io.roadrunner.telemetry.RequestEvent.RequestThrottled;
import jdk.jfr.FlightRecorder;

/**
 * Passes events on to JDK Flight Recorder, where they show up in recordings beside what the JVM
 * itself records: {@code io.roadrunner.Request} and {@code io.roadrunner.Connection} when one has
 * ended, {@code io.roadrunner.RequestTurnedAway} and {@code io.roadrunner.ConnectionRefused}.
 * Events of other kinds are passed over.
 *
 * <p>Recordings are made where events are delivered, a little after they happened: the fields
 * {@code startedAt} and {@code elapsed} tell the true times.
 *
 * <p>This is the one class of the module that needs the module {@code jdk.jfr}, which a trimmed
 * runtime may lack: ask {@link #available()} first.
 */
public final class JfrSubscriber implements TelemetrySubscriber {

  private JfrSubscriber() {}

  /**
   * Whether this runtime has Flight Recorder, in a module that was resolved at start-up.
   *
   * @return true if {@link #create()} will work
   */
  public static boolean available() {
    return availableIn(ModuleLayer.boot());
  }

  private static boolean availableIn(ModuleLayer layer) {
    Module self = JfrSubscriber.class.getModule();
    return layer.findModule("jdk.jfr").filter(self::canRead).isPresent()
        && FlightRecorder.isAvailable();
  }

  /**
   * A subscriber for {@link Telemetry#subscribe}.
   *
   * @return the subscriber
   * @throws IllegalStateException if Flight Recorder is not {@linkplain #available() available}
   */
  public static JfrSubscriber create() {
    return createIn(ModuleLayer.boot());
  }

  static JfrSubscriber createIn(ModuleLayer layer) {
    if (!availableIn(layer)) {
      throw new IllegalStateException("This runtime has no Flight Recorder (module jdk.jfr).");
    }
    return new JfrSubscriber();
  }

  @Override
  public void on(TelemetryEvent event) {
    switch (event) {
      case RequestStopped stopped -> JfrRequest.of(stopped).commit();
      case RequestFailed failed -> JfrRequest.of(failed).commit();
      case RequestRejected rejected -> JfrRequestTurnedAway.of(rejected).commit();
      case RequestThrottled throttled -> JfrRequestTurnedAway.of(throttled).commit();
      case ConnectionClosed closed -> JfrConnection.of(closed).commit();
      case ConnectionRefused refused -> JfrConnectionRefused.of(refused).commit();
      case RequestStarted passedOver -> {}
      case ConnectionAccepted passedOver -> {}
      case TlsHandshakeFailed passedOver -> {}
      case DrainEvent passedOver -> {}
      case WebSocketEvent passedOver -> {}
    }
  }
}
