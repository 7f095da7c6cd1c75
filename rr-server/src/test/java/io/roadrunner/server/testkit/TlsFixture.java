package io.roadrunner.server.testkit;

import io.roadrunner.server.Routes;
import io.roadrunner.server.ServerBuilder;
import io.roadrunner.server.TlsConfig;
import io.roadrunner.server.tls.TestCertificate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/** A server over TLS with a certificate for "localhost", and clients that trust it. */
public final class TlsFixture implements AutoCloseable {

  private static final TestCertificate OWN = TestCertificate.selfSigned("EC", "localhost");

  private final TestServer server;
  private final SSLContext context;

  private TlsFixture(TestServer server) throws GeneralSecurityException, IOException {
    this.server = server;
    this.context = TestCertificate.trusting(OWN.certificate());
  }

  /** Starts a server with those routes. */
  public static TlsFixture start(Routes.Builder routes) throws Exception {
    return start(routes, options -> {}, tls -> tls);
  }

  /** Starts a server with those routes, options, and options of TLS. */
  public static TlsFixture start(
      Routes.Builder routes, Consumer<ServerBuilder> options, UnaryOperator<TlsConfig> tls)
      throws Exception {
    TlsConfig config = tls.apply(config(OWN));
    return new TlsFixture(
        TestServer.start(
            routes,
            builder -> {
              builder.tls(config);
              options.accept(builder);
            }));
  }

  /** Returns TLS with that certificate. */
  public static TlsConfig config(TestCertificate certificate) {
    try {
      return TlsConfig.keyStore(certificate.keyStore(), "secret".toCharArray());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the certificate of all these servers. */
  public static TestCertificate certificate() {
    return OWN;
  }

  /** Returns the server. */
  public TestServer server() {
    return server;
  }

  /** Returns its port. */
  public int port() {
    return server.port();
  }

  /** Returns the context of clients, in which they share sessions. */
  public SSLContext context() {
    return context;
  }

  /** Connects and completes the handshake. */
  public TlsClient connect() throws IOException {
    return TlsClient.connect(port(), context);
  }

  /** Connects with that version of TLS, and completes the handshake. */
  public TlsClient connect(String version) throws IOException {
    return TlsClient.connect(
        port(), context, "localhost", p -> p.setProtocols(new String[] {version}));
  }

  /** Connects to the port, and says nothing yet. */
  public EngineClient connectSilently() throws IOException {
    return EngineClient.connect(port(), context, parameters -> {});
  }

  @Override
  public void close() {
    server.close();
  }
}
