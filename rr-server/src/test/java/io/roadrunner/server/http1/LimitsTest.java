package io.roadrunner.server.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.ServerLimits;
import io.roadrunner.server.testkit.Answer;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of sizes, at the limit and one past it. */
class LimitsTest {

  private static final String GOOD = "GET /good HTTP/1.1\r\nHost: x\r\n\r\n";

  private static Routes.Builder routes() {
    return Routes.builder()
        .get("/good", request -> Response.text("good"))
        .post("/ignore", request -> Response.text("ignored"))
        .post("/read", request -> Response.text("" + request.body().bytes().length))
        .add(Route.post("/inline", r -> Response.text("" + r.body().bytes().length)).inline());
  }

  private static String byLength(String path, int size) {
    return "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(path, size, "x".repeat(size));
  }

  private static String inChunks(String path, int size) {
    return "POST %s HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
        .formatted(path, size, "x".repeat(size));
  }

  @ParameterizedTest
  @CsvSource({"length, 1000, 2", "length, 1001, 1", "chunks, 1000, 2", "chunks, 1001, 1"})
  @DisplayName("F15: the rest of an unread body is passed over up to its limit, to the byte")
  void unreadBody(String framing, int size, int answers) throws Exception {
    ServerLimits limits = ServerLimits.defaults().withMaxUnreadBodyBytes(1000);
    try (TestServer server = TestServer.start(routes(), limits);
        RawClient client = server.connect()) {
      String request =
          framing.equals("length") ? byLength("/ignore", size) : inChunks("/ignore", size);
      List<Answer> all = client.send(request + GOOD).finish().answersUntilEnd();
      assertEquals(answers, all.size());
      assertEquals("ignored", all.getFirst().body());
      assertEquals(answers == 2 ? "good" : "ignored", all.getLast().body());
    }
  }

  @ParameterizedTest
  @CsvSource({"/read, 50, 200", "/read, 51, 413", "/inline, 50, 200", "/inline, 51, 413"})
  @DisplayName("The body limit of the server holds where a route has none, to the byte")
  void bodyLimitOfServer(String path, int size, int status) throws Exception {
    ServerLimits limits = ServerLimits.defaults().withMaxBodyBytes(50);
    try (TestServer server = TestServer.start(routes(), limits)) {
      assertEquals(status, server.ask(byLength(path, size)).status());
      assertEquals(status, server.ask(inChunks(path, size)).status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/read", "/inline"})
  @DisplayName("A server that takes no bodies takes empty ones")
  void noBodies(String path) throws Exception {
    ServerLimits limits = ServerLimits.defaults().withMaxBodyBytes(0);
    try (TestServer server = TestServer.start(routes(), limits)) {
      assertEquals("0", server.ask(byLength(path, 0)).body());
      assertEquals(413, server.ask(byLength(path, 1)).status());
    }
  }

  @Test
  @DisplayName("F17: while a handler runs, no more than the inbound buffer is read ahead")
  void readAheadIsBounded() throws Exception {
    int most = 2000;
    int size = 100_000;
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Routes.Builder routes =
        routes()
            .post(
                "/",
                request -> {
                  running.countDown();
                  Wait.on(goOn);
                  return Response.text("" + request.body().bytes().length);
                });
    ServerLimits limits = ServerLimits.defaults().withInboundBufferBytes(most);
    try (TestServer server = TestServer.start(routes, limits);
        RawClient client = server.connect()) {
      String request = byLength("/", size);
      int head = request.length() - size;
      client.send(request.substring(0, head));
      Wait.on(running);
      client.send(request.substring(head));
      Wait.until("it is read ahead", () -> bytesRead(server) >= head + most);
      // The same loop has had every chance to read more when it answers this.
      assertEquals("good", server.ask(GOOD).body());
      assertEquals(head + most + GOOD.length(), bytesRead(server));
      goOn.countDown();
      assertEquals("" + size, client.answer().body());
      assertTrue(bytesRead(server) >= request.length() + GOOD.length());
    }
  }

  private static long bytesRead(TestServer server) {
    return server.server().info().metrics().bytesRead();
  }
}
