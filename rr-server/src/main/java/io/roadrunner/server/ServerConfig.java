package io.roadrunner.server;

import io.roadrunner.http1.Http1Limits;
import io.roadrunner.telemetry.Telemetry;
import java.net.SocketAddress;
import java.util.List;

/** Everything that the builder has collected. */
record ServerConfig(
    String name,
    SocketAddress address,
    int backlog,
    int loops,
    Routes routes,
    List<Middleware> middleware,
    ServerLimits limits,
    Http1Limits http1,
    Telemetry telemetry) {}
