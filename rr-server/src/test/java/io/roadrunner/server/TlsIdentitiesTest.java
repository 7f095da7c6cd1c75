package io.roadrunner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.TlsClient;
import io.roadrunner.server.testkit.TlsFixture;
import io.roadrunner.server.tls.TestCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is who: certificates of clients, new ones for the server, and for whom requests are. */
class TlsIdentitiesTest {

  private static @TempDir Path folder;

  private static Routes.Builder routes() {
    return Routes.builder()
        .get("/hello", request -> Response.text("Hello"))
        .get(
            "/who",
            request ->
                Response.text(
                    request.clientCertificates().stream()
                        .map(c -> c.getSubjectX500Principal().getName())
                        .toList()
                        .toString()));
  }

  private static String commonName(TlsClient client) throws IOException {
    X509Certificate own = (X509Certificate) client.socket().getSession().getPeerCertificates()[0];
    return own.getSubjectX500Principal().getName();
  }

  @Nested
  class Clients {

    private static final TestCertificate AUTHORITY = TestCertificate.authority("An authority");
    private static final TestCertificate KNOWN = AUTHORITY.issue("EC", "somebody");
    private static final TestCertificate UNKNOWN =
        TestCertificate.authority("Another").issue("EC", "nobody");

    private static TlsFixture required;
    private static TlsFixture requested;

    @BeforeAll
    static void start() throws Exception {
      Path authorities = AUTHORITY.chainFile(folder);
      required =
          TlsFixture.start(routes(), o -> {}, tls -> tls.requireClientCertificate(authorities));
      requested =
          TlsFixture.start(routes(), o -> {}, tls -> tls.requestClientCertificate(authorities));
    }

    @AfterAll
    static void stop() {
      required.close();
      requested.close();
    }

