package io.roadrunner.server.net;

import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;

/**
 * TLS of a listener.
 *
 * @param engines makes the engine of a new connection, with its protocols, suites and ALPN set
 * @param handshakeTimeout from accept to the end of the handshake
 * @param maxHandshakes how many may be going on at a time
 * @param handshakeThreads how many of them may compute at a time
 * @param hosts for whom requests are taken
 */
public record TlsSettings(
    Supplier<SSLEngine> engines,
    Duration handshakeTimeout,
    int maxHandshakes,
    int handshakeThreads,
    Hosts hosts) {

  /** Which hosts a request on a connection may name. */
  public enum Hosts {
    /** The one that the client asked for by SNI, and those that the certificate speaks for. */
    CERTIFIED,
    /** Any. */
    ANY
  }
}
