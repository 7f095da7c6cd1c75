package io.roadrunner.server.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.http2.frame.RstStreamFrame;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.testkit.CapturedLog;
import io.roadrunner.server.testkit.Http2Client;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import io.roadrunner.telemetry.CloseReason;
import io.roadrunner.telemetry.ConnectionEvent.ConnectionClosed;
import io.roadrunner.telemetry.RequestEvent.RequestFailed;
import io.roadrunner.telemetry.RequestEvent.RequestRejected;
import io.roadrunner.telemetry.RequestEvent.RequestStarted;
import io.roadrunner.telemetry.RequestEvent.RequestStopped;
import io.roadrunner.telemetry.ResponseKind;
import io.roadrunner.telemetry.Telemetry;
import io.roadrunner.telemetry.TelemetryEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What subscribers are told of HTTP/2: each request once, and how connections end. */
class Http2TelemetryTest {

  private final List<TelemetryEvent> events = new CopyOnWriteArrayList<>();
  private final CountDownLatch began = new CountDownLatch(1);

  /** What a client does. */
  @FunctionalInterface
  private interface Talk {
    void with(Http2Client client) throws Exception;
  }

  private void talk(Talk talk) throws Exception {
    Routes.Builder routes =
        Routes.builder()
            .get("/text", request -> Response.text("four"))
            .add(Route.get("/inline", request -> Response.empty(204)).inline())
            .post("/echo", request -> Response.bytes("a/b", request.body().bytes()))
            .get("/stream", request -> Response.stream("a/b", out -> out.write("streamed")))
            .get(
                "/wait",
                request -> {
                  began.countDown();
                  new CountDownLatch(1).await();
                  return Response.text("never");
                })
            .get(
                "/fails",
                request -> {
                  throw new IllegalStateException("on purpose");
                });
    try (Telemetry telemetry = Telemetry.to(events::add);
        CapturedLog log = CapturedLog.begin();
        TestServer server = TestServer.start(routes, options -> options.telemetry(telemetry))) {
      try (Http2Client client = Http2Client.connect(server.port())) {
        talk.with(client);
      }
      Wait.until("it is closed", () -> !of(ConnectionClosed.class).isEmpty());
      assertTrue(log.lines().size() <= 1);
    }
  }

  private <T extends TelemetryEvent> List<T> of(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private CloseReason closed() {
    return of(ConnectionClosed.class).getFirst().reason();
  }

  @Test
  void requestsStartAndStop() throws Exception {
    talk(
        client -> {
          client.get(1, "/text?a=b").answer(1);
          client.get(3, "/inline").answer(3);
          client.post(5, "/echo").send(Http2Client.data(5, "abc", EndStream.YES)).answer(5);
          client.get(7, "/stream").answer(7);
          client.get(9, "/nowhere").answer(9);
        });
    List<RequestStopped> stopped = of(RequestStopped.class);
    assertEquals(5, of(RequestStarted.class).size());
    assertEquals(5, stopped.size());
    RequestStopped text = stopped.getFirst();
    assertEquals("/text?a=b", text.request().target());
    assertEquals("HTTP/2", text.request().protocol());
    assertEquals("/text", text.route());
    assertEquals(4, text.responseBodyBytes());
    assertEquals(ResponseKind.BYTES, text.kind());
    assertEquals(204, stopped.get(1).status());
    assertEquals(3, stopped.get(2).requestBodyBytes());
    assertEquals(3, stopped.get(2).responseBodyBytes());
    assertEquals(ResponseKind.STREAM, stopped.get(3).kind());
    assertEquals(8, stopped.get(3).responseBodyBytes());
    assertEquals(404, stopped.get(4).status());
    Set<String> ids =
        stopped.stream().map(s -> s.request().requestId()).collect(Collectors.toSet());
    assertEquals(5, ids.size());
    assertEquals(5, of(ConnectionClosed.class).getFirst().requestsServed());
  }

  @Test
  void failuresAndCancels() throws Exception {
    talk(
        client -> {
          client.get(1, "/fails").answer(1);
          client.get(3, "/wait");
          Wait.on(began);
          client.send(new RstStreamFrame(3, ErrorCode.CANCEL.code()));
          Wait.until("both are reported", () -> of(RequestFailed.class).size() == 2);
        });
    List<RequestFailed> failed = of(RequestFailed.class);
    assertEquals(500, failed.getFirst().status());
    assertEquals(0, failed.get(1).status());
    assertEquals(2, of(RequestStarted.class).size());
    assertEquals(0, of(RequestStopped.class).size());
  }

  @Test
  @DisplayName("refusals and violations are counted without a request")
  void rejections() throws Exception {
    talk(
        client -> {
          client.post(1, "/echo", "expect", "miracles").answer(1);
          client.send(Http2Client.raw(0, 0, 0, 1)).goAway(1);
          client.readToEnd();
        });
    List<RequestRejected> rejected = of(RequestRejected.class);
    assertEquals(417, rejected.getFirst().status());
    assertEquals(400, rejected.get(1).status());
    assertEquals(0, of(RequestStarted.class).size());
    assertEquals(CloseReason.PROTOCOL_VIOLATION, closed());
  }

  @Test
  void theClientLeaves() throws Exception {
    talk(client -> client.get(1, "/text").answer(1));
    assertTrue(
        Set.of(CloseReason.PEER_CLOSED, CloseReason.PEER_GONE).contains(closed()), "" + closed());
  }
}
