package io.roadrunner.server.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.Headers;
import io.roadrunner.server.Response;
import io.roadrunner.server.ResponseStream;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.testkit.Answer;
import io.roadrunner.server.testkit.CapturedLog;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.TestServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses of every kind, on virtual threads and from the loop: framing, content, connection. */
class ResponseTest {

  private static final String BIG = "0123456789abcdef".repeat(10_000);
  private static @TempDir Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), BIG);
    Routes.Builder routes =
        Routes.builder()
            .get("/close", request -> Response.text("bye").with("connection", "close"))
            .get("/date", request -> Response.text("x").with("date", "yesterday"))
            .get("/redirect", request -> Response.redirect("/elsewhere"))
            .get("/moved", request -> Response.redirect(308, "/elsewhere"))
            .get("/missing", r -> Response.file("a/b", folder.resolve("none"), 0, 1))
            .get("/short", r -> Response.file("a/b", file, BIG.length() - 5, 6));
    both(routes, "/text", Response.text("h\u00e9llo"));
    both(routes, "/html", Response.html("<p>"));
    both(routes, "/json", Response.json("{}"));
    both(routes, "/json/bytes", Response.json(new byte[] {'[', ']'}));
    both(routes, "/empty", Response.empty(200));
    both(routes, "/204", Response.noContent());
    both(routes, "/big", Response.text(BIG));
    both(routes, "/medium", Response.text(BIG.substring(0, 20_000)));
    both(routes, "/file", Response.file("a/b", file, 0, BIG.length()));
    both(routes, "/part", Response.file("a/b", file, 16, 32));
    both(routes, "/chunked", Response.stream("a/b", out -> out.write("abc")));
    both(routes, "/nothing", Response.stream("a/b", out -> {}));
    both(routes, "/length", Response.stream("a/b", 3, out -> out.write("abc")));
    both(
        routes,
        "/trailers",
        Response.stream(
            "a/b",
            out -> {
              out.write("abc");
              out.flush();
              out.write("def".getBytes(StandardCharsets.US_ASCII));
              out.trailers(Headers.of("x-sum", "42"));
            }));
    both(routes, "/mixed", Response.stream("a/b", ResponseTest::writeInManyWays));
    server = TestServer.start(routes);
  }

  private static void writeInManyWays(ResponseStream out) throws IOException {
    try (var stream = out.asOutputStream()) {
      stream.write('0');
      stream.write(BIG.getBytes(StandardCharsets.US_ASCII), 1, 14);
      stream.flush();
    }
    out.write(BIG.substring(15, 9_000));
    out.write(ByteBuffer.wrap(BIG.substring(9_000, 9_010).getBytes(StandardCharsets.US_ASCII)));
    out.write(BIG.substring(9_010));
  }

  private static void both(Routes.Builder routes, String path, Response response) {
    routes.get(path, request -> response);
    routes.add(Route.get("/inline" + path, request -> response).inline());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  private static void check(Answer answer, String type, String body) {
    assertEquals(200, answer.status());
    assertEquals(type, answer.header("content-type"));
    assertEquals(body, answer.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/inline"})
  @DisplayName("Every kind of response arrives whole, and the connection goes on behind it")
  void everyKindArrivesWhole(String prefix) throws Exception {
    try (RawClient client = server.connect()) {
      for (int round = 0; round < 2; round++) {
        check(ask(client, prefix + "/text"), "text/plain; charset=utf-8", "h\u00e9llo");
        check(ask(client, prefix + "/html"), "text/html; charset=utf-8", "<p>");
        check(ask(client, prefix + "/json"), "application/json", "{}");
        check(ask(client, prefix + "/json/bytes"), "application/json", "[]");
        check(ask(client, prefix + "/empty"), "", "");
        check(ask(client, prefix + "/big"), "text/plain; charset=utf-8", BIG);
        check(
            ask(client, prefix + "/medium"), "text/plain; charset=utf-8", BIG.substring(0, 20_000));
        check(ask(client, prefix + "/file"), "a/b", BIG);
        check(ask(client, prefix + "/part"), "a/b", BIG.substring(0, 32));
        check(ask(client, prefix + "/chunked"), "a/b", "abc");
        check(ask(client, prefix + "/nothing"), "a/b", "");
        check(ask(client, prefix + "/length"), "a/b", "abc");
        check(ask(client, prefix + "/mixed"), "a/b", BIG);
        assertEquals("42", ask(client, prefix + "/trailers").trailers().first("x-sum").orElse(""));
        assertEquals(204, ask(client, prefix + "/204").status());
      }
    }
  }

  private static Answer ask(RawClient client, String path) throws IOException {
    return client.send(get(path)).answer();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/inline"})
  @DisplayName("The body chooses the framing: exact length, chunks, or neither")
  void bodyChoosesFraming(String prefix) throws Exception {
    try (RawClient client = server.connect()) {
      for (String path : List.of("/text", "/empty", "/big", "/file", "/length")) {
        Answer answer = ask(client, prefix + path);
        assertEquals("" + answer.body().length(), answer.header("content-length"));
        assertFalse(answer.fields().contains("transfer-encoding"));
      }
      Answer chunked = ask(client, prefix + "/chunked");
      assertEquals("chunked", chunked.header("transfer-encoding"));
      assertFalse(chunked.fields().contains("content-length"));
      Answer none = ask(client, prefix + "/204");
      assertFalse(none.fields().contains("content-length"));
      assertFalse(none.fields().contains("transfer-encoding"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/inline"})
  @DisplayName("F18: HEAD gets the head that GET gets, and no content")
  void headGetsNoContent(String prefix) throws Exception {
    List<String> paths =
        List.of("/text", "/empty", "/204", "/big", "/file", "/chunked", "/length", "/mixed");
    try (RawClient client = server.connect()) {
      for (String path : paths) {
        Answer get = ask(client, prefix + path);
        client.send(get(prefix + path).replace("GET", "HEAD"));
        Answer head = client.answer("HEAD");
        assertEquals(get.status(), head.status());
        assertEquals("", head.body());
        for (String name : List.of("content-length", "transfer-encoding", "content-type")) {
          assertEquals(get.header(name), head.header(name), path + " " + name);
        }
      }
    }
  }

  @Test
  @DisplayName("Redirects carry their status and place, and no content")
  void redirects() throws Exception {
    Answer found = server.ask(get("/redirect"));
    assertEquals(302, found.status());
    assertEquals("/elsewhere", found.header("location"));
    assertEquals("0", found.header("content-length"));
    assertEquals(308, server.ask(get("/moved")).status());
  }

  @Test
  @DisplayName("A handler can end the connection, a client too, and each response has one date")
  void connectionAndDate() throws Exception {
    try (RawClient client = server.connect()) {
      List<Answer> answers = client.send(get("/close") + get("/text")).answersUntilEnd();
      assertEquals(List.of("bye"), answers.stream().map(Answer::body).toList());
      assertEquals(List.of("close"), answers.getFirst().fields().all("connection"));
      assertEquals(1, answers.getFirst().fields().all("date").size());
    }
    for (String path : List.of("/text", "/inline/text", "/chunked", "/inline/file")) {
      try (RawClient client = server.connect()) {
        client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" + get("/"));
        List<Answer> answers = client.answersUntilEnd();
        assertEquals(1, answers.size());
        assertTrue(answers.getFirst().closes());
      }
    }
    assertEquals(List.of("yesterday"), server.ask(get("/date")).fields().all("date"));
  }

  @Test
  @DisplayName("A file that is missing or too short is a 500, and the connection goes on")
  void missingFileIsServerError() throws Exception {
    try (CapturedLog log = CapturedLog.begin();
        RawClient client = server.connect()) {
      assertEquals(500, ask(client, "/missing").status());
      assertEquals(500, ask(client, "/short").status());
      assertEquals(200, ask(client, "/text").status());
      assertEquals(2, log.lines().size());
    }
  }

  @Test
  @DisplayName("20 MB of file or bytes reach a client that reads slowly, in order")
  void twentyMegabytesReachSlowReader() throws Exception {
    byte[] content = new byte[20 << 20];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) ('a' + (i + (i >> 13)) % 26);
    }
    Path file = Files.write(folder.resolve("large"), content);
    String expected = new String(content, StandardCharsets.US_ASCII);
    Routes.Builder routes =
        Routes.builder()
            .get("/file", request -> Response.file("a/b", file, 0, content.length))
            .get("/bytes", request -> Response.bytes("a/b", content))
            .get("/stream", request -> Response.stream("a/b", out -> out.write(content)));
    try (TestServer other = TestServer.start(routes)) {
      for (String path : List.of("/file", "/bytes", "/stream")) {
        try (RawClient client = RawClient.connectSlowReader(other.server().address())) {
          client.send(get(path) + get(path).replace("GET", "HEAD"));
          assertTrue(expected.equals(client.answer().body()), path);
          assertEquals(200, client.answer("HEAD").status());
        }
      }
    }
  }
}
