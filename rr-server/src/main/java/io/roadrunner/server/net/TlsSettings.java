package io.roadrunner.server.net;

import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;

/**
 * TLS of a listener.
 *
 * @param engines makes the engine of a new connection, with its protocols, suites and ALPN set
 * @param handshakeTimeout from accept to the end of the handshake
 */
public record TlsSettings(Supplier<SSLEngine> engines, Duration handshakeTimeout) {}
