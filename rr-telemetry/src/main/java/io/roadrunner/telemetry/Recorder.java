package io.roadrunner.telemetry;

/**
 * Takes the counts of one event loop, or of the handlers that serve one loop's connections. Made by
 * {@link ServerMetrics#newRecorder}. Its methods may be called by as many threads at once as it was
 * made for; none of them blocks, throws or allocates.
 *
 * <p>Every request is counted by exactly one of three ways: {@link #requestStarted} and later one
 * of {@link #requestCompleted} and {@link #requestFailed}; {@link #requestRejected}; or {@link
 * #requestThrottled}. What starts on one recorder may end on another.
 *
 * <p>A status of 0 stands for no response. Other values outside 100 to 599 count as server errors
 * (RFC 9110 §15).
 */
public final class Recorder {

  private final Cells cells;
  private final LatencyHistogram latency;

  Recorder(Writers writers) {
    cells = new Cells(Counter.COUNT, writers);
    latency = LatencyHistogram.forWriters(writers);
  }

  /** A connection was accepted and will be served. */
  public void connectionAccepted() {
    add(Counter.CONNECTIONS_ACCEPTED, 1);
  }

  /** A connection that was accepted is closed. */
  public void connectionClosed() {
    add(Counter.CONNECTIONS_CLOSED, 1);
  }

  /** A connection was closed at once, without being served. */
  public void connectionRefused() {
    add(Counter.CONNECTIONS_REFUSED, 1);
  }

  /** The handling of a request begins. */
  public void requestStarted() {
    add(Counter.REQUESTS_STARTED, 1);
  }

  /**
   * A request that was started is answered.
   *
   * @param status the status code of the final response
   * @param durationNanos since it was started, in nanoseconds
   */
  public void requestCompleted(int status, long durationNanos) {
    cells.add(Counter.COMPLETED.cell(status), 1);
    latency.record(durationNanos);
  }

  /**
   * A request that was started ended by an error.
   *
   * @param status the status code of the response, or 0 if none was sent whole
   * @param durationNanos since it was started, in nanoseconds
   */
  public void requestFailed(int status, long durationNanos) {
    add(Counter.REQUESTS_FAILED, 1);
    countAnswer(status);
    latency.record(durationNanos);
  }

  /**
   * Bytes that came in the place of a request broke a rule or a limit.
   *
   * @param status the status code of the answer, or 0 if none was sent
   */
  public void requestRejected(int status) {
    add(Counter.REQUESTS_REJECTED, 1);
    countAnswer(status);
  }

  /**
   * A request was turned away because the server has enough to do.
   *
   * @param status the status code of the answer, or 0 if none was sent
   */
  public void requestThrottled(int status) {
    add(Counter.REQUESTS_THROTTLED, 1);
    countAnswer(status);
  }

  /**
   * Bytes were read from peers.
   *
   * @param bytes how many, as the transport carried them
   */
  public void bytesRead(long bytes) {
    add(Counter.BYTES_READ, bytes);
  }

  /**
   * Bytes were written to peers.
   *
   * @param bytes how many, as the transport carried them
   */
  public void bytesWritten(long bytes) {
    add(Counter.BYTES_WRITTEN, bytes);
  }

  long get(int cell) {
    return cells.get(cell);
  }

  /** Adds the counts of durations to those given and returns the longest duration. */
  long addLatencyTo(long[] counts) {
    return latency.addTo(counts);
  }

  private void countAnswer(int status) {
    if (status != 0) {
      cells.add(Counter.ANSWERED.cell(status), 1);
    }
  }

  private void add(Counter counter, long amount) {
    cells.add(counter.cell(), amount);
  }
}
