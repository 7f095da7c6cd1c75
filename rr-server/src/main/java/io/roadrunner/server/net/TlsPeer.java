package io.roadrunner.server.net;

import io.roadrunner.server.TlsInfo;
import io.roadrunner.server.tls.CertificateNames;
import io.roadrunner.server.tls.ServerNames;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** What a completed handshake has settled; any thread. */
public final class TlsPeer {

  private final SSLSession session;
  private final TlsSettings.Hosts hosts;
  private final Optional<String> serverName;

  TlsPeer(SSLSession session, TlsSettings.Hosts hosts) {
    this.session = session;
    this.hosts = hosts;
    this.serverName = ServerNames.requested(session);
  }

  /** Returns what a handler may know. */
  public TlsInfo info() {
    return new TlsInfo(
        session.getProtocol(), session.getCipherSuite(), serverName, clientCertificates());
  }

  private List<X509Certificate> clientCertificates() {
    List<X509Certificate> chain = new ArrayList<>();
    try {
      for (Certificate certificate : session.getPeerCertificates()) {
        chain.add((X509Certificate) certificate);
      }
    } catch (SSLPeerUnverifiedException none) {
      return List.of();
    }
    return List.copyOf(chain);
  }

  /**
   * Tells whether this connection is the right one for requests to an authority (RFC 9110
   * §15.5.20): the one that the client asked for at the handshake, or another that the certificate
   * speaks for.
   *
   * @param authority host and perhaps port; empty where a request names none
   */
  public boolean answersFor(String authority) {
    if (hosts == TlsSettings.Hosts.ANY || serverName.isEmpty() || authority.isEmpty()) {
      return true;
    }
    String host = ServerNames.host(authority);
    if (host.equalsIgnoreCase(serverName.get())) {
      return true;
    }
    Certificate[] own = session.getLocalCertificates();
    return own != null
        && own.length > 0
        && own[0] instanceof X509Certificate shown
        && CertificateNames.of(shown).cover(host);
  }
}
