package io.roadrunner.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.roadrunner.telemetry.RequestEvent.RequestFailed;
import io.roadrunner.telemetry.RequestEvent.RequestStopped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The examples of the module's README. */
class ReadmeTest {

  @Test
  void listening() {
    List<String> lines = new CopyOnWriteArrayList<>();
    try (Telemetry telemetry = Telemetry.create()) {
      telemetry.subscribe(
          event -> {
            switch (event) {
              case RequestStopped stopped ->
                  lines.add("%s %d ns".formatted(stopped.route(), stopped.durationNanos()));
              case RequestFailed failed -> lines.add(failed.errorClass());
              case RequestEvent other -> {}
              case ConnectionEvent other -> {}
              case DrainEvent drain -> lines.add(drain.listener());
              case WebSocketEvent other -> {}
            }
          });
      if (JfrSubscriber.available()) {
        telemetry.subscribe(JfrSubscriber.create());
      }
      Samples.ONE_OF_EACH.forEach(telemetry::publish);
    }
    assertEquals(
        List.of("/users/:id 2500000 ns", "java.lang.ArithmeticException", "main", "main"), lines);
  }

  @Test
  void counting() {
    ServerMetrics metrics = ServerMetrics.create();
    Recorder recorder = metrics.newRecorder(Writers.MANY); // one for each event loop
    recorder.requestStarted();
    recorder.requestCompleted(200, 420_000);

    MetricsSnapshot now = metrics.snapshot();
    assertEquals(0, now.requestsInFlight());
    assertEquals(420_000, now.latency().quantileNanos(0.99));
  }
}
