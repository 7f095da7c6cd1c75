package io.roadrunner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.testkit.Answer;
import io.roadrunner.server.testkit.ClosedConnections;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import io.roadrunner.telemetry.CloseReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a server: what is in flight is finished, what is idle is not waited for. */
class DrainTest {

  private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String UPLOAD = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n";
  private static final Duration LONG = Duration.ofMinutes(1);

  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  private Routes.Builder routes() {
    return Routes.builder()
        .get("/", this::handle)
        .post("/", request -> Response.text(request.body().text()));
  }

  private Response handle(Request request) throws InterruptedException {
    running.countDown();
    Wait.on(goOn);
    return Response.text("finished");
  }

  private static CompletableFuture<DrainReport> drain(Server server, Duration deadline) {
    CompletableFuture<DrainReport> report =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return server.drain(deadline);
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    Wait.until("nobody is let in", () -> !canConnect(server) || report.isDone());
    return report;
  }

  private static boolean canConnect(Server server) {
    try (RawClient client = RawClient.connect(server.address())) {
      return client.local() != null;
    } catch (IOException e) {
      return false;
    }
  }

  private static DrainReport get(CompletableFuture<DrainReport> report) throws Exception {
    return report.get(Wait.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Test
  @DisplayName("A request in flight is finished with connection: close, then the drain returns")
  void requestInFlightIsFinished() throws Exception {
    try (ClosedConnections closed = ClosedConnections.begin();
        TestServer server = closed.server(routes(), ServerLimits.defaults());
        RawClient client = server.connect()) {
      client.send(GET);
      Wait.on(running);
      CompletableFuture<DrainReport> report = drain(server.server(), LONG);
      assertFalse(report.isDone());
      assertEquals(ServerInfo.Status.DRAINING, server.server().info().status());
      goOn.countDown();
      Answer answer = client.answer();
      assertEquals("finished", answer.body());
      assertTrue(answer.closes());
      client.expectEnd();
      client.finish();
      assertEquals(0, get(report).stragglers());
      assertTrue(get(report).took().compareTo(LONG) < 0);
      assertEquals(ServerInfo.Status.CLOSED, server.server().info().status());
      closed.expect(1, CloseReason.LAST_MESSAGE);
      assertEquals(0, server.server().drain(LONG).stragglers());
    }
  }

  @Test
  @DisplayName("A body on its way is read to its end, and its request answered")
  void uploadIsFinished() throws Exception {
    try (TestServer server = TestServer.start(routes());
        RawClient client = server.connect()) {
      client.send(UPLOAD + "hello");
      Wait.until("it runs", () -> server.server().info().runningHandlers() == 1);
      CompletableFuture<DrainReport> report = drain(server.server(), LONG);
      client.send(" world");
      Answer answer = client.answer();
      assertEquals("hello world", answer.body());
      assertTrue(answer.closes());
      client.finish();
      assertEquals(0, get(report).stragglers());
    }
  }

  @Test
  @DisplayName("A head on its way is read to its end, and its request answered")
  void headIsFinished() throws Exception {
    goOn.countDown();
    try (TestServer server = TestServer.start(routes());
        RawClient client = server.connect()) {
      client.send(GET.substring(0, 20));
      Wait.until("it is read", () -> server.server().info().metrics().bytesRead() == 20);
      CompletableFuture<DrainReport> report = drain(server.server(), LONG);
      Answer answer = client.send(GET.substring(20)).answer();
      assertEquals("finished", answer.body());
      assertTrue(answer.closes());
      client.finish();
      assertEquals(0, get(report).stragglers());
    }
  }

  @Test
  @DisplayName("Connections that are idle, used or unused, are closed and not waited for")
  void idleConnectionsAreClosed() throws Exception {
    goOn.countDown();
    try (ClosedConnections closed = ClosedConnections.begin();
        TestServer server = closed.server(routes(), ServerLimits.defaults());
        RawClient used = server.connect();
        RawClient unused = server.connect()) {
      assertEquals("finished", used.send(GET).answer().body());
      Wait.until("both are there", () -> server.server().info().openConnections() == 2);
      CompletableFuture<DrainReport> report = drain(server.server(), LONG);
      used.expectEnd();
      unused.expectEnd();
      assertEquals(0, get(report).stragglers());
      assertTrue(get(report).took().compareTo(Wait.PATIENCE) < 0);
      closed.expect(2, CloseReason.DRAINED);
    }
  }

  @Test
  @DisplayName("What is still open at the deadline is closed, and the caller is told how many")
  void stragglersAreClosed() throws Exception {
    try (ClosedConnections closed = ClosedConnections.begin();
        TestServer server = closed.server(routes(), ServerLimits.defaults());
        RawClient client = server.connect()) {
      client.send(GET);
      Wait.on(running);
      DrainReport report = server.server().drain(Duration.ofMillis(50));
      assertEquals(1, report.stragglers());
      assertTrue(report.took().compareTo(Duration.ofMillis(50)) >= 0);
      client.expectEnd();
      closed.expect(1, CloseReason.SERVER_CLOSED);
      goOn.countDown();
    }
  }

  @Test
  @DisplayName("A drain that is interrupted closes the server")
  void interruptedDrainCloses() throws Exception {
    try (TestServer server = TestServer.start(routes());
        RawClient client = server.connect()) {
      client.send(GET);
      Wait.on(running);
      AtomicReference<Object> thrown = new AtomicReference<>("nothing");
      Thread drain =
          Thread.ofVirtual()
              .start(
                  () ->
                      thrown.set(
                          assertThrows(
                              InterruptedException.class, () -> server.server().drain(LONG))));
      Wait.until("nobody is let in", () -> !canConnect(server.server()));
      drain.interrupt();
      assertTrue(drain.join(Wait.PATIENCE));
      assertTrue(thrown.get() instanceof InterruptedException);
      client.expectEnd();
      assertEquals(ServerInfo.Status.CLOSED, server.server().info().status());
      assertEquals(0, server.server().info().openConnections());
      goOn.countDown();
    }
  }

  @Test
  @DisplayName("A drain that somebody else ends by close() returns")
  void closeEndsDrain() throws Exception {
    try (TestServer server = TestServer.start(routes());
        RawClient client = server.connect()) {
      client.send(GET);
      Wait.on(running);
      CompletableFuture<DrainReport> report = drain(server.server(), LONG);
      server.server().close();
      client.expectEnd();
      assertEquals(0, get(report).stragglers());
      goOn.countDown();
    }
  }

  @Test
  @DisplayName("The path of a Unix-domain socket is free as soon as nobody is let in any more")
  void unixSocketIsGivenBack(@TempDir Path folder) throws Exception {
    Path path = folder.resolve("socket");
    TestServer first = TestServer.start(routes(), builder -> builder.unixSocket(path));
    try (RawClient client = first.connect()) {
      client.send(GET);
      Wait.on(running);
      CompletableFuture<DrainReport> report = drain(first.server(), LONG);
      Wait.until("the path is free", () -> !Files.exists(path));
      try (TestServer next =
          TestServer.start(
              Routes.builder().get("/", request -> Response.text("next")),
              builder -> builder.unixSocket(path))) {
        goOn.countDown();
        assertEquals("finished", client.answer().body());
        client.finish();
        assertEquals(0, get(report).stragglers());
        assertEquals("next", next.ask(GET).body());
      }
      assertFalse(Files.exists(path));
    } finally {
      first.close();
    }
  }
}
