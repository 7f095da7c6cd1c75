package io.roadrunner.server.http2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.TlsConfig;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Tools;
import io.roadrunner.server.tls.TestCertificate;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of HTTP/2 that others have written: the JDK's, curl, nghttp, h2load. */
class Http2ClientsTest {

  private static final byte[] LARGE = new byte[1_000_000];

  private static @TempDir Path folder;
  private static TestServer clear;
  private static TestServer secure;
  private static SSLContext trust;
  private static Path chain;
  private static Path upload;

  @BeforeAll
  static void start() throws Exception {
    for (int i = 0; i < LARGE.length; i++) {
      LARGE[i] = (byte) (i * 7);
    }
    upload = Files.write(folder.resolve("upload"), LARGE);
    TestCertificate own = TestCertificate.selfSigned("EC", "localhost", "127.0.0.1");
    trust = TestCertificate.trusting(own.certificate());
    chain = own.chainFile(folder);
    TlsConfig tls = TlsConfig.pem(chain, own.keyFile(folder));
    clear = TestServer.start(routes());
    secure = TestServer.start(routes(), options -> options.tls(tls));
  }

  private static Routes.Builder routes() {
    return Routes.builder()
        .get("/hello", request -> Response.text(request.protocol()))
        .add(Route.get("/inline", request -> Response.text("inline")).inline())
        .get("/stream", request -> Response.stream("a/b", out -> out.write(LARGE)))
        .get("/file", request -> Response.file("a/b", upload, 0, LARGE.length))
        .post("/echo", request -> Response.bytes("a/b", request.body().bytes()));
  }

  @AfterAll
  static void stop() {
    clear.close();
    secure.close();
  }

  private static String url(TestServer server, String path) {
    return (server == secure ? "https" : "http") + "://localhost:" + server.port() + path;
  }

  @Nested
  class Jdk {
    @Test
    void overTls() throws Exception {
      try (HttpClient client = HttpClient.newBuilder().sslContext(trust).build()) {
        HttpResponse<String> hello = client.send(get("/hello"), BodyHandlers.ofString());
        assertEquals(HttpClient.Version.HTTP_2, hello.version());
        assertEquals("HTTP/2", hello.body());
        for (String path : List.of("/stream", "/file")) {
          assertArrayEquals(LARGE, client.send(get(path), BodyHandlers.ofByteArray()).body());
        }
        HttpRequest echo =
            HttpRequest.newBuilder(URI.create(url(secure, "/echo")))
                .POST(BodyPublishers.ofByteArray(LARGE))
                .build();
        assertArrayEquals(LARGE, client.send(echo, BodyHandlers.ofByteArray()).body());
      }
    }

    @Test
    void manyAtOnceOverTls() throws Exception {
      try (HttpClient client = HttpClient.newBuilder().sslContext(trust).build()) {
        client.send(get("/hello"), BodyHandlers.ofString());
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
          String path = i % 2 == 0 ? "/hello" : "/inline";
          answers.add(client.sendAsync(get(path), BodyHandlers.ofString()));
        }
        for (int i = 0; i < 90; i++) {
          String body = answers.get(i).get(10, TimeUnit.SECONDS).body();
          assertEquals(i % 2 == 0 ? "HTTP/2" : "inline", body);
        }
      }
    }

    private HttpRequest get(String path) {
      return HttpRequest.newBuilder(URI.create(url(secure, path)))
          .timeout(Duration.ofSeconds(10))
          .build();
    }
  }

  @Nested
  class Curl {
    private String curl(String... arguments) throws Exception {
      Tools.assumeInstalled("curl");
      List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", "20"));
      command.addAll(List.of("--cacert", chain.toString()));
      command.addAll(List.of("--write-out", "|%{http_version} %{http_code} %{size_download}"));
      command.addAll(List.of(arguments));
      Tools.Result result = Tools.run(command.toArray(String[]::new));
      assertEquals(0, result.exit(), result.output());
      return result.output();
    }

    @Test
    void alpn() throws Exception {
      assertEquals("HTTP/2|2 200 6", curl("--http2", url(secure, "/hello")));
      assertEquals("HTTP/1.1|1.1 200 8", curl("--http1.1", url(secure, "/hello")));
    }

    @Test
    void priorKnowledge() throws Exception {
      assertEquals("HTTP/2|2 200 6", curl("--http2-prior-knowledge", url(clear, "/hello")));
    }

    @Test
    void anUpgradeIsNotTakenUp() throws Exception {
      assertEquals("HTTP/1.1|1.1 200 8", curl("--http2", url(clear, "/hello")));
    }

    @Test
    void uploadsAndDownloads() throws Exception {
      for (TestServer server : List.of(clear, secure)) {
        String version = server == clear ? "--http2-prior-knowledge" : "--http2";
        Path got = folder.resolve("got");
        String[] echo = {
          version, "--data-binary", "@" + upload, "-o", got.toString(), url(server, "/echo")
        };
        assertEquals("|2 200 1000000", curl(echo));
        assertArrayEquals(LARGE, Files.readAllBytes(got));
        assertEquals("|2 200 1000000", curl(version, "-o", got.toString(), url(server, "/stream")));
        assertArrayEquals(LARGE, Files.readAllBytes(got));
      }
    }
  }

  @Nested
  class Nghttp2 {
    @Test
    void nghttp() throws Exception {
      Tools.assumeInstalled("nghttp");
      for (TestServer server : List.of(clear, secure)) {
        Tools.Result result =
            Tools.run(
                "nghttp",
                "--no-verify-peer",
                "--verbose",
                "--null-out",
                url(server, "/hello"),
                url(server, "/stream"),
                url(server, "/inline"));
        assertEquals(0, result.exit(), result.output());
        assertEquals(3, count(":status: 200", result.output()), result.output());
        assertEquals(0, count("RST_STREAM", result.output()), result.output());
      }
    }

    @Test
    void h2load() throws Exception {
      Tools.assumeInstalled("h2load");
      for (TestServer server : List.of(clear, secure)) {
        Tools.Result result =
            Tools.run(
                "h2load",
                "--requests=2000",
                "--clients=4",
                "--max-concurrent-streams=32",
                url(server, "/hello"),
                url(server, "/inline"));
        assertEquals(0, result.exit(), result.output());
        assertTrue(result.output().contains("status codes: 2000 2xx"), result.output());
        assertTrue(result.output().contains(" 0 failed, 0 errored, 0 timeout"), result.output());
      }
    }

    private static long count(String what, String output) {
      return Pattern.compile(Pattern.quote(what)).matcher(output).results().count();
    }
  }
}
