package io.roadrunner.server.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.deflate.DeflateConfig;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Route.Execution;
import io.roadrunner.server.Routes;
import io.roadrunner.server.WebSocketHandler;
import io.roadrunner.server.WebSocketOptions;
import io.roadrunner.server.WebSocketOptions.Delivery;
import io.roadrunner.server.WebSocketSession;
import io.roadrunner.server.testkit.CapturedLog;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import io.roadrunner.server.testkit.WsClient;
import io.roadrunner.telemetry.CloseReason;
import io.roadrunner.telemetry.ConnectionEvent.ConnectionClosed;
import io.roadrunner.telemetry.RequestEvent.RequestStopped;
import io.roadrunner.telemetry.ResponseKind;
import io.roadrunner.telemetry.Telemetry;
import io.roadrunner.telemetry.TelemetryEvent;
import io.roadrunner.telemetry.WebSocketEvent.WebSocketClosed;
import io.roadrunner.telemetry.WebSocketEvent.WebSocketFrameIn;
import io.roadrunner.telemetry.WebSocketEvent.WebSocketFrameOut;
import io.roadrunner.telemetry.WebSocketEvent.WebSocketFrameRejected;
import io.roadrunner.telemetry.WebSocketEvent.WebSocketUpgraded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/** Callbacks: their defaults, their failures, messages in parts, and what telemetry is told. */
class HandlerTest {

  private final RecordingHandler handler = new RecordingHandler();

  private static TestServer start(
      WebSocketOptions options, WebSocketHandler handler, Execution execution) throws IOException {
    Route route = Route.get("/ws", request -> Response.webSocket(options, handler));
    return TestServer.start(
        Routes.builder().add(execution == Execution.INLINE ? route.inline() : route));
  }

  @ParameterizedTest
  @EnumSource
  void aHandlerWithoutMethodsIsPolite(Execution execution) throws Exception {
    try (TestServer server =
            start(WebSocketOptions.defaults(), new WebSocketHandler() {}, execution);
        WsClient client = WsClient.open(server, "/ws")) {
      client.text("x").binary(new byte[3]).pong("");
      assertEquals("p", client.ping("p").nextPong());
      client.close(1000, "");
      assertEquals(1000, client.nextClose().code());
      client.expectEnd();
    }
  }

  /** Throws wherever it is told to. */
  private static final class Failing extends RecordingHandler {
    private final String where;

    Failing(String where) {
      this.where = where;
    }

    @Override
    public void open(WebSocketSession session) throws Exception {
      super.open(session);
      failIf("open");
    }

    @Override
    public void text(WebSocketSession session, String message) throws Exception {
      failIf("text");
      note("text " + message);
    }

    @Override
    public void close(WebSocketSession session, int code, String reason) throws Exception {
      super.close(session, code, reason);
      failIf("close");
    }

    @Override
    public void error(WebSocketSession session, Throwable cause) {
      super.error(session, cause);
      if (where.equals("text")) {
        throw new IllegalStateException("again");
      }
    }

    private void failIf(String here) {
      if (here.equals(where)) {
        throw new IllegalArgumentException("on purpose");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"open VIRTUAL_THREAD", "open INLINE", "text VIRTUAL_THREAD", "text INLINE"})
  void aHandlerThatThrowsEndsItsSessionWith1011(String how) throws Exception {
    String[] parts = how.split(" ", -1);
    Failing failing = new Failing(parts[0]);
    try (CapturedLog log = CapturedLog.begin();
        TestServer server =
            start(WebSocketOptions.defaults(), failing, Execution.valueOf(parts[1]));
        WsClient client = WsClient.open(server, "/ws")) {
      client.text("one").text("two");
      assertEquals(1011, client.nextClose().code());
      client.finish(1011);
      assertEquals("open", failing.next());
      assertEquals("error on purpose", failing.next());
      assertEquals("close 1011 ", failing.next());
      assertTrue(failing.rest().isEmpty());
      assertEquals(parts[0].equals("text") ? 2 : 1, log.count(Level.SEVERE));
    }
  }

