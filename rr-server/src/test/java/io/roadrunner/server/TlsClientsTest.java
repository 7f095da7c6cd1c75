package io.roadrunner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.roadrunner.server.testkit.TlsFixture;
import io.roadrunner.server.testkit.Wait;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that others have written. */
class TlsClientsTest {

  private static final byte[] BIG = new byte[1 << 20];

  private static @TempDir Path folder;
  private static TlsFixture server;

  @BeforeAll
  static void start() throws Exception {
    server =
        TlsFixture.start(
            Routes.builder()
                .get("/hello", request -> Response.text("Hello"))
                .get("/scheme", request -> Response.text(request.scheme()))
                .post("/echo", request -> Response.bytes("a/b", request.body().bytes())));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static URI uri(String path) {
    return URI.create("https://localhost:" + server.port() + path);
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void theClientOfTheJdkSpeaksBothVersions(HttpClient.Version version) throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder().version(version).sslContext(server.context()).build()) {
      List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        HttpRequest request = HttpRequest.newBuilder(uri("/scheme")).build();
        all.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
      }
      for (CompletableFuture<HttpResponse<String>> one : all) {
        assertEquals(version, one.get().version());
        assertEquals("https", one.get().body());
      }
      HttpRequest echo =
          HttpRequest.newBuilder(uri("/echo"))
              .POST(HttpRequest.BodyPublishers.ofByteArray(BIG))
              .build();
      byte[] answer = client.send(echo, HttpResponse.BodyHandlers.ofByteArray()).body();
      assertEquals(BIG.length, answer.length);
    }
  }

  private record Result(int exitCode, String output) {}

  /** Runs a program that gets a line, if there is one, and then no end of its input. */
  private static Result run(String line, ProcessBuilder program) throws Exception {
    Path out = Files.createTempFile(folder, "out", "");
    Process process;
    try {
      process = program.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    } catch (IOException e) {
      assumeTrue(false, program.command().getFirst() + " is not installed: not tried");
      throw e;
    }
    try (Writer to = process.outputWriter()) {
      if (!line.isEmpty()) {
        to.write(line);
        to.flush();
      }
      if (!process.waitFor(3 * Wait.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("it did not end: " + Files.readString(out));
      }
    }
    return new Result(process.exitValue(), Files.readString(out, StandardCharsets.ISO_8859_1));
  }

  private static Result curl(String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("curl", "-k", "-s", "-S"));
    command.addAll(List.of(options));
    return run("", new ProcessBuilder(command));
  }

  @ParameterizedTest
  @CsvSource({
    "--http2, https 2",
    "--http1.1, https 1.1",
    "--no-alpn, https 1.1",
    "--tlsv1.3, https 2"
  })
  void curlSpeaksWhatItIsToldTo(String option, String version) throws Exception {
    Result result = curl(option, "-w", " %{http_version}", uri("/scheme").toString());
    assertEquals(version, result.output());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--http2", "--http1.1"})
  void curlSpeaksTls12(String option) throws Exception {
    Result result = curl(option, "--tls-max", "1.2", uri("/hello").toString());
    assertEquals("Hello", result.output());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--http2", "--http1.1"})
  void curlSendsMuch(String option) throws Exception {
    Path file = Files.write(folder.resolve("big"), BIG);
    Result result =
        curl(
            option,
            "--data-binary",
            "@" + file,
            "-o",
            folder.resolve("echoed").toString(),
            "-w",
            "%{http_code}",
            uri("/echo").toString());
    assertEquals("200", result.output());
    assertEquals(-1, Files.mismatch(file, folder.resolve("echoed")));
  }

  @ParameterizedTest
  @CsvSource({"--http2, localhost, 200", "--http2, other.test, 421", "--http1.1, other.test, 421"})
  @DisplayName("L05 a host for which the certificate is not gets a 421 on both versions of HTTP")
  void misdirected(String option, String host, String status) throws Exception {
    Result result =
        curl(
            option,
            "-H",
            "Host: " + host,
            "-o",
            folder.resolve("answer").toString(),
            "-w",
            "%{http_code}",
            uri("/hello").toString());
    assertEquals(status, result.output());
  }

  private static ProcessBuilder openssl(String... options) {
    List<String> command =
        new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + server.port()));
    command.addAll(List.of(options));
    return new ProcessBuilder(command);
  }

  @Test
  @DisplayName("L01 OpenSSL may not renegotiate TLS 1.2")
  void renegotiation() throws Exception {
    // s_client takes a line with R for the wish to renegotiate, and ends only with its connection.
    Result result = run("R\n", openssl("-tls1_2"));
    assertTrue(result.output().contains("RENEGOTIATING"), result.output());
  }

  @ParameterizedTest
  @ValueSource(strings = {"AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA256", "AES256-SHA"})
  @DisplayName("L01 OpenSSL gets none of the suites that HTTP/2 bans")
  void suites(String suite) throws Exception {
    Result result = run("", openssl("-tls1_2", "-alpn", "h2", "-cipher", suite + ":@SECLEVEL=0"));
    assertTrue(result.exitCode() != 0, result.output());
    assertTrue(result.output().contains("handshake failure"), result.output());
  }

  @Test
  @DisplayName("L04 OpenSSL may ask for new keys, and ends with close_notify")
  void newKeys() throws Exception {
    // A line with K asks both sides for new keys (RFC 8446 §4.6.3); the end of the input ends it.
    Path input = Files.writeString(folder.resolve("input"), "K\n");
    Result result = run("", openssl("-tls1_3").redirectInput(input.toFile()));
    assertTrue(result.output().contains("KEYUPDATE"), result.output());
    assertEquals(0, result.exitCode(), result.output());
  }
}
