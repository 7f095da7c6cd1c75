package io.roadrunner.server.net;

import io.roadrunner.server.ServerLimits;
import java.net.SocketAddress;
import java.util.Optional;

/**
 * What a listener needs to know.
 *
 * @param name stands in thread names, logs and telemetry
 * @param address to be bound
 * @param backlog of the listening socket
 * @param loops number of event loops
 * @param tickMillis how often deadlines are looked at
 * @param limits for its connections
 * @param tls where the listener speaks TLS
 */
public record ListenerConfig(
    String name,
    SocketAddress address,
    int backlog,
    int loops,
    long tickMillis,
    ServerLimits limits,
    Optional<TlsSettings> tls) {}
