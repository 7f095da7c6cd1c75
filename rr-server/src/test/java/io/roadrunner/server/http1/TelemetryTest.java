package io.roadrunner.server.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.ServerLimits;
import io.roadrunner.server.testkit.CapturedLog;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import io.roadrunner.telemetry.CloseReason;
import io.roadrunner.telemetry.ConnectionEvent.ConnectionAccepted;
import io.roadrunner.telemetry.ConnectionEvent.ConnectionClosed;
import io.roadrunner.telemetry.ConnectionEvent.ConnectionRefused;
import io.roadrunner.telemetry.DrainEvent.DrainFinished;
import io.roadrunner.telemetry.DrainEvent.DrainStarted;
import io.roadrunner.telemetry.MetricsSnapshot;
import io.roadrunner.telemetry.RequestEvent.RequestFailed;
import io.roadrunner.telemetry.RequestEvent.RequestRejected;
import io.roadrunner.telemetry.RequestEvent.RequestStarted;
import io.roadrunner.telemetry.RequestEvent.RequestStopped;
import io.roadrunner.telemetry.RequestEvent.RequestThrottled;
import io.roadrunner.telemetry.ResponseKind;
import io.roadrunner.telemetry.Telemetry;
import io.roadrunner.telemetry.TelemetryEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What subscribers and counters are told: each request once, and nothing of those not started. */
class TelemetryTest {

  private static final String GET = "GET %s HTTP/1.1\r\nHost: x\r\n\r\n";

  private static @TempDir Path folder;

  /** Runs one piece of work against a server. */
  @FunctionalInterface
  private interface Work {
    void with(TestServer server) throws Exception;
  }

  private static List<TelemetryEvent> events(Routes.Builder routes, ServerLimits limits, Work work)
      throws Exception {
    List<TelemetryEvent> events = Collections.synchronizedList(new ArrayList<>());
    try (Telemetry telemetry = Telemetry.to(events::add);
        CapturedLog log = CapturedLog.begin()) {
      assertEquals(0, log.lines().size());
      TestServer server =
          TestServer.start(routes, builder -> builder.limits(limits).telemetry(telemetry));
      try (server) {
        work.with(server);
        Wait.until("all is closed", () -> server.server().info().openConnections() == 0);
        MetricsSnapshot metrics = server.server().info().metrics();
        assertEquals(metrics.requestsStarted(), metrics.requestsEnded());
        assertEquals(metrics.connectionsAccepted(), metrics.connectionsClosed());
        server.server().drain(Duration.ofSeconds(1));
      }
    }
    return events;
  }

  private static <T extends TelemetryEvent> List<T> of(Class<T> type, List<TelemetryEvent> events) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Test
  @DisplayName("Each request starts and stops once, with route, status, kind and sizes")
  void eachRequestStartsAndStopsOnce() throws Exception {
    Path file = Files.write(folder.resolve("f"), "file".getBytes(StandardCharsets.US_ASCII));
    Routes.Builder routes =
        Routes.builder()
            .post("/echo/:name", request -> Response.text(request.body().text()))
            .add(Route.get("/inline", request -> Response.noContent()).inline())
            .get("/stream", r -> Response.stream("a/b", out -> out.write("four")))
            .add(Route.get("/file", r -> Response.file("a/b", file, 0, 4)).inline());
    List<TelemetryEvent> events =
        events(routes, ServerLimits.defaults(), TelemetryTest::askForEach);
    List<RequestStopped> stopped = of(RequestStopped.class, events);
    assertEquals(
        List.of("/echo/:name", "/inline", "/stream", "/file", ""),
        stopped.stream().map(RequestStopped::route).toList());
    assertEquals(
        List.of(200, 204, 200, 200, 404), stopped.stream().map(RequestStopped::status).toList());
    assertEquals(
        List.of(
            ResponseKind.BYTES,
            ResponseKind.EMPTY,
            ResponseKind.STREAM,
            ResponseKind.FILE,
            ResponseKind.BYTES),
        stopped.stream().map(RequestStopped::kind).toList());
    assertEquals(
        List.of(5L, 0L, 0L, 0L, 0L),
        stopped.stream().map(RequestStopped::requestBodyBytes).toList());
    assertEquals(
        List.of(5L, 0L, 4L, 4L, 10L),
        stopped.stream().map(RequestStopped::responseBodyBytes).toList());
    assertEquals("/echo/a?b=c", stopped.getFirst().request().target());
    assertTrue(stopped.stream().allMatch(event -> event.durationNanos() > 0));
    assertEquals(
        of(RequestStarted.class, events).stream().map(e -> e.request().requestId()).toList(),
        stopped.stream().map(e -> e.request().requestId()).toList());
    assertEquals(1, of(ConnectionAccepted.class, events).size());
    ConnectionClosed closed = of(ConnectionClosed.class, events).getFirst();
    assertEquals(5, closed.requestsServed());
    assertEquals(CloseReason.PEER_CLOSED, closed.reason());
    assertEquals(1, of(DrainStarted.class, events).size());
    assertEquals(1, of(DrainFinished.class, events).size());
  }

