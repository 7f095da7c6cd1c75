package io.roadrunner.server.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.ServerLimits;
import io.roadrunner.server.testkit.Answer;
import io.roadrunner.server.testkit.CapturedLog;
import io.roadrunner.server.testkit.ClosedConnections;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import io.roadrunner.telemetry.CloseReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that end their side, or all of the connection, at the worst moment. */
class PeerGoneTest {

  private static final String GET = "GET %s HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String UPLOAD =
      " HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf of it";

  private static void allFreed(TestServer server) {
    Wait.until("it is gone", () -> server.server().info().openConnections() == 0);
    Wait.until("no handler runs", () -> server.server().info().runningHandlers() == 0);
    Wait.until("no request is in flight", () -> inFlight(server) == 0);
  }

  private static long inFlight(TestServer server) {
    return server.server().info().metrics().requestsInFlight();
  }

  @Test
  @DisplayName("C07: a client that ends its side while the handler runs gets its answer")
  void finBeforeResponse() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicReference<Object> connected = new AtomicReference<>("");
    Routes.Builder routes =
        Routes.builder()
            .get(
                "/",
                request -> {
                  running.countDown();
                  Wait.on(goOn);
                  connected.set(request.connected());
                  return Response.text("still here");
                });
    try (ClosedConnections closed = ClosedConnections.begin();
        TestServer server = closed.server(routes, ServerLimits.defaults());
        RawClient client = server.connect()) {
      client.send(GET.formatted("/"));
      Wait.on(running);
      client.finish();
      // One loop reads both, so that the end has been seen when this later request is answered.
      assertEquals(404, server.ask(GET.formatted("/nowhere")).status());
      goOn.countDown();
      assertEquals("still here", client.answer().body());
      client.expectEnd();
      assertEquals(true, connected.get());
      allFreed(server);
      closed.expect(2, CloseReason.PEER_CLOSED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/virtual", "/inline"})
  @DisplayName("C07: RST in the middle of an upload: the handler sees an error, all is freed")
  void resetWhileUploading(String path) throws Exception {
    AtomicInteger complete = new AtomicInteger();
    AtomicReference<Object> seen = new AtomicReference<>("");
    CountDownLatch reading = new CountDownLatch(1);
    Routes.Builder routes =
        Routes.builder()
            .post(
                "/virtual",
                request -> {
                  try (InputStream in = request.body().stream()) {
                    in.read();
                    reading.countDown();
                    in.readAllBytes();
                    complete.incrementAndGet();
                  } catch (IOException e) {
                    seen.set(e.toString());
                    throw e;
                  }
                  return Response.noContent();
                })
            .add(
                Route.post(
                        "/inline",
                        request -> {
                          complete.incrementAndGet();
                          return Response.noContent();
                        })
                    .inline());
    try (CapturedLog log = CapturedLog.begin();
        ClosedConnections closed = ClosedConnections.begin();
        TestServer server = closed.server(routes, ServerLimits.defaults())) {
      RawClient client = server.connect();
      client.send("POST " + path + UPLOAD);
      if (path.equals("/virtual")) {
        Wait.on(reading);
      } else {
        Wait.until("it is read", () -> server.server().info().metrics().bytesRead() > 60);
      }
      client.reset();
      allFreed(server);
      closed.expect(1, CloseReason.PEER_GONE);
      assertEquals(0, complete.get());
      assertEquals(0, log.lines().size());
      if (path.equals("/virtual")) {
        assertTrue(seen.get().toString().contains("gone") || seen.get().toString().contains("int"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bytes", "/inline", "/file", "/stream"})
  @DisplayName("C07: RST in the middle of a download frees all that it held")
  void resetWhileDownloading(String path, @TempDir Path folder) throws Exception {
    int size = 16 << 20;
    Path file = folder.resolve("large");
    Files.write(file, new byte[size]);
    Response bytes = Response.bytes("a/b", new byte[size]);
    Routes.Builder routes =
        Routes.builder()
            .get("/bytes", request -> bytes)
            .add(Route.get("/inline", request -> bytes).inline())
            .get("/file", request -> Response.file("a/b", file, 0, size))
            .get(
                "/stream",
                request -> Response.stream("a/b", size, out -> out.write(new byte[size])));
    try (CapturedLog log = CapturedLog.begin();
        ClosedConnections closed = ClosedConnections.begin();
        TestServer server = closed.server(routes, ServerLimits.defaults())) {
      RawClient client = RawClient.connectSlowReader(server.server().address());
      client.send(GET.formatted(path));
      Wait.until("it is sent", () -> server.server().info().metrics().bytesWritten() > 1000);
      client.reset();
      allFreed(server);
      closed.expect(1, CloseReason.PEER_GONE);
      assertEquals(0, log.lines().size());
      Files.delete(file);
    }
  }

  @Test
  @DisplayName("C07: RST behind pipelined requests: none of those behind the current one runs")
  void resetBehindPipelined() throws Exception {
    AtomicInteger ran = new AtomicInteger();
    CountDownLatch running = new CountDownLatch(1);
    Routes.Builder routes =
        Routes.builder()
            .get(
                "/",
                request -> {
                  ran.incrementAndGet();
                  CountDownLatch gone = new CountDownLatch(1);
                  request.onDisconnect(gone::countDown);
                  running.countDown();
                  try {
                    Wait.on(gone);
                  } catch (InterruptedException e) {
                    Wait.on(gone);
                  }
                  return Response.text("for nobody");
                });
    try (TestServer server = TestServer.start(routes)) {
      RawClient client = server.connect();
      client.send(GET.formatted("/").repeat(3));
      Wait.on(running);
      client.reset();
      allFreed(server);
      assertEquals(1, ran.get());
    }
  }

  @Test
  @DisplayName("C07: a client that ends its side in the middle of a head is closed without a word")
  void finWithinHead() throws Exception {
    try (ClosedConnections closed = ClosedConnections.begin();
        TestServer server = closed.server(Routes.builder(), ServerLimits.defaults())) {
      try (RawClient client = server.connect()) {
        client.send("GET / HTTP/1.1\r\nHo").finish().expectEnd();
      }
      try (RawClient client = server.connect()) {
        Answer first = client.send(GET.formatted("/") + "GET / HT").finish().answer();
        assertEquals(404, first.status());
        client.expectEnd();
      }
      allFreed(server);
      closed.expect(2, CloseReason.PEER_GONE);
    }
  }
}
