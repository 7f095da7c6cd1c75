package io.roadrunner.telemetry;

/** A program for a runtime that has no module but {@code java.base}. Prints what works there. */
final class SmallRuntime {

  private SmallRuntime() {}

  public static void main(String[] arguments) {
    System.out.println("flight recorder: " + JfrSubscriber.available());
    try {
      JfrSubscriber.create();
      System.out.println("created");
    } catch (IllegalStateException refusal) {
      System.out.println(refusal.getMessage());
    }
    ServerMetrics metrics = ServerMetrics.create();
    metrics.newRecorder(Writers.MANY).requestCompleted(200, 100);
    System.out.println("completed: " + metrics.snapshot().requestsCompleted());
    try (Telemetry telemetry = Telemetry.to(event -> System.out.println("heard: " + event))) {
      telemetry.publish(new DrainEvent.DrainFinished(1, "main", 2, 0));
    }
  }
}
