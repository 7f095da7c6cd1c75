package io.roadrunner.server.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.ServerLimits;
import io.roadrunner.server.testkit.CapturedLog;
import io.roadrunner.server.testkit.ClosedConnections;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import io.roadrunner.telemetry.CloseReason;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Handlers that do not come back. */
class HandlerTimeoutTest {

  private static final String GET = "GET %s HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final ServerLimits LIMITS =
      ServerLimits.defaults()
          .withHandlerTimeout(Duration.ofMillis(100))
          .withMaxConcurrentRequests(1);

  private static Routes.Builder routes() {
    return Routes.builder().add(Route.get("/good", r -> Response.text("good")).inline());
  }

  @Test
  @DisplayName("E06: a handler that never returns is interrupted, its permit is free again")
  void handlerThatNeverReturns() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    AtomicReference<Object> seen = new AtomicReference<>("");
    Routes.Builder routes =
        routes()
            .get(
                "/never",
                request -> {
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    seen.set("interrupted, connected: " + request.connected());
                    throw e;
                  }
                  return Response.text("never");
                })
            .get("/virtual", request -> Response.text("virtual"));
    try (CapturedLog log = CapturedLog.begin();
        ClosedConnections closed = ClosedConnections.begin();
        TestServer server = closed.server(routes, LIMITS);
        RawClient client = server.connect();
        RawClient bystander = server.connect()) {
      client.send(GET.formatted("/never"));
      assertEquals("good", bystander.send(GET.formatted("/good")).answer().body());
      client.expectEnd();
      Wait.until("its permit is free", () -> server.server().info().runningHandlers() == 0);
      assertEquals("virtual", bystander.send(GET.formatted("/virtual")).answer().body());
      assertEquals(1, never.getCount());
      assertEquals("interrupted, connected: false", seen.get());
      closed.expect(1, CloseReason.HANDLER_FAILED);
      assertEquals(1, log.lines().size());
      assertTrue(log.lines().getFirst().contains("has run for too long"));
    }
  }

  @Test
  @DisplayName(
      "E06: one that does not heed the interrupt loses its connection, and keeps its permit")
  void handlerThatHeedsNothing() throws Exception {
    CountDownLatch atLast = new CountDownLatch(1);
    Routes.Builder routes =
        routes()
            .get(
                "/stubborn",
                request -> {
                  boolean waiting = true;
                  while (waiting) {
                    try {
                      Wait.on(atLast);
                      waiting = false;
                    } catch (InterruptedException e) {
                      waiting = atLast.getCount() > 0;
                    }
                  }
                  return Response.text("at last");
                });
    try (CapturedLog log = CapturedLog.begin();
        TestServer server = TestServer.start(routes, LIMITS);
        RawClient client = server.connect();
        RawClient bystander = server.connect()) {
      client.send(GET.formatted("/stubborn"));
      client.expectEnd();
      assertEquals("good", bystander.send(GET.formatted("/good")).answer().body());
      assertEquals(503, bystander.send(GET.formatted("/stubborn")).answer().status());
      assertEquals(1, server.server().info().runningHandlers());
      assertEquals(1, log.lines().size());
      atLast.countDown();
      Wait.until("its permit is free", () -> server.server().info().runningHandlers() == 0);
    }
  }

  @Test
  @DisplayName("E06: a stream that is never written to its end is cut off when its time is up")
  void streamThatNeverEnds() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Routes.Builder routes =
        routes()
            .get(
                "/stream",
                request ->
                    Response.stream(
                        "a/b",
                        out -> {
                          out.write("begun");
                          out.flush();
                          never.await();
                        }));
    try (CapturedLog log = CapturedLog.begin();
        TestServer server = TestServer.start(routes, LIMITS);
        RawClient client = server.connect()) {
      assertEquals("begun", client.send(GET.formatted("/stream")).cutOffBody());
      Wait.until("its permit is free", () -> server.server().info().runningHandlers() == 0);
      assertEquals(1, log.lines().size());
    }
  }

  @Test
  @DisplayName("E06: a handler within its time is answered, and the connection goes on")
  void handlerInTime() throws Exception {
    ServerLimits limits = ServerLimits.defaults().withHandlerTimeout(Duration.ofSeconds(60));
    Routes.Builder routes = routes().get("/", request -> Response.text("in time"));
    try (TestServer server = TestServer.start(routes, limits);
        RawClient client = server.connect()) {
      for (int i = 0; i < 3; i++) {
        var answer = client.send(GET.formatted("/")).answer();
        assertEquals("in time", answer.body());
        assertFalse(answer.closes());
      }
    }
  }
}
