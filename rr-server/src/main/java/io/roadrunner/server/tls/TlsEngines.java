package io.roadrunner.server.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Makes the engines of one listener's connections, all alike. Any thread. */
public final class TlsEngines implements Supplier<SSLEngine> {

  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  /** RFC 9113 §9.2.2 allows these: AEAD, with an ephemeral key exchange. */
  private static final String[] SUITES = {
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
  };

  /** Sessions of clients that know no tickets; the JDK's 20 480 would take up to 100 MB. */
  private static final int SESSIONS = 2048;

  /** Whether a client has to show a certificate. */
  public enum ClientCertificate {
    /** It is not asked for one. */
    NONE,
    /** It is asked for one, and may have none. */
    REQUESTED,
    /** Without one there is no connection. */
    REQUIRED
  }

  private final SSLContext context;
  private final List<String> protocols;
  private final ClientCertificate clients;

  private TlsEngines(SSLContext context, List<String> protocols, ClientCertificate clients) {
    this.context = context;
    this.protocols = List.copyOf(protocols);
    this.clients = clients;
  }

  /**
   * Returns engines that ask nothing of clients.
   *
   * @param identities the default one first
   * @param protocols what ALPN may choose, the preferred one first
   */
  public static TlsEngines forAnybody(List<Identity> identities, List<String> protocols) {
    return new TlsEngines(
        context(identities, new TrustManager[0]), protocols, ClientCertificate.NONE);
  }

  /**
   * Returns engines that ask clients for a certificate.
   *
   * @param identities the default one first
   * @param protocols what ALPN may choose, the preferred one first
   * @param clients how they are asked
   * @param authorities a PEM file with those who vouch for clients
   * @throws IllegalArgumentException if that file is at fault
   */
  public static TlsEngines forClients(
      List<Identity> identities,
      List<String> protocols,
      ClientCertificate clients,
      Path authorities) {
    return new TlsEngines(context(identities, trust(authorities)), protocols, clients);
  }

  private static SSLContext context(List<Identity> identities, TrustManager[] trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new IdentityChooser(identities)}, trust, null);
      context.getServerSessionContext().setSessionCacheSize(SESSIONS);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK offers no TLS", e);
    }
  }

  private static TrustManager[] trust(Path authorities) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (X509Certificate authority : PemReader.certificates("client authority", authorities)) {
        store.setCertificateEntry("authority-" + number++, authority);
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this JDK cannot check certificates", e);
    }
  }

  @Override
  public SSLEngine get() {
    SSLEngine engine = context.createSSLEngine();
    SSLParameters parameters = new SSLParameters(SUITES.clone(), VERSIONS.clone());
    parameters.setUseCipherSuitesOrder(true);
    // RFC 7301 §3.2: an offer of which nothing is spoken here ends with no_application_protocol.
    parameters.setApplicationProtocols(protocols.toArray(String[]::new));
    parameters.setSNIMatchers(List.of(new AnyName()));
    switch (clients) {
      case NONE -> {}
      case REQUESTED -> parameters.setWantClientAuth(true);
      case REQUIRED -> parameters.setNeedClientAuth(true);
    }
    engine.setUseClientMode(false);
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** Takes every name, so that a session is resumed under its own name only (RFC 6066 §3). */
  private static final class AnyName extends SNIMatcher {

    AnyName() {
      super(StandardConstants.SNI_HOST_NAME);
    }

    @Override
    public boolean matches(SNIServerName serverName) {
      return true;
    }
  }
}
