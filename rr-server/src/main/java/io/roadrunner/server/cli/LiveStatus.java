package io.roadrunner.server.cli;

import io.roadrunner.server.ServerInfo;
import io.roadrunner.telemetry.LatencySnapshot;
import io.roadrunner.telemetry.MetricsSnapshot;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the server does at the moment, for people who watch: rate and latency of the last second.
 */
final class LiveStatus {

  /** Less than the pace of the page that asks, so that each of its looks counts. */
  private static final long ABOUT_A_SECOND_NANOS = 900_000_000L;

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
      return String.format(
          Locale.ROOT,
          """
          {"version":"%s","uptime_seconds":%d,"connections_open":%d,"requests":%d,\
          "responses_5xx":%d,"requests_per_second":%.1f,\
          "latency_micros":{"p50":%d,"p99":%d,"max":%d}}
          """,
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
  private Optional<MetricsSnapshot> before = Optional.empty();
  private Optional<MetricsSnapshot> last = Optional.empty();

  LiveStatus(String version, Supplier<ServerInfo> server) {
    this.version = version;
    this.server = server;
  }

  /** Returns the figures now; any thread. */
  Figures figures() {
    ServerInfo info = server.get();
    MetricsSnapshot now = info.metrics();
    Optional<MetricsSnapshot> earlier = earlier(now);
    LatencySnapshot sinceStart = now.latency();
    LatencySnapshot latency = earlier.map(e -> sinceStart.since(e.latency())).orElse(sinceStart);
    return new Figures(
        version,
        info.uptime().toSeconds(),
        info.openConnections(),
        now.requestsEnded(),
        now.responses().serverError(),
        earlier.map(now::requestsPerSecondSince).orElse(0.0),
        latency.quantileNanos(0.5) / 1000,
        latency.quantileNanos(0.99) / 1000,
        latency.maxNanos() / 1000);
  }

  /** Returns the newest snapshot that is about a second old or older, if there is one yet. */
  private synchronized Optional<MetricsSnapshot> earlier(MetricsSnapshot now) {
    if (last.isEmpty() || now.takenAtNanos() - last.get().takenAtNanos() >= ABOUT_A_SECOND_NANOS) {
      before = last;
      last = Optional.of(now);
    }
    return before;
  }
}
