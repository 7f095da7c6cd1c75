package io.roadrunner.server;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What the TLS handshake of a connection has settled.
 *
 * @param protocol {@code TLSv1.3} or {@code TLSv1.2}
 * @param cipherSuite by its name in the IANA registry
 * @param serverName the host that the client asked for (SNI, RFC 6066 §3)
 * @param clientCertificates the client's certificate first, then those that vouch for it; empty
 *     unless the server has asked for one, see {@link TlsConfig}
 */
public record TlsInfo(
    String protocol,
    String cipherSuite,
    Optional<String> serverName,
    List<X509Certificate> clientCertificates) {

  /** Copies the list. */
  public TlsInfo {
    clientCertificates = List.copyOf(clientCertificates);
  }
}
