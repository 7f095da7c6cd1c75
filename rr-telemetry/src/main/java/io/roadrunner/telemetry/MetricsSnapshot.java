package io.roadrunner.telemetry;

import java.util.Objects;

/**
 * What a {@link ServerMetrics} had counted at one moment.
 *
 * @param takenAtNanos that moment, by the clock of {@link System#nanoTime()}
 * @param connectionsAccepted connections that were taken to be served
 * @param connectionsClosed those of them that are closed
 * @param connectionsRefused connections that were closed without being served
 * @param requestsStarted requests whose handling began
 * @param requestsCompleted those of them that were answered
 * @param requestsFailed those of them that ended by an error
 * @param requestsRejected bytes in the place of a request that broke a rule or a limit
 * @param requestsThrottled requests that were turned away
 * @param responses final responses sent, to all of these
 * @param bytesRead bytes that came from peers, as the transport carried them
 * @param bytesWritten bytes that went to peers, as the transport carried them
 * @param latency how long the requests took that were completed or failed
 */
public record MetricsSnapshot(
    long takenAtNanos,
    long connectionsAccepted,
    long connectionsClosed,
    long connectionsRefused,
    long requestsStarted,
    long requestsCompleted,
    long requestsFailed,
    long requestsRejected,
    long requestsThrottled,
    StatusCounts responses,
    long bytesRead,
    long bytesWritten,
    LatencySnapshot latency) {

  private static final double NANOS_PER_SECOND = 1e9;

  /** Refuses null. */
  public MetricsSnapshot {
    Objects.requireNonNull(responses, "responses");
    Objects.requireNonNull(latency, "latency");
  }

  /**
   * How many connections are open.
   *
   * @return the number
   */
  public long connectionsOpen() {
    return connectionsAccepted - connectionsClosed;
  }

  /**
   * How many requests have started and not ended.
   *
   * @return the number
   */
  public long requestsInFlight() {
    return requestsStarted - requestsEnded();
  }

  /**
   * How many requests have started and ended, well or not.
   *
   * @return the number
   */
  public long requestsEnded() {
    return requestsCompleted + requestsFailed;
  }

  /**
   * How many requests ended in a second, on average, since an earlier snapshot.
   *
   * @param previous the earlier snapshot
   * @return requests per second; 0 if no time has passed
   */
  public double requestsPerSecondSince(MetricsSnapshot previous) {
    long nanos = takenAtNanos - previous.takenAtNanos;
    return nanos <= 0 ? 0 : (requestsEnded() - previous.requestsEnded()) * NANOS_PER_SECOND / nanos;
  }
}
