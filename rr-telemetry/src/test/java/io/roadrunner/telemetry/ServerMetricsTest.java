package io.roadrunner.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ServerMetricsTest {

  private final ServerMetrics metrics = ServerMetrics.create();

  @Test
  void everythingStandsAtZeroAtFirst() {
    MetricsSnapshot snapshot = metrics.snapshotAt(5);

    assertEquals(5, snapshot.takenAtNanos());
    assertEquals(0, snapshot.connectionsAccepted());
    assertEquals(0, snapshot.requestsStarted());
    assertEquals(new StatusCounts(0, 0, 0, 0, 0), snapshot.responses());
    assertEquals(0, snapshot.latency().count());
  }

  @Test
  void countsConnections() {
    Recorder recorder = metrics.newRecorder(Writers.ONE);
    for (int i = 0; i < 5; i++) {
      recorder.connectionAccepted();
    }
    recorder.connectionClosed();
    recorder.connectionClosed();
    recorder.connectionRefused();

    MetricsSnapshot snapshot = metrics.snapshot();

    assertEquals(5, snapshot.connectionsAccepted());
    assertEquals(2, snapshot.connectionsClosed());
    assertEquals(1, snapshot.connectionsRefused());
    assertEquals(3, snapshot.connectionsOpen());
  }

  @Test
  void countsRequestsByHowTheyEnd() {
    Recorder recorder = metrics.newRecorder(Writers.MANY);
    for (int i = 0; i < 6; i++) {
      recorder.requestStarted();
    }
    recorder.requestCompleted(200, 1_000);
    recorder.requestCompleted(304, 2_000);
    recorder.requestFailed(500, 3_000);
    recorder.requestFailed(0, 4_000);
    recorder.requestRejected(400);
    recorder.requestRejected(0);
    recorder.requestThrottled(503);

    MetricsSnapshot snapshot = metrics.snapshot();

    assertEquals(6, snapshot.requestsStarted());
    assertEquals(2, snapshot.requestsCompleted());
    assertEquals(2, snapshot.requestsFailed());
    assertEquals(4, snapshot.requestsEnded());
    assertEquals(2, snapshot.requestsInFlight());
    assertEquals(2, snapshot.requestsRejected());
    assertEquals(1, snapshot.requestsThrottled());
    assertEquals(new StatusCounts(0, 1, 1, 1, 2), snapshot.responses());
    assertEquals(4, snapshot.latency().count());
    assertEquals(4_000, snapshot.latency().maxNanos());
  }

  @Test
  void responsesAreCountedByTheClassOfTheirStatus() {
    Recorder recorder = metrics.newRecorder(Writers.ONE);
    for (int status : new int[] {101, 200, 299, 301, 404, 499, 431, 500, 599, 600, 99, -1}) {
      recorder.requestCompleted(status, 1);
    }

    assertEquals(new StatusCounts(1, 2, 1, 3, 5), metrics.snapshot().responses());
    assertEquals(12, metrics.snapshot().responses().total());
  }

  @Test
  void countsBytes() {
    Recorder recorder = metrics.newRecorder(Writers.ONE);
    recorder.bytesRead(100);
    recorder.bytesRead(1L << 40);
    recorder.bytesWritten(13);

    assertEquals(100 + (1L << 40), metrics.snapshot().bytesRead());
    assertEquals(13, metrics.snapshot().bytesWritten());
  }

  @Test
  void tellsTheRateBetweenTwoSnapshots() {
    Recorder recorder = metrics.newRecorder(Writers.ONE);
    recorder.requestCompleted(200, 1);
    MetricsSnapshot first = metrics.snapshotAt(1_000_000_000);
    recorder.requestCompleted(200, 1);
    recorder.requestCompleted(200, 1);
    recorder.requestFailed(0, 1);
    MetricsSnapshot second = metrics.snapshotAt(3_000_000_000L);

    assertEquals(1.5, second.requestsPerSecondSince(first));
    assertEquals(0, second.requestsPerSecondSince(second));
    assertEquals(0, first.requestsPerSecondSince(second));
  }

  @Test
  void theRateSurvivesAClockThatWrapsAround() {
    Recorder recorder = metrics.newRecorder(Writers.ONE);
    MetricsSnapshot first = metrics.snapshotAt(Long.MAX_VALUE);
    recorder.requestCompleted(200, 1);
    MetricsSnapshot second = metrics.snapshotAt(Long.MAX_VALUE + 500_000_000);

    assertEquals(2, second.requestsPerSecondSince(first));
  }

  @Test
  void readsTheClockOfTheSystem() {
    long before = System.nanoTime();
    MetricsSnapshot snapshot = metrics.snapshot();
    long after = System.nanoTime();

    assertTrue(snapshot.takenAtNanos() - before >= 0);
    assertTrue(after - snapshot.takenAtNanos() >= 0);
  }

  @Property(tries = 100)
  void itDoesNotMatterWhichRecorderCounts(
      @ForAll @Size(max = 100) List<@IntRange(min = 0, max = 19) Integer> operations) {
    ServerMetrics spread = ServerMetrics.create();
    List<Recorder> recorders = new ArrayList<>();
    for (Writers writers : Writers.values()) {
      recorders.add(spread.newRecorder(writers));
    }
    ServerMetrics single = ServerMetrics.create();
    Recorder recorder = single.newRecorder(Writers.ONE);
    for (int operation : operations) {
      apply(operation % 10, recorders.get(operation % recorders.size()));
      apply(operation % 10, recorder);
    }

    assertEquals(describe(single.snapshotAt(0)), describe(spread.snapshotAt(0)));
  }

  @Test
  void nothingIsSeenToEndBeforeItBegan() throws InterruptedException {
    int threads = 3;
    int each = 30_000;
    Recorder shared = metrics.newRecorder(Writers.MANY);
    CountDownLatch done = new CountDownLatch(threads);
    for (int t = 0; t < threads; t++) {
      Recorder own = metrics.newRecorder(Writers.ONE);
      Thread.ofPlatform()
          .start(
              () -> {
                for (int i = 0; i < each; i++) {
                  own.connectionAccepted();
                  own.requestStarted();
                  shared.requestCompleted(200, i);
                  shared.connectionClosed();
                }
                done.countDown();
              });
    }

    while (done.getCount() > 0) {
      MetricsSnapshot snapshot = metrics.snapshot();
      assertTrue(snapshot.requestsInFlight() >= 0, snapshot::toString);
      assertTrue(snapshot.connectionsOpen() >= 0, snapshot::toString);
      assertTrue(snapshot.latency().count() <= snapshot.requestsEnded(), snapshot::toString);
    }

    MetricsSnapshot last = metrics.snapshot();
    assertEquals((long) threads * each, last.requestsCompleted());
    assertEquals(0, last.requestsInFlight());
    assertEquals(0, last.connectionsOpen());
    assertEquals((long) threads * each, last.latency().count());
  }

  private static void apply(int operation, Recorder recorder) {
    switch (operation) {
      case 0 -> recorder.connectionAccepted();
      case 1 -> recorder.connectionClosed();
      case 2 -> recorder.connectionRefused();
      case 3 -> recorder.requestStarted();
      case 4 -> recorder.requestCompleted(204, 10_000);
      case 5 -> recorder.requestFailed(500, 70_000);
      case 6 -> recorder.requestRejected(431);
      case 7 -> recorder.requestThrottled(0);
      case 8 -> recorder.bytesRead(17);
      default -> recorder.bytesWritten(4711);
    }
  }

  private static String describe(MetricsSnapshot snapshot) {
    return snapshot.toString();
  }
}
