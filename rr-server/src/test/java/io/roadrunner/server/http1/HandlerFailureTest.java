package io.roadrunner.server.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.Request;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.testkit.Answer;
import io.roadrunner.server.testkit.CapturedLog;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers that throw, return nothing, or whose peer goes away. */
class HandlerFailureTest {

  private static final String SECRET = "password=hunter2";

  @SuppressWarnings("NullAway") // A handler that breaks its contract.
  private static Response fail(Request request) throws Exception {
    return switch (request.param("how")) {
      case "exception" -> throw new IOException(SECRET);
      case "runtime" -> throw new IllegalStateException(SECRET, new IOException(SECRET));
      case "error" -> throw new AssertionError(SECRET);
      case "oom" -> throw new OutOfMemoryError(SECRET);
      case "linkage" -> throw new NoClassDefFoundError(SECRET);
      case "stack" -> overflow(0);
      case "null" -> null;
      case "interrupted" -> throw new InterruptedException(SECRET);
      default -> {
        Thread.currentThread().interrupt();
        yield Response.text("interrupted itself");
      }
    };
  }

  @SuppressWarnings("InfiniteRecursion") // That is what it is for.
  private static Response overflow(int depth) {
    return overflow(depth + 1).status(depth % 300 + 200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"exception", "runtime", "error", "oom", "linkage", "stack", "null", "interrupted"})
  @DisplayName("E06: whatever a handler throws is a 500 without details, and all goes on")
  void whateverHandlerThrowsIs500(String how) throws Exception {
    Routes.Builder routes =
        Routes.builder()
            .get("/virtual/:how", HandlerFailureTest::fail)
            .add(Route.get("/inline/:how", HandlerFailureTest::fail).inline())
            .get("/id", request -> Response.text(request.requestId()));
    try (CapturedLog log = CapturedLog.begin();
        TestServer server = TestServer.start(routes);
        RawClient client = server.connect()) {
      for (String prefix : new String[] {"/virtual/", "/inline/"}) {
        client.send("GET " + prefix + how + " HTTP/1.1\r\nHost: x\r\n\r\n");
        Answer answer = client.answer();
        assertEquals(500, answer.status());
        assertEquals("Internal Server Error\n", answer.body());
        assertFalse(answer.closes());
      }
      client.send("GET /id HTTP/1.1\r\nHost: x\r\n\r\n");
      assertEquals(16, client.answer().body().length());
      assertEquals(2, log.count(Level.SEVERE));
      assertTrue(log.lines().getFirst().matches("(?s)SEVERE request [0-9a-f]{16} failed: GET .*"));
      Wait.until("no handler runs", () -> server.server().info().runningHandlers() == 0);
    }
  }

  @Test
  @DisplayName("E06: a handler that interrupts its own thread is answered like any other")
  void selfInterruptIsHarmless() throws Exception {
    Routes.Builder routes = Routes.builder().get("/:how", HandlerFailureTest::fail);
    try (TestServer server = TestServer.start(routes);
        RawClient client = server.connect()) {
      String request = "GET /self HTTP/1.1\r\nHost: x\r\n\r\n";
      client.send(request.repeat(3));
      for (int i = 0; i < 3; i++) {
        assertEquals("interrupted itself", client.answer().body());
      }
    }
  }

  @Test
  @DisplayName("E08: what a peer has sent stays within its log line")
  void logLineStaysOneLine() throws Exception {
    Routes.Builder routes =
        Routes.builder()
            .get(
                "/*path",
                request -> {
                  throw new IllegalStateException(
                      "bad \r\nSEVERE forged \u001b[31m\u2028" + request.header("a").orElse(""));
                });
    try (CapturedLog log = CapturedLog.begin();
        TestServer server = TestServer.start(routes)) {
      server.ask("GET /a%E2%80%A8b HTTP/1.1\r\nHost: x\r\nA: \u0085\u009b\r\n\r\n");
      String line = log.lines().getFirst();
      assertEquals(1, log.lines().size());
      assertTrue(line.chars().allMatch(c -> c >= 0x20 && c < 0x7f), line);
      assertTrue(line.contains("\\u000d\\u000aSEVERE forged"), line);
    }
  }

  @Test
  @DisplayName("C07: RST while the handler runs: it is told, interrupted, and all is freed")
  void resetCancelsHandler() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    AtomicReference<Object> seen = new AtomicReference<>();
    Routes.Builder routes =
        Routes.builder()
            .get(
                "/",
                request -> {
                  request.onDisconnect(
                      () -> {
                        throw new IllegalStateException("an action that fails");
                      });
                  request.onDisconnect(told::countDown);
                  seen.set(request.connected());
                  running.countDown();
                  try {
                    TimeUnit.SECONDS.sleep(60);
                  } catch (InterruptedException e) {
                    seen.set(seen.get() + " " + request.connected());
                    request.onDisconnect(ended::countDown);
                  }
                  return Response.text("nobody reads this");
                });
    try (CapturedLog log = CapturedLog.begin();
        TestServer server = TestServer.start(routes)) {
      RawClient client = server.connect();
      client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      Wait.on(running);
      client.reset();
      Wait.on(told);
      Wait.on(ended);
      assertEquals("true false", seen.get());
      Wait.until("the connection is gone", () -> server.server().info().openConnections() == 0);
      Wait.until("no handler runs", () -> server.server().info().runningHandlers() == 0);
      assertEquals(1, log.lines().size());
      assertTrue(log.lines().getFirst().contains("onDisconnect"));
    }
  }

  @Test
  @DisplayName("C07: a peer that goes away while its answer is sent is no failure of the handler")
  void goneWhileSending() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    Routes.Builder routes =
        Routes.builder()
            .get(
                "/",
                request ->
                    Response.stream(
                        "a/b",
                        out -> {
                          try {
                            while (true) {
                              out.write(new byte[100_000]);
                            }
                          } finally {
                            failed.countDown();
                          }
                        }));
    try (CapturedLog log = CapturedLog.begin();
        TestServer server = TestServer.start(routes)) {
      RawClient client = RawClient.connectSlowReader(server.server().address());
      client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      Wait.until("something comes", () -> server.server().info().metrics().bytesWritten() > 0);
      client.reset();
      Wait.on(failed);
      Wait.until("the connection is gone", () -> server.server().info().openConnections() == 0);
      assertEquals(0, log.lines().size());
    }
  }
}
