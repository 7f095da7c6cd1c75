package io.roadrunner.server.http1;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.testkit.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that others have written: the JDK's and curl. */
class RealClientsTest {

  private static final byte[] LARGE = new byte[3_000_000];
  private static @TempDir Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    for (int i = 0; i < LARGE.length; i++) {
      LARGE[i] = (byte) (i * 7);
    }
    Path file = Files.write(folder.resolve("large"), LARGE);
    server =
        TestServer.start(
            Routes.builder()
                .get("/hello", request -> Response.text("Hello"))
                .add(Route.get("/inline", request -> Response.text("Inline")).inline())
                .post("/echo", request -> Response.bytes("a/b", request.body().bytes()))
                .get("/file", request -> Response.file("a/b", file, 0, LARGE.length))
                .get("/stream", r -> Response.stream("a/b", out -> out.write(LARGE)))
                .get("/moved", request -> Response.redirect("/hello"))
                .add(
                    Route.post("/small", r -> Response.text("" + r.body().length()))
                        .maxBodyBytes(9)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(10));
  }

  @Test
  @DisplayName("The JDK's client: all methods and bodies, in turn and at once")
  void jdkClient() throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      HttpResponse.BodyHandler<byte[]> bytes = BodyHandlers.ofByteArray();
      for (String path : List.of("/file", "/stream")) {
        assertArrayEquals(LARGE, client.send(request(path).build(), bytes).body());
      }
      HttpRequest length = request("/echo").POST(BodyPublishers.ofByteArray(LARGE)).build();
      assertArrayEquals(LARGE, client.send(length, bytes).body());
      HttpRequest chunked =
          request("/echo")
              .expectContinue(true)
              .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(LARGE)))
              .build();
      assertArrayEquals(LARGE, client.send(chunked, bytes).body());
      HttpResponse.BodyHandler<String> text = BodyHandlers.ofString();
      assertEquals("Hello", client.send(request("/moved").build(), text).body());
      HttpResponse<String> head = client.send(request("/hello").HEAD().build(), text);
      assertEquals("5", head.headers().firstValue("content-length").orElse(""));
      assertEquals(405, client.send(request("/hello").DELETE().build(), text).statusCode());
      HttpRequest tooLarge = request("/small").POST(BodyPublishers.ofString("0123456789")).build();
      assertEquals(413, client.send(tooLarge, text).statusCode());
    }
  }

  @Test
  @DisplayName("F20: the JDK's client offers h2c by default, and is answered in HTTP/1.1")
  void jdkClientThatOffersHttp2() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String path = i % 2 == 0 ? "/hello" : "/inline";
        answers.add(client.sendAsync(request(path).build(), BodyHandlers.ofString()));
      }
      for (int i = 0; i < 200; i++) {
        HttpResponse<String> answer = answers.get(i).get(10, TimeUnit.SECONDS);
        assertEquals(i % 2 == 0 ? "Hello" : "Inline", answer.body());
        assertEquals(HttpClient.Version.HTTP_1_1, answer.version());
      }
    }
  }

  private static byte[] curl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", "10"));
    command.addAll(List.of(arguments));
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, "curl is not installed");
      throw e;
    }
    byte[] output = process.getInputStream().readAllBytes();
    assertEquals(0, process.waitFor(), () -> new String(output, StandardCharsets.UTF_8));
    return output;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName("curl: get, several on one connection, upload with 100-continue, chunks, HTTP/1.0")
  void curl() throws Exception {
    String url = "http://127.0.0.1:" + server.port();
    assertEquals("HelloInline", text(curl(url + "/hello", url + "/inline")));
    assertArrayEquals(LARGE, curl(url + "/file"));
    assertArrayEquals(LARGE, curl(url + "/stream"));
    String upload = "@" + folder.resolve("large");
    assertArrayEquals(
        LARGE, curl("-H", "Expect: 100-continue", "--data-binary", upload, url + "/echo"));
    assertArrayEquals(
        LARGE, curl("-H", "Transfer-Encoding: chunked", "--data-binary", upload, url + "/echo"));
    assertEquals("Hello", text(curl("--http1.0", url + "/hello")));
    assertArrayEquals(LARGE, curl("--http1.0", url + "/stream"));
    String head = text(curl("-I", url + "/hello"));
    assertTrue(head.startsWith("HTTP/1.1 200 OK\r\n"), head);
    String[] refused = {"-w", "%{http_code}", "--data-binary", upload, url + "/small"};
    assertTrue(text(curl(refused)).endsWith("413"));
  }
}