    private static String who(TlsFixture server, SSLContext context, String version)
        throws IOException {
      try (TlsClient client =
          TlsClient.connect(
              server.port(), context, "localhost", p -> p.setProtocols(new String[] {version}))) {
        return client.ask("/who", "localhost").body();
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void oneIsRequired(String version) throws Exception {
      SSLContext known = KNOWN.shownTo(TlsFixture.certificate().certificate());
      SSLContext unknown = UNKNOWN.shownTo(TlsFixture.certificate().certificate());
      assertEquals("[CN=somebody, CN=An authority]", who(required, known, version));
      assertEquals("[CN=somebody, CN=An authority]", who(required, known, version), "resumed");
      assertThrows(IOException.class, () -> who(required, unknown, version));
      assertThrows(IOException.class, () -> who(required, required.context(), version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void oneIsRequested(String version) throws Exception {
      SSLContext known = KNOWN.shownTo(TlsFixture.certificate().certificate());
      SSLContext unknown = UNKNOWN.shownTo(TlsFixture.certificate().certificate());
      assertEquals("[CN=somebody, CN=An authority]", who(requested, known, version));
      assertEquals("[]", who(requested, requested.context(), version));
      // The JDK shows nothing where it knows that nothing it has would be taken.
      assertEquals("[]", who(requested, unknown, version));
    }

    @Test
    void nobodyIsAskedByDefault() throws Exception {
      SSLContext known = KNOWN.shownTo(TlsFixture.certificate().certificate());
      try (TlsFixture server = TlsFixture.start(routes())) {
        assertEquals("[]", who(server, known, "TLSv1.3"));
      }
    }
  }

  @Nested
  class Reload {

    @Test
    void newConnectionsSeeTheNewCertificateAndOldOnesGoOn() throws Exception {
      TestCertificate old = TestCertificate.selfSigned("EC", "old.test", "localhost");
      TestCertificate fresh = TestCertificate.selfSigned("EC", "new.test", "localhost");
      SSLContext both = TestCertificate.trusting(old.certificate(), fresh.certificate());
      Path chain = old.chainFile(folder);
      Path key = old.keyFile(folder);
      try (TestServer server =
              TestServer.start(routes(), options -> options.tls(TlsConfig.pem(chain, key)));
          TlsClient before = TlsClient.connect(server.port(), both)) {
        assertEquals("Hello", before.ask("/hello", "localhost").body());

        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<Throwable> trouble = new AtomicReference<>();
        Thread crowd =
            Thread.startVirtualThread(
                () -> {
                  while (!stop.get()) {
                    try (TlsClient client = TlsClient.connect(server.port(), both)) {
                      assertEquals("Hello", client.ask("/hello", "localhost").body());
                    } catch (IOException | AssertionError e) {
                      trouble.set(e);
                    }
                  }
                });
        for (int i = 0; i < 20; i++) {
          TestCertificate next = i % 2 == 0 ? fresh : old;
          server.server().reloadTls(TlsFixture.config(next));
          try (TlsClient after = TlsClient.connect(server.port(), both)) {
            assertEquals(i % 2 == 0 ? "CN=new.test" : "CN=old.test", commonName(after));
          }
        }
        stop.set(true);
        crowd.join();
        assertEquals(null, trouble.get());
        assertEquals("Hello", before.ask("/hello", "localhost").body());
        assertEquals("CN=old.test", commonName(before));
      }
    }

    @Test
    void whatCannotBeUsedChangesNothing() throws Exception {
      try (TlsFixture server = TlsFixture.start(routes())) {
        Path nothing = folder.resolve("nothing");
        assertThrows(
            IllegalArgumentException.class,
            () -> server.server().server().reloadTls(TlsConfig.pem(nothing, nothing)));
        try (TlsClient client = server.connect()) {
          assertEquals("Hello", client.ask("/hello", "localhost").body());
        }
      }
    }

    @Test
    void aServerOfClearTextHasNothingToReload() throws Exception {
      try (TestServer server = TestServer.start(routes())) {
        assertThrows(
            IllegalStateException.class,
            () -> server.server().reloadTls(TlsConfig.selfSigned("localhost")));
      }
    }

    @Test
    void sessionsOfTheOldConfigurationAreNotResumed() throws Exception {
      TestCertificate authority = TestCertificate.authority("An authority");
      Path file = authority.chainFile(folder);
      TestCertificate somebody = authority.issue("EC", "somebody");
      SSLContext client = somebody.shownTo(TlsFixture.certificate().certificate());
      try (TlsFixture server =
          TlsFixture.start(routes(), o -> {}, tls -> tls.requireClientCertificate(file))) {
        try (TlsClient first = TlsClient.connect(server.port(), client)) {
          assertEquals(200, first.ask("/who", "localhost").status());
        }
        Path others = TestCertificate.authority("Another").chainFile(folder);
        server
            .server()
            .server()
            .reloadTls(
                TlsFixture.config(TlsFixture.certificate()).requireClientCertificate(others));
        assertThrows(
            IOException.class,
            () -> {
              try (TlsClient second = TlsClient.connect(server.port(), client)) {
                second.ask("/who", "localhost");
              }
            });
      }
    }
  }

  /** RFC 9110 §15.5.20. */
  @Nested
  class Misdirected {

    private static final TestCertificate OWN =
        TestCertificate.selfSigned("EC", "a.test", "*.wild.test", "127.0.0.1", "::1");

    private static TestServer server;
    private static SSLContext context;

    @BeforeAll
    static void start() throws Exception {
      context = TestCertificate.trusting(OWN.certificate());
      server = TestServer.start(routes(), options -> options.tls(TlsFixture.config(OWN)));
    }

    @AfterAll
    static void stop() {
      server.close();
    }

    private static int status(int port, String name, String host) throws IOException {
      try (TlsClient client = TlsClient.connect(port, context, name, p -> {})) {
        return client.ask("/hello", host).status();
      }
    }

    @ParameterizedTest
    @CsvSource({
      "a.test, a.test, 200",
      "a.test, A.TEST:8443, 200",
      "a.test, x.wild.test, 200",
      "a.test, X.Wild.Test:1, 200",
      "a.test, 127.0.0.1:8443, 200",
      "a.test, [::1]:8443, 200",
      "a.test, x.y.wild.test, 421",
      "a.test, wild.test, 421",
      "a.test, b.test, 421",
      "a.test, a.test.evil.test, 421",
      "a.test, 127.0.0.2, 421",
      "a.test, [::2], 421",
      "x.wild.test, a.test, 200",
      "nobody.test, nobody.test, 200",
      "nobody.test, somebody.test, 421",
      "'', b.test, 200"
    })
    @DisplayName("L05 a request for a host for which the certificate is not gets a 421")
    void byCertificate(String name, String host, int status) throws Exception {
      assertEquals(status, status(server.port(), name, host));
      // A session that is resumed has to know its certificate as well.
      assertEquals(status, status(server.port(), name, host));
    }

    @Test
    @DisplayName("L05 a server for any host answers everything")
    void anyHost() throws Exception {
      try (TestServer any =
          TestServer.start(routes(), options -> options.tls(TlsFixture.config(OWN).anyHost()))) {
        assertEquals(200, status(any.port(), "a.test", "b.test"));
      }
    }
  }
}
