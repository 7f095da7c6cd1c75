package io.roadrunner.server.cli;

import io.roadrunner.server.ServerInfo;
import io.roadrunner.telemetry.LatencySnapshot;
import io.roadrunner.telemetry.MetricsSnapshot;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the server does at the moment, for people who watch: rate and latency of the last second.
 */
final class LiveStatus {

  private static final long SECOND_NANOS = 1_000_000_000L;

  /**
   * One look at the server.
   *
   * @param version of the server
   * @param uptimeSeconds since its start
   * @param connectionsOpen now
   * @param requests answered since its start
   * @param serverErrors those of them that were answered with 5xx
   * @param requestsPerSecond over the last second or more
   * @param p50Micros that half of the requests of that time did not exceed
   * @param p99Micros that 99 % of them did not exceed
   * @param maxMicros the longest
   */
  record Figures(
      String version,
      long uptimeSeconds,
      long connectionsOpen,
      long requests,
      long serverErrors,
      double requestsPerSecond,
      long p50Micros,
      long p99Micros,
      long maxMicros) {

    /** Returns them as JSON; a version has no character that would need an escape. */
    String json() {
      return """
      {"version":"%s","uptime_seconds":%d,"connections_open":%d,"requests":%d,"responses_5xx":%d,\
      "requests_per_second":%.1f,"latency_micros":{"p50":%d,"p99":%d,"max":%d}}
      """
          .formatted(
              Locale.ROOT,
              version,
              uptimeSeconds,
              connectionsOpen,
              requests,
              serverErrors,
              requestsPerSecond,
              p50Micros,
              p99Micros,
              maxMicros);
    }
  }

  private final String version;
  private final Supplier<ServerInfo> server;
  private @Nullable MetricsSnapshot before;
  private @Nullable MetricsSnapshot last;

  LiveStatus(String version, Supplier<ServerInfo> server) {
    this.version = version;
    this.server = server;
  }

  /** Returns the figures now; any thread. */
  Figures figures() {
    ServerInfo info = server.get();
    MetricsSnapshot now = info.metrics();
    MetricsSnapshot since = reference(now);
    // Without an earlier look, all there is: since the start.
    LatencySnapshot latency = since == now ? now.latency() : now.latency().since(since.latency());
    return new Figures(
        version,
        info.uptime().toSeconds(),
        info.openConnections(),
        now.requestsEnded(),
        now.responses().serverError(),
        now.requestsPerSecondSince(since),
        latency.quantileNanos(0.5) / 1000,
        latency.quantileNanos(0.99) / 1000,
        latency.maxNanos() / 1000);
  }

  /** Returns what to compare with: the newest snapshot that is at least a second old, if any. */
  private synchronized MetricsSnapshot reference(MetricsSnapshot now) {
    MetricsSnapshot newest = last;
    if (newest == null || now.takenAtNanos() - newest.takenAtNanos() >= SECOND_NANOS) {
      before = newest;
      last = now;
    }
    return before == null ? now : before;
  }
}
