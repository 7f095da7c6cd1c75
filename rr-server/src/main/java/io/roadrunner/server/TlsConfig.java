package io.roadrunner.server;

import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * TLS of a server: certificates, whether clients must show theirs, and limits of the handshake. TLS
 * 1.3 and 1.2 are spoken, with AEAD suites and ephemeral keys only, and without renegotiation.
 *
 * <p>Immutable; each method returns another one. Files are read when the server starts, or when
 * {@link Server#reloadTls} is called, not before.
 *
 * <pre>{@code
 * TlsConfig.pem(Path.of("chain.pem"), Path.of("key.pem"))
 *     .and(TlsConfig.pem(Path.of("other-chain.pem"), Path.of("other-key.pem")))
 *     .requireClientCertificate(Path.of("clients-ca.pem"));
 * }</pre>
 */
public final class TlsConfig {

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
  private static final int DEFAULT_HANDSHAKES = 1000;
  private static final int DEFAULT_THREADS =
      Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  /** Where certificates and their keys come from. */
  sealed interface Source {
    /** Two PEM files. */
    record Pem(Path chain, Path key) implements Source {}

    /** A KeyStore in a file. */
    record StoreFile(Path file, Password password) implements Source {}

    /** A KeyStore. */
    record Store(KeyStore store, Password password) implements Source {}

    /** Made on the spot. */
    record SelfSigned(List<String> names) implements Source {}
  }

  /** A password, which no log or message shows. */
  static final class Password {
    private final char[] value;

    Password(char[] value) {
      this.value = value.clone();
    }

    char[] value() {
      return value.clone();
    }
  }

  /** What is asked of clients. */
  sealed interface Clients {
    /** Nothing. */
    record Anonymous() implements Clients {}

    /** A certificate, if they have one. */
    record Requested(Path authorities) implements Clients {}

    /** A certificate. */
    record Required(Path authorities) implements Clients {}
  }

  /** For which hosts requests are taken. */
  enum Hosts {
    CERTIFIED,
    ANY
  }

  /** Everything that is not a certificate. */
  record Settings(Clients clients, Duration timeout, int handshakes, int threads, Hosts hosts) {

    Settings with(Clients value) {
      return new Settings(value, timeout, handshakes, threads, hosts);
    }
  }

  private final List<Source> sources;
  private final Settings settings;

  private TlsConfig(List<Source> sources, Settings settings) {
    this.sources = List.copyOf(sources);
    this.settings = settings;
  }

  private static TlsConfig of(Source source) {
    return new TlsConfig(
        List.of(source),
        new Settings(
            new Clients.Anonymous(),
            DEFAULT_TIMEOUT,
            DEFAULT_HANDSHAKES,
            DEFAULT_THREADS,
            Hosts.CERTIFIED));
  }

  /**
   * {@return TLS with a certificate from PEM files}
   *
   * @param chain the server's own certificate first, then those that vouch for it
   * @param key its private key: PKCS#8, not encrypted, of RSA, EC or Ed25519
   */
  public static TlsConfig pem(Path chain, Path key) {
    return of(new Source.Pem(chain, key));
  }

  /**
   * {@return TLS with all keys of a KeyStore file, in the order of its aliases}
   *
   * @param file PKCS#12, or another format that the JDK knows
   * @param password of the file and of its keys; copied
   */
  public static TlsConfig keyStore(Path file, char[] password) {
    return of(new Source.StoreFile(file, new Password(password)));
  }

  /**
   * {@return TLS with all keys of a KeyStore, in the order of its aliases}
   *
   * @param store loaded
   * @param password of its keys; copied
   */
  public static TlsConfig keyStore(KeyStore store, char[] password) {
    return of(new Source.Store(store, new Password(password)));
  }

  /**
   * {@return TLS for trying things out, with a new key and a certificate that it has signed itself}
   *
   * @param names host names and IP addresses for which it is; at least one
   */
  public static TlsConfig selfSigned(String... names) {
    if (names.length == 0) {
      throw new IllegalArgumentException("selfSigned needs at least one name");
    }
    for (String name : names) {
      if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw new IllegalArgumentException(
            "selfSigned: no host name or IP address: \"" + LogText.escape(name) + "\"");
      }
    }
    return of(new Source.SelfSigned(List.of(names)));
  }

  /**
   * {@return this, with the certificates of another as well}
   *
   * <p>Clients that say whom they want (SNI, RFC 6066 §3) get the certificate with that name among
   * its subject alternative names: the very name before a wildcard such as {@code *.example.org},
   * which stands for one label. All others get the first certificate.
   *
   * @param more its certificates count, and nothing else of it
   */
  public TlsConfig and(TlsConfig more) {
    List<Source> all = new ArrayList<>(sources);
    all.addAll(more.sources);
    return new TlsConfig(all, settings);
  }

  /**
   * {@return this, for clients that show a certificate, see {@link Request#clientCertificates()}}
   * Others are turned away during the handshake.
   *
   * @param authorities a PEM file with the certificates of those who vouch for clients
   */
  public TlsConfig requireClientCertificate(Path authorities) {
    return clients(new Clients.Required(authorities));
  }

  /**
   * {@return this, with clients being asked for a certificate} They need not have one, but if they
   * show one, it has to be good.
   *
   * @param authorities a PEM file with the certificates of those who vouch for clients
   */
  public TlsConfig requestClientCertificate(Path authorities) {
    return clients(new Clients.Requested(authorities));
  }

  private TlsConfig clients(Clients value) {
    return new TlsConfig(sources, settings.with(value));
  }

  /**
   * {@return this, with that much time from accept to the end of the handshake} 10 s by default;
   * the connection is closed then.
   *
   * @param value more than nothing
   */
  public TlsConfig handshakeTimeout(Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException("handshakeTimeout must be positive, but is " + value);
    }
    return new TlsConfig(
        sources,
        new Settings(
            settings.clients(),
            value,
            settings.handshakes(),
            settings.threads(),
            settings.hosts()));
  }

  /**
   * {@return this, with at most so many handshakes at a time} 1000 by default. A connection beyond
   * that takes the place of the one whose handshake began first, which is closed: stalled ones give
   * way to newcomers.
   *
   * @param value at least 1
   */
  public TlsConfig maxConcurrentHandshakes(int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "maxConcurrentHandshakes must be at least 1, but is " + value);
    }
    return new TlsConfig(
        sources,
        new Settings(
            settings.clients(), settings.timeout(), value, settings.threads(), settings.hosts()));
  }

  /**
   * {@return this, with that many threads for what handshakes have to compute} Half the processors,
   * but at least one, by default. Handshakes wait for one another then, and neither connections
   * that are established nor handlers wait for them.
   *
   * @param value at least 1
   */
  public TlsConfig handshakeThreads(int value) {
    if (value < 1) {
      throw new IllegalArgumentException("handshakeThreads must be at least 1, but is " + value);
    }
    return new TlsConfig(
        sources,
        new Settings(
            settings.clients(),
            settings.timeout(),
            settings.handshakes(),
            value,
            settings.hosts()));
  }

  /**
   * {@return this, taking requests for every host} By default, a request on a connection whose
   * client asked for one host (SNI) and then names another for which the certificate is not, is
   * answered with 421 (Misdirected Request, RFC 9110 §15.5.20).
   */
  public TlsConfig anyHost() {
    return new TlsConfig(
        sources,
        new Settings(
            settings.clients(),
            settings.timeout(),
            settings.handshakes(),
            settings.threads(),
            Hosts.ANY));
  }

  List<Source> sources() {
    return sources;
  }

  Settings settings() {
    return settings;
  }
}