  private static void askForEach(TestServer server) throws IOException {
    try (RawClient client = server.connect()) {
      client.send("POST /echo/a?b=c HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
      client.send(GET.formatted("/inline") + GET.formatted("/stream"));
      client.send(GET.formatted("/file") + GET.formatted("/nowhere"));
      for (int i = 0; i < 5; i++) {
        client.answer();
      }
    }
  }

  @Test
  @DisplayName("A request that fails starts and fails once, and never stops")
  void failedOnce() throws Exception {
    Routes.Builder routes =
        Routes.builder()
            .get(
                "/throws",
                request -> {
                  throw new IllegalStateException("broken");
                })
            .get("/begun", r -> Response.stream("a/b", 5, out -> write(out)))
            .get("/missing", r -> Response.file("a/b", folder.resolve("none"), 0, 1));
    List<TelemetryEvent> events =
        events(
            routes,
            ServerLimits.defaults(),
            server -> {
              assertEquals(500, server.ask(GET.formatted("/throws")).status());
              assertEquals(500, server.ask(GET.formatted("/missing")).status());
              try (RawClient client = server.connect()) {
                client.send(GET.formatted("/begun")).cutOffBody();
              }
            });
    List<RequestFailed> failed = of(RequestFailed.class, events);
    assertEquals(
        List.of("/throws", "/missing", "/begun"),
        failed.stream().map(RequestFailed::route).toList());
    assertEquals(List.of(500, 500, 200), failed.stream().map(RequestFailed::status).toList());
    assertTrue(failed.getFirst().cause().toString().contains("broken"));
    assertEquals(3, of(RequestStarted.class, events).size());
    assertEquals(0, of(RequestStopped.class, events).size());
  }

  private static void write(io.roadrunner.server.ResponseStream out) throws IOException {
    out.write("abc");
    out.flush();
  }

  @Test
  @DisplayName("P29 E08: what is rejected never starts, and is named by its rule")
  void rejectedNeverStarts() throws Exception {
    Routes.Builder routes =
        Routes.builder()
            .add(Route.post("/inline", r -> Response.text(r.body().text())).inline())
            .post("/virtual", request -> Response.text(request.body().text()));
    String post = "POST %s HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n%s";
    List<TelemetryEvent> events =
        events(
            routes,
            ServerLimits.defaults().withMaxBodyBytes(5),
            server -> {
              server.ask("GET  / HTTP/1.1\r\n\r\n");
              server.ask(post.formatted("/inline", "Expect: x", ""));
              server.ask(post.formatted("/virtual", "Content-Length: 6", "123456"));
              server.ask(post.formatted("/inline", "Transfer-Encoding: chunked", "6\r\n123456"));
              server.ask(post.formatted("/inline", "Transfer-Encoding: chunked", "x\r\n"));
            });
    List<RequestRejected> rejected = of(RequestRejected.class, events);
    assertEquals(
        List.of(400, 417, 413, 413, 400), rejected.stream().map(RequestRejected::status).toList());
    assertEquals("BAD_CHUNK_SIZE", rejected.getLast().reason());
    assertEquals(0, of(RequestStarted.class, events).size());
    assertEquals(0, of(RequestStopped.class, events).size());
    assertFalse(
        of(ConnectionClosed.class, events).stream()
            .anyMatch(closed -> closed.reason() == CloseReason.HANDLER_FAILED));
  }

  @Test
  @DisplayName("E05: what is throttled never starts, what is refused at accept is counted")
  void throttledNeverStarts() throws Exception {
    CountDownLatch inHandler = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Routes.Builder routes =
        Routes.builder()
            .get(
                "/",
                request -> {
                  inHandler.countDown();
                  Wait.on(goOn);
                  return Response.text("x");
                });
    List<TelemetryEvent> events =
        events(
            routes,
            ServerLimits.defaults().withMaxConcurrentRequests(1).withMaxConnections(2),
            server -> {
              try (RawClient first = server.connect();
                  RawClient second = server.connect()) {
                first.send(GET.formatted("/"));
                Wait.on(inHandler);
                second.send(GET.formatted("/") + GET.formatted("/nowhere"));
                assertEquals(503, second.answer().status());
                assertEquals(404, second.answer().status());
                try (RawClient third = server.connect()) {
                  third.expectEnd();
                }
                goOn.countDown();
                assertEquals(200, first.answer().status());
              }
            });
    assertEquals(1, of(RequestThrottled.class, events).size());
    assertEquals(503, of(RequestThrottled.class, events).getFirst().status());
    assertEquals(2, of(RequestStarted.class, events).size());
    assertEquals(2, of(RequestStopped.class, events).size());
    assertEquals(1, of(ConnectionRefused.class, events).size());
  }
}
