package io.roadrunner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.TlsClient;
import io.roadrunner.server.tls.TestCertificate;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsServingTest {

  private static @TempDir Path folder;
  private static TestServer server;
  private static SSLContext client;

  @BeforeAll
  static void start() throws Exception {
    TestCertificate own = TestCertificate.selfSigned("EC", "localhost", "127.0.0.1");
    client = TestCertificate.trusting(own.certificate());
    server =
        TestServer.start(
            Routes.builder()
                .get("/hello", request -> Response.text("Hello"))
                .add(Route.get("/inline", request -> Response.text("Inline")).inline())
                .post("/echo", request -> Response.bytes("a/b", request.body().bytes())),
            options ->
                options
                    .protocols(HttpVersion.HTTP_1_1)
                    .tls(
                        TlsConfig.pem(
                            path(() -> own.chainFile(folder)), path(() -> own.keyFile(folder)))));
  }

  private interface Making {
    Path make() throws Exception;
  }

  private static Path path(Making making) {
    try {
      return making.make();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void bothVersionsAreSpoken(String version) throws Exception {
    try (TlsClient tls =
        TlsClient.connect(
            server.port(), client, "localhost", p -> p.setProtocols(new String[] {version}))) {
      assertEquals("Hello", tls.ask("/hello", "localhost").body());
      assertEquals("Inline", tls.ask("/inline", "localhost").body());
      assertEquals(version, tls.socket().getSession().getProtocol());
      assertTrue(tls.socket().getSession().getCipherSuite().contains("GCM"));
    }
  }
}
