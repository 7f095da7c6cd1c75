package consumer;

import io.roadrunner.telemetry.Recorder;
import io.roadrunner.telemetry.ServerMetrics;
import io.roadrunner.telemetry.Writers;

/** Counts a request. */
final class Main {

  private Main() {}

  public static void main(String[] args) {
    ServerMetrics metrics = ServerMetrics.create();
    Recorder recorder = metrics.newRecorder(Writers.MANY);
    recorder.requestStarted();
    recorder.requestCompleted(200, 420_000);
    System.out.println("completed " + metrics.snapshot().requestsCompleted());
  }
}