  @Test
  void aHandlerThatThrowsAtTheEndIsLogged() throws Exception {
    Failing failing = new Failing("close");
    try (CapturedLog log = CapturedLog.begin();
        TestServer server = start(WebSocketOptions.defaults(), failing, Execution.VIRTUAL_THREAD)) {
      try (WsClient client = WsClient.open(server, "/ws")) {
        assertEquals("open", failing.next());
        assertTrue(client.head().startsWith("HTTP/1.1 101 "));
      }
      assertEquals("close 1006 ", failing.next());
      assertEquals("error on purpose", failing.next());
      Wait.until("it is logged", () -> log.count(Level.SEVERE) == 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void messagesInPartsComeAsTheyArrive(Execution execution) throws Exception {
    WebSocketOptions options =
        WebSocketOptions.builder()
            .delivery(Delivery.IN_PARTS)
            .compression(DeflateConfig.defaults())
            .build();
    try (TestServer server = start(options, handler, execution);
        WsClient client = WsClient.open(server, "/ws")) {
      byte[] frame = WsClient.frame(0x81, "abc".getBytes(StandardCharsets.US_ASCII));
      client.raw(Arrays.copyOf(frame, frame.length - 1));
      assertEquals("open", handler.next());
      assertEquals("part TEXT ab MORE_FOLLOWS", handler.next());
      client.raw(new byte[] {'c'});
      assertEquals("part TEXT c MORE_FOLLOWS", handler.next());
      assertEquals("part TEXT  LAST", handler.next());
      assertEquals("p", client.ping("p").nextPong());
      client.pong("q");
      assertEquals("pong q", handler.next());
      client.raw(WsClient.frame(0x81, new byte[] {(byte) 0xff}));
      assertEquals(1007, client.nextClose().code());
      assertEquals("close 1007 text is not UTF-8", handler.next());
    }
  }

  @Test
  void compressedMessagesComeInParts() throws Exception {
    WebSocketOptions options =
        WebSocketOptions.builder()
            .delivery(Delivery.IN_PARTS)
            .compression(DeflateConfig.defaults())
            .build();
    try (TestServer server = start(options, handler, Execution.VIRTUAL_THREAD);
        WsClient client = WsClient.compressed(server, "/ws", DeflateConfig.defaults())) {
      String text = "x".repeat(1000);
      client.text(text);
      assertEquals("open", handler.next());
      assertEquals("part TEXT " + text + " MORE_FOLLOWS", handler.next());
      assertEquals("part TEXT  LAST", handler.next());
    }
    try (TestServer server =
            start(
                WebSocketOptions.builder().delivery(Delivery.IN_PARTS).build(),
                handler,
                Execution.INLINE);
        WsClient client = WsClient.open(server, "/ws")) {
      client.raw(WsClient.frame(0xC1, new byte[1]));
      assertEquals(1002, client.nextClose().code());
    }
  }

  @Test
  void theRequestIdIsInTheLogsOfCallbacks() throws Exception {
    RecordingHandler noting =
        new RecordingHandler() {
          @Override
          public void text(WebSocketSession session, String message) {
            note(session.request().requestId().equals(MDC.get("request_id")) ? "same" : "other");
          }
        };
    try (TestServer server = start(WebSocketOptions.defaults(), noting, Execution.VIRTUAL_THREAD);
        WsClient client = WsClient.open(server, "/ws")) {
      client.text("x");
      assertEquals("open", noting.next());
      assertEquals("same", noting.next());
      client.close(1000, "");
      assertEquals(1000, client.nextClose().code());
    }
  }

  @Test
  void aPipelinedUpgradeFollowsItsPredecessors() throws Exception {
    Route route = Route.get("/ws", request -> Response.webSocket(handler));
    for (Route each : List.of(route, route.inline())) {
      Routes.Builder routes =
          Routes.builder().add(each).get("/hello", request -> Response.text("hello"));
      try (TestServer server = TestServer.start(routes);
          RawClient client = server.connect()) {
        client.send(
            "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"
                + "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"
                + WsClient.handshake("/ws"));
        assertEquals("hello", client.answer().body());
        assertEquals("hello", client.answer().body());
        assertEquals(101, client.next().status());
        assertEquals("open", handler.next());
      }
      assertEquals("close 1006 ", handler.next());
    }
  }

  /** What telemetry is told of a session that ends by a fault of the client. */
  private List<TelemetryEvent> told(Execution execution) throws Exception {
    List<TelemetryEvent> all = Collections.synchronizedList(new ArrayList<>());
    WebSocketOptions options = WebSocketOptions.builder().subprotocols("chat").build();
    Route route = Route.get("/ws", request -> Response.webSocket(options, handler));
    try (Telemetry telemetry = Telemetry.to(all::add);
        TestServer server =
            TestServer.start(
                Routes.builder().add(execution == Execution.INLINE ? route.inline() : route),
                builder -> builder.telemetry(telemetry))) {
      try (WsClient client = WsClient.open(server, "/ws", "Sec-WebSocket-Protocol: chat")) {
        assertEquals("abc", client.text("abc").nextText());
        client.ping("p").nextPong();
        client.raw(new byte[] {(byte) 0x82, (byte) 0x80 + 126, 0, 1, 0, 0, 0, 0});
        assertEquals(1002, client.nextClose().code());
        client.expectEnd();
      }
      Wait.until("it is closed", () -> server.server().info().openConnections() == 0);
      server.server().drain(Duration.ofSeconds(1));
    }
    return all;
  }

  private static String text(TelemetryEvent event) {
    return switch (event) {
      case WebSocketUpgraded upgraded -> "upgraded " + upgraded.subprotocol();
      case WebSocketFrameIn in -> "in " + in.opcode() + " " + in.payloadBytes();
      case WebSocketFrameOut out -> "out " + out.opcode() + " " + out.payloadBytes();
      case WebSocketFrameRejected rejected -> "rejected " + rejected.reason();
      case WebSocketClosed closed -> "closed " + closed.closeCode();
      case RequestStopped stopped -> stopped.status() + " " + stopped.kind();
      case ConnectionClosed closed -> "connection " + closed.reason();
      default -> "";
    };
  }

  @ParameterizedTest
  @EnumSource
  void telemetryIsToldOfEveryFrame(Execution execution) throws Exception {
    List<String> events =
        told(execution).stream().map(HandlerTest::text).filter(t -> !t.isEmpty()).toList();
    assertEquals(
        List.of(
            "101 " + ResponseKind.UPGRADE,
            "upgraded chat",
            "in 1 3",
            "out 1 3",
            "in 9 1",
            "out 10 1",
            "rejected LENGTH_NOT_MINIMAL",
            "out 8 34",
            "closed 1002",
            "connection " + CloseReason.PROTOCOL_VIOLATION),
        events);
  }

  @Test
  void bytesOfAnyCutAreTheSameMessages() throws Exception {
    try (TestServer server = start(WebSocketOptions.defaults(), handler, Execution.INLINE);
        WsClient client = WsClient.open(server, "/ws")) {
      ByteBuffer all = ByteBuffer.allocate(1000);
      all.put(WsClient.frame(0x01, new byte[] {'a'}));
      all.put(WsClient.frame(0x89, new byte[] {'p'}));
      all.put(WsClient.frame(0x80, new byte[200]));
      byte[] bytes = Arrays.copyOf(all.array(), all.position());
      for (byte one : bytes) {
        client.raw(new byte[] {one});
      }
      assertEquals("p", client.nextPong());
      assertArrayEquals(
          ("a" + "\0".repeat(200)).getBytes(StandardCharsets.US_ASCII),
          client.nextText().getBytes(StandardCharsets.US_ASCII));
    }
  }
}
