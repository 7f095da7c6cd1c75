package io.roadrunner.server;

import io.roadrunner.http1.Http1Limits;
import io.roadrunner.http2.Http2Limits;
import io.roadrunner.telemetry.Telemetry;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Everything that the builder has collected. */
record ServerConfig(
    String name,
    SocketAddress address,
    int backlog,
    int loops,
    Routes routes,
    List<Middleware> middleware,
    ServerLimits limits,
    Set<HttpVersion> protocols,
    Http1Limits http1,
    Http2Limits http2,
    Telemetry telemetry,
    Optional<TlsConfig> tls) {}
