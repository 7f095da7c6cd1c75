package io.roadrunner.server.net;

import io.roadrunner.server.ServerLimits;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * What a listener needs to know.
 *
 * @param name stands in thread names, logs and telemetry
 * @param address to be bound
 * @param backlog of the listening socket
 * @param loops number of event loops
 * @param tickMillis how often deadlines are looked at
 * @param limits for its connections
 * @param runningHandlers how many handlers run at the moment
 * @param tls where the listener speaks TLS
 */
public record ListenerConfig(
    String name,
    SocketAddress address,
    int backlog,
    int loops,
    long tickMillis,
    ServerLimits limits,
    IntSupplier runningHandlers,
    Optional<TlsSettings> tls) {}
