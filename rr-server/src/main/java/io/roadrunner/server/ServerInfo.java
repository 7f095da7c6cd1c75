package io.roadrunner.server;

import io.roadrunner.telemetry.MetricsSnapshot;
import java.net.SocketAddress;
import java.time.Duration;

/**
 * What a server does at a moment.
 *
 * @param name as given to the builder
 * @param address the bound address
 * @param status whether it serves
 * @param uptime since its start
 * @param openConnections now
 * @param runningHandlers now, those on event loops not counted
 * @param metrics counters and latencies since its start
 */
public record ServerInfo(
    String name,
    SocketAddress address,
    Status status,
    Duration uptime,
    int openConnections,
    int runningHandlers,
    MetricsSnapshot metrics) {

  /** Whether a server serves. */
  public enum Status {
    /** It accepts connections. */
    SERVING,
    /** It finishes what is in flight. */
    DRAINING,
    /** It has ended. */
    CLOSED
  }
}
