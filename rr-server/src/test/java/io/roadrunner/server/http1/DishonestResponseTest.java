package io.roadrunner.server.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.Handler;
import io.roadrunner.server.Headers;
import io.roadrunner.server.Response;
import io.roadrunner.server.ResponseBody;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.testkit.Answer;
import io.roadrunner.server.testkit.CapturedLog;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers whose response contradicts itself: no peer may be led to see other messages in it. */
class DishonestResponseTest {

  private static final String LARGE = "x".repeat(100_000);

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  /** Headers that nobody has checked. */
  private record Unchecked(String name, String value) implements Headers {
    @Override
    public int size() {
      return 1;
    }

    @Override
    public String name(int index) {
      return name;
    }

    @Override
    public String value(int index) {
      return value;
    }
  }

  private static void refused(Response response) throws Exception {
    refused(request -> response);
  }

  private static void refused(Handler handler) throws Exception {
    Routes.Builder routes =
        Routes.builder()
            .get("/", handler)
            .add(Route.get("/inline", handler).inline())
            .add(Route.get("/good", request -> Response.text("good")).inline());
    try (CapturedLog log = CapturedLog.begin();
        TestServer server = TestServer.start(routes, builder -> builder.eventLoops(1))) {
      for (String path : List.of("/", "/inline")) {
        try (RawClient client = server.connect()) {
          client.send(get("/good") + get(path) + get("/good"));
          assertEquals("good", client.answer().body());
          Answer answer = client.answer();
          assertEquals(500, answer.status());
          assertEquals("Internal Server Error\n", answer.body());
          assertEquals("good", client.answer().body());
        }
        // Nothing is left behind in what the connections of a loop share.
        assertEquals("good", server.ask(get("/good")).body());
      }
      assertEquals(2, log.lines().size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"4", "6", "05", "", "5, 5", "-5", "x"})
  @DisplayName("F18: a content-length that is not the body's is refused, nothing of it leaves")
  void wrongContentLengthIsRefused(String length) throws Exception {
    refused(Response.text("12345").with("content-length", length));
  }

  @Test
  @DisplayName("F18: a transfer-encoding of a handler is refused")
  void transferEncodingIsRefused() throws Exception {
    refused(Response.text("12345").with("Transfer-Encoding", "chunked"));
    refused(Response.stream("a/b", out -> {}).with("transfer-encoding", "gzip, chunked"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"b\r\nset-cookie: c", "b\0", "b\u0100"})
  @DisplayName("F18: headers that would split the response are refused, also unchecked ones")
  void splittingHeadersAreRefused(String value) throws Exception {
    refused(request -> Response.text("12345").headers(new Unchecked("a", value)));
    refused(request -> Response.text("12345").headers(new Unchecked("a\r\nb", "c")));
  }

  @Test
  @DisplayName("F18: the right content-length is not sent twice, connection is the server's")
  void rightContentLengthIsSentOnce() throws Exception {
    Response response =
        Response.text("12345")
            .with("Content-Length", "5")
            .with("Keep-Alive", "timeout=5")
            .with("Connection", "upgrade");
    Routes.Builder routes =
        Routes.builder()
            .get("/", request -> response)
            .add(Route.get("/inline", request -> response).inline());
    try (TestServer server = TestServer.start(routes)) {
      for (String path : List.of("/", "/inline")) {
        Answer answer = server.ask(get(path));
        assertEquals(List.of("5"), answer.fields().all("content-length"));
        assertFalse(answer.fields().contains("connection"));
        assertFalse(answer.fields().contains("keep-alive"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304, 205})
  @DisplayName("F18: no content with 204, 205 and 304, whatever the handler says")
  void noContentWhereNoneMayBe(int status) throws Exception {
    List<Response> responses =
        List.of(
            Response.text("12345").status(status),
            Response.stream("a/b", out -> out.write("12345")).status(status),
            Response.text("12345").status(status).with("content-length", "5"));
    for (Response response : responses) {
      Routes.Builder routes =
          Routes.builder()
              .get("/", request -> response)
              .add(Route.get("/inline", request -> response).inline())
              .get("/good", request -> Response.text("good"));
      try (TestServer server = TestServer.start(routes);
          RawClient client = server.connect()) {
        for (String path : List.of("/", "/inline")) {
          client.send(get(path) + get("/good"));
          Answer answer = client.answer();
          assertEquals(status, answer.status());
          assertEquals("", answer.body());
          assertEquals(status == 205 ? "0" : "", answer.header("content-length"));
          assertEquals("", answer.header("transfer-encoding"));
          assertEquals("good", client.answer().body());
        }
      }
    }
  }

  private static ResponseBody.StreamWriter writing(String text, boolean flush) {
    return out -> {
      out.write(text);
      if (flush) {
        out.flush();
      }
    };
  }

  @Test
  @DisplayName("F18: a stream of fewer bytes than announced is a 500, or is cut off once begun")
  void shortStreamIsCutOff() throws Exception {
    Routes.Builder routes =
        Routes.builder()
            .get("/whole", request -> Response.stream("a/b", 5, writing("123", false)))
            .get("/begun", request -> Response.stream("a/b", 5, writing("123", true)));
    try (CapturedLog log = CapturedLog.begin();
        TestServer server = TestServer.start(routes)) {
      assertEquals(500, server.ask(get("/whole")).status());
      try (RawClient client = server.connect()) {
        assertEquals("123", client.send(get("/begun") + get("/whole")).cutOffBody());
      }
      assertEquals(2, log.lines().size());
    }
  }

  @Test
  @DisplayName("F18: bytes beyond the announced length never leave")
  void excessNeverLeaves() throws Exception {
    Routes.Builder routes =
        Routes.builder()
            .get("/whole", request -> Response.stream("a/b", 5, writing("123456", false)))
            .get(
                "/begun",
                request ->
                    Response.stream(
                        "a/b",
                        5,
                        out -> {
                          out.write("123");
                          out.flush();
                          out.write("456");
                        }));
    try (CapturedLog log = CapturedLog.begin();
        TestServer server = TestServer.start(routes)) {
      assertEquals(500, server.ask(get("/whole")).status());
      try (RawClient client = server.connect()) {
        assertEquals("123", client.send(get("/begun")).cutOffBody());
      }
      assertEquals(2, log.lines().size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exception", "error", "stack", "trailers"})
  @DisplayName("E06 F18: a stream that fails is a 500 before its first byte, cut off behind it")
  void failingStream(String how) throws Exception {
    ResponseBody.StreamWriter failing =
        out -> {
          switch (how) {
            case "exception" -> throw new IllegalStateException("broken");
            case "error" -> throw new AssertionError("broken");
            case "stack" -> throw new StackOverflowError();
            default -> out.trailers(Headers.of("Content-Length", "5"));
          }
        };
    Routes.Builder routes =
        Routes.builder()
            .get("/whole", request -> Response.stream("a/b", failing))
            .get(
                "/begun",
                request ->
                    Response.stream(
                        "a/b",
                        out -> {
                          out.write(LARGE);
                          out.flush();
                          failing.write(out);
                        }))
            .get("/good", request -> Response.text("good"));
    try (CapturedLog log = CapturedLog.begin();
        TestServer server = TestServer.start(routes);
        RawClient client = server.connect()) {
      assertEquals(500, client.send(get("/whole")).answer().status());
      assertEquals("good", client.send(get("/good")).answer().body());
      assertEquals(LARGE, client.send(get("/begun") + get("/good")).cutOffBody());
      assertEquals(2, log.lines().size());
      assertTrue(log.lines().stream().allMatch(line -> line.contains("request ")));
      Wait.until("no handler runs", () -> server.server().info().runningHandlers() == 0);
    }
  }

  @Test
  @DisplayName("F18: a file that becomes shorter while it is sent is cut off")
  void shrinkingFileIsCutOff(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("file");
    Files.write(file, new byte[50 << 20]);
    Routes.Builder routes =
        Routes.builder().get("/", request -> Response.file("a/b", file, 0, 50 << 20));
    try (CapturedLog log = CapturedLog.begin();
        TestServer server = TestServer.start(routes);
        RawClient client = RawClient.connectSlowReader(server.server().address())) {
      client.send(get("/"));
      while (!client.hasSomething()) {
        Thread.onSpinWait();
      }
      Files.write(file, new byte[1000]);
      assertTrue(client.cutOffBody().length() < 50 << 20);
      assertEquals(0, log.lines().stream().filter(line -> line.contains("fault")).count());
    }
  }
}
