package io.roadrunner.telemetry;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Counters of a server that are cheap enough to be always on. Writers do not meet: each event loop
 * has a {@link Recorder} of its own, and a snapshot sums them up.
 *
 * <p>All methods may be called from any thread. Recorders live as long as this object: make as many
 * as there are loops, not one for each connection.
 */
public final class ServerMetrics {

  private final List<Recorder> recorders = new CopyOnWriteArrayList<>();

  private ServerMetrics() {}

  /**
   * Counters that stand at 0.
   *
   * @return a new instance without recorders
   */
  public static ServerMetrics create() {
    return new ServerMetrics();
  }

  /**
   * One more recorder, about 20 KiB.
   *
   * @param writers how many threads write to it at once
   * @return the recorder
   */
  public Recorder newRecorder(Writers writers) {
    Recorder recorder = new Recorder(Objects.requireNonNull(writers, "writers"));
    recorders.add(recorder);
    return recorder;
  }

  /**
   * What was counted until now.
   *
   * @return the sums over all recorders
   */
  public MetricsSnapshot snapshot() {
    return snapshotAt(System.nanoTime());
  }

  /**
   * What was counted until now, for callers that have read the clock already. Counts that are made
   * meanwhile may be in it or not, but a request or connection is never seen to have ended without
   * having begun.
   *
   * @param nowNanos the time, by the clock of {@link System#nanoTime()}
   * @return the sums over all recorders
   */
  public MetricsSnapshot snapshotAt(long nowNanos) {
    LatencySnapshot latency = latency();
    long[] cells = new long[Counter.COUNT];
    for (int cell = 0; cell < cells.length; cell++) {
      for (Recorder recorder : recorders) {
        cells[cell] += recorder.get(cell);
      }
    }
    return new MetricsSnapshot(
        nowNanos,
        cells[Counter.CONNECTIONS_ACCEPTED.cell()],
        cells[Counter.CONNECTIONS_CLOSED.cell()],
        cells[Counter.CONNECTIONS_REFUSED.cell()],
        cells[Counter.REQUESTS_STARTED.cell()],
        statuses(cells, Counter.COMPLETED).total(),
        cells[Counter.REQUESTS_FAILED.cell()],
        cells[Counter.REQUESTS_REJECTED.cell()],
        cells[Counter.REQUESTS_THROTTLED.cell()],
        plus(statuses(cells, Counter.COMPLETED), statuses(cells, Counter.ANSWERED)),
        cells[Counter.BYTES_READ.cell()],
        cells[Counter.BYTES_WRITTEN.cell()],
        latency);
  }

  private LatencySnapshot latency() {
    long[] counts = new long[LatencyBuckets.COUNT];
    long max = 0;
    for (Recorder recorder : recorders) {
      max = Math.max(max, recorder.addLatencyTo(counts));
    }
    return new LatencySnapshot(counts, max);
  }

  private static StatusCounts statuses(long[] cells, Counter counter) {
    int first = counter.cell();
    return new StatusCounts(
        cells[first], cells[first + 1], cells[first + 2], cells[first + 3], cells[first + 4]);
  }

  private static StatusCounts plus(StatusCounts a, StatusCounts b) {
    return new StatusCounts(
        a.informational() + b.informational(),
        a.successful() + b.successful(),
        a.redirection() + b.redirection(),
        a.clientError() + b.clientError(),
        a.serverError() + b.serverError());
  }
}
