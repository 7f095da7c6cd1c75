package io.roadrunner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.testkit.ClientHello;
import io.roadrunner.server.testkit.EngineClient;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.TlsClient;
import io.roadrunner.server.testkit.TlsFixture;
import io.roadrunner.server.tls.TestCertificate;
import java.io.IOException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a handshake agrees upon, and what it refuses. */
class TlsHandshakeTest {

  private static final int HANDSHAKE_FAILURE = 40;
  private static final int PROTOCOL_VERSION = 70;

  private static TlsFixture server;

  @BeforeAll
  static void start() throws Exception {
    server =
        TlsFixture.start(
            Routes.builder()
                .get("/hello", request -> Response.text("Hello"))
                .get("/tls", request -> Response.text(request.tls().orElseThrow().toString())));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void stillServes() throws IOException {
    try (TlsClient next = server.connect()) {
      assertEquals("Hello", next.ask("/hello", "localhost").body());
    }
  }

  @Nested
  class Versions {

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bothVersionsTellTheHandler(String version) throws Exception {
      try (TlsClient tls = server.connect(version)) {
        String info = tls.ask("/tls", "localhost").body();
        assertTrue(info.contains("protocol=" + version), info);
        assertTrue(
            info.contains("cipherSuite=" + tls.socket().getSession().getCipherSuite()), info);
        assertTrue(info.contains("serverName=Optional[localhost]"), info);
        assertTrue(info.contains("clientCertificates=[]"), info);
      }
    }

    @ParameterizedTest
    @CsvSource({"0300, SSL 3.0", "0301, TLS 1.0", "0302, TLS 1.1"})
    @DisplayName("L01 versions before TLS 1.2 are refused")
    void oldVersions(String version, String name) throws Exception {
      byte[] hello = ClientHello.of(Integer.parseInt(version, 16), 0xc02b, 0xc02f, 0x009c);
      try (EngineClient client = server.connectSilently()) {
        assertEquals(PROTOCOL_VERSION, client.send(hello).alertUntilEnd(), name);
      }
      stillServes();
    }

    @Test
    @DisplayName("L01 a hello in the form of SSL 2.0 is refused")
    void ssl2() throws Exception {
      byte[] hello = new byte[2 + 46];
      hello[0] = (byte) 0x80;
      hello[1] = 46;
      hello[2] = 1;
      hello[3] = 0;
      hello[4] = 2;
      try (EngineClient client = server.connectSilently()) {
        client.send(hello).alertUntilEnd();
      }
      stillServes();
    }
  }

  @Nested
  class Suites {

    @ParameterizedTest
    @CsvSource({
      "c009, ECDHE with CBC and SHA-1",
      "c023, ECDHE with CBC and SHA-256",
      "c007, RC4",
      "0003, export",
      "0000, no encryption",
      "000a, triple DES",
      "009c, GCM without an ephemeral key",
      "009e, finite fields"
    })
    @DisplayName(
        "L01 suites that HTTP/2 bans, and others without AEAD, are refused with or without h2")
    void badSuites(String suite, String name) throws Exception {
      int number = Integer.parseInt(suite, 16);
      for (byte[] hello :
          new byte[][] {
            ClientHello.of(0x0303, number), ClientHello.offering("h2", 0x0303, number)
          }) {
        try (EngineClient client = server.connectSilently()) {
          assertEquals(HANDSHAKE_FAILURE, client.send(hello).alertUntilEnd(), name);
        }
      }
    }

    @Test
    void theSameHelloWithAGoodSuiteIsAnswered() throws Exception {
      try (EngineClient client = server.connectSilently()) {
        byte[] answer = client.send(ClientHello.offering("h2", 0x0303, 0xc02b)).record();
        assertEquals(22, answer[0]);
      }
    }

    @Test
    void anEcAndAnRsaKeyForTheSameNameServeBothKindsOfClients() throws Exception {
      TestCertificate ec = TestCertificate.selfSigned("EC", "localhost");
      TestCertificate rsa = TestCertificate.selfSigned("RSA", "localhost");
      SSLContext both = TestCertificate.trusting(ec.certificate(), rsa.certificate());
      try (TestServer two =
          TestServer.start(
              Routes.builder().get("/", request -> Response.text("Hello")),
              options -> options.tls(TlsFixture.config(ec).and(TlsFixture.config(rsa))))) {
        for (String kind : new String[] {"ECDSA", "RSA"}) {
          String suite = "TLS_ECDHE_" + kind + "_WITH_AES_128_GCM_SHA256";
          try (TlsClient client =
              TlsClient.connect(
                  two.port(),
                  both,
                  "localhost",
                  p -> {
                    p.setProtocols(new String[] {"TLSv1.2"});
                    p.setCipherSuites(new String[] {suite});
                  })) {
            assertEquals("Hello", client.ask("/", "localhost").body());
            assertEquals(suite, client.socket().getSession().getCipherSuite());
          }
        }
      }
    }

    @Test
    void ed25519KeysWork() throws Exception {
      TestCertificate own = TestCertificate.selfSigned("Ed25519", "localhost");
      try (TestServer one =
              TestServer.start(
                  Routes.builder().get("/", request -> Response.text("Hello")),
                  options -> options.tls(TlsFixture.config(own)));
          TlsClient client =
              TlsClient.connect(one.port(), TestCertificate.trusting(own.certificate()))) {
        assertEquals("Hello", client.ask("/", "localhost").body());
      }
    }
  }

  @Nested
  class Renegotiation {

    @Test
    @DisplayName("L01 a client that wants to renegotiate TLS 1.2 is turned away")
    void refused() throws Exception {
      try (TlsClient client = server.connect("TLSv1.2")) {
        assertEquals("Hello", client.ask("/hello", "localhost").body());
        assertThrows(
            IOException.class,
            () -> {
              client.socket().startHandshake();
              client.ask("/hello", "localhost");
            });
      }
      stillServes();
    }

    @Test
    void newKeysInTls13AreNoRenegotiation() throws Exception {
      try (TlsClient client = server.connect("TLSv1.3")) {
        for (int i = 0; i < 10; i++) {
          client.socket().startHandshake();
          assertEquals("Hello", client.ask("/hello", "localhost").body());
        }
      }
    }
  }

  /** RFC 7301. */
  @Nested
  class ApplicationProtocols {

    @ParameterizedTest
    @CsvSource({
      "'h2 http/1.1', h2",
      "'http/1.1 h2', h2",
      "'x http/1.1', http/1.1",
      "http/1.1, http/1.1",
      "h2, h2"
    })
    void theServerPrefersHttp2(String offered, String chosen) throws Exception {
      assertEquals(chosen, chosenBy(server.port(), offered.split(" ")));
    }

    @Test
    void whoOffersNothingGetsHttp11() throws Exception {
      try (TlsClient client = server.connect()) {
        assertEquals("", client.socket().getApplicationProtocol());
        assertEquals("Hello", client.ask("/hello", "localhost").body());
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "spdy/3 http/1.0", "H2 HTTP/1.1"})
    void nothingInCommonIsAnAlert(String offered) {
      SSLException e =
          assertThrows(SSLException.class, () -> chosenBy(server.port(), offered.split(" ")));
      assertTrue(String.valueOf(e.getMessage()).contains("no_application_protocol"), e.toString());
    }

    @ParameterizedTest
    @CsvSource({"HTTP_1_1, http/1.1, h2", "HTTP_2, h2, http/1.1"})
    void aServerOfOneProtocolOffersThatOnly(HttpVersion version, String good, String bad)
        throws Exception {
      try (TlsFixture one =
          TlsFixture.start(
              Routes.builder().get("/", request -> Response.text("Hello")),
              options -> options.protocols(version),
              tls -> tls)) {
        assertEquals(good, chosenBy(one.port(), bad, good));
        SSLException e = assertThrows(SSLException.class, () -> chosenBy(one.port(), bad));
        assertTrue(
            String.valueOf(e.getMessage()).contains("no_application_protocol"), e.toString());
      }
    }

    private static String chosenBy(int port, String... offered) throws IOException {
      try (TlsClient client =
          TlsClient.connect(
              port, server.context(), "localhost", p -> p.setApplicationProtocols(offered))) {
        return client.socket().getApplicationProtocol();
      }
    }
  }

  /** RFC 6066 §3. */
  @Nested
  class ServerNames {

    private static TestServer several;
    private static SSLContext trusting;

    @BeforeAll
    static void start() throws Exception {
      TestCertificate first = TestCertificate.selfSigned("EC", "first.test");
      TestCertificate wild = TestCertificate.selfSigned("EC", "*.wild.test");
      TestCertificate exact = TestCertificate.selfSigned("EC", "exact.wild.test", "also.test");
      trusting =
          TestCertificate.trusting(first.certificate(), wild.certificate(), exact.certificate());
      several =
          TestServer.start(
              Routes.builder().get("/", request -> Response.text("Hello")),
              options ->
                  options.tls(
                      TlsFixture.config(first)
                          .and(TlsFixture.config(wild))
                          .and(TlsFixture.config(exact))));
    }

    @AfterAll
    static void stop() {
      several.close();
    }

    @ParameterizedTest
    @CsvSource({
      "first.test, first.test",
      "x.wild.test, *.wild.test",
      "X.Wild.TEST, *.wild.test",
      "exact.wild.test, exact.wild.test",
      "EXACT.wild.test, exact.wild.test",
      "also.test, exact.wild.test",
      "x.y.wild.test, first.test",
      "wild.test, first.test",
      "nobody.test, first.test",
      "'', first.test"
    })
    void theCertificateIsChosenByName(String asked, String shown) throws Exception {
      for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
        try (TlsClient client =
            TlsClient.connect(
                several.port(), trusting, asked, p -> p.setProtocols(new String[] {version}))) {
          X509Certificate own =
              (X509Certificate) client.socket().getSession().getPeerCertificates()[0];
          assertEquals("CN=" + shown, own.getSubjectX500Principal().getName());
        }
      }
    }
  }
}
