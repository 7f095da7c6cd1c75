package io.roadrunner.server.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.deflate.DeflateConfig;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Route.Execution;
import io.roadrunner.server.Routes;
import io.roadrunner.server.WebSocketOptions;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import io.roadrunner.server.testkit.WsClient;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a handler is told and what it sends, inline and on a virtual thread. */
class SessionTest {

  private final RecordingHandler handler = new RecordingHandler();

  private TestServer start(Execution execution) throws IOException {
    return start(execution, WebSocketOptions.defaults());
  }

  private TestServer start(Execution execution, WebSocketOptions options) throws IOException {
    Route route = Route.get("/ws", request -> Response.webSocket(options, handler));
    return TestServer.start(
        Routes.builder().add(execution == Execution.INLINE ? route.inline() : route));
  }

  @ParameterizedTest
  @EnumSource
  void messagesOfBothKindsComeBack(Execution execution) throws Exception {
    try (TestServer server = start(execution);
        WsClient client = WsClient.open(server, "/ws")) {
      assertEquals("héllo", client.text("héllo").nextText());
      byte[] bytes = new byte[100_000];
      new Random(7).nextBytes(bytes);
      assertArrayEquals(bytes, client.binary(bytes).nextBinary());
      assertEquals("abc", client.fragment("a", "b", "c").nextText());
      client.close(4001, "bye");
      assertEquals(4001, client.nextClose().code());
      client.expectEnd();
      assertEquals("open", handler.next());
      assertEquals("text héllo", handler.next());
      assertEquals("binary 100000", handler.next());
      assertEquals("text abc", handler.next());
      assertEquals("close 4001 bye", handler.next());
    }
    assertTrue(handler.rest().isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F22 frames that come in one packet with the handshake are not lost")
  void framesThatComeWithTheHandshake(Execution execution) throws Exception {
    try (TestServer server = start(execution)) {
      Socket socket = WsClient.socket(server.server().address());
      ByteBuffer all = ByteBuffer.allocate(1000);
      all.put(WsClient.handshake("/ws").getBytes(StandardCharsets.US_ASCII));
      all.put(WsClient.frame(0x81, "first".getBytes(StandardCharsets.US_ASCII)));
      all.put(WsClient.frame(0x81, "second".getBytes(StandardCharsets.US_ASCII)), 0, 4);
      byte[] request = new byte[all.position()];
      all.flip().get(request);
      try (WsClient client = WsClient.open(socket, request)) {
        assertEquals("first", client.nextText());
        byte[] rest = WsClient.frame(0x81, "second".getBytes(StandardCharsets.US_ASCII));
        client.raw(java.util.Arrays.copyOfRange(rest, 4, rest.length));
        assertEquals("second", client.nextText());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void pingsAreAnsweredAndPongsTold(Execution execution) throws Exception {
    try (TestServer server = start(execution);
        WsClient client = WsClient.open(server, "/ws")) {
      assertEquals("one", client.ping("one").nextPong());
      client.pong("unasked");
      assertEquals("open", handler.next());
      assertEquals("pong unasked", handler.next());
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("W14 a peer that answers no Close frame is cut off by the deadline")
  void noAnswerToClose(Execution execution) throws Exception {
    WebSocketOptions options =
        WebSocketOptions.builder().closeTimeout(Duration.ofMillis(50)).build();
    try (TestServer server = start(execution, options);
        WsClient client = WsClient.open(server, "/ws")) {
      assertEquals("open", handler.next());
      handler.session().close(3000, "enough");
      assertFalse(handler.session().isOpen());
      assertEquals(3000, client.nextClose().code());
      client.expectEnd();
      assertEquals("close 3000 ", handler.next());
    }
  }

  @ParameterizedTest
  @EnumSource
  void compressedMessagesComeBack(Execution execution) throws Exception {
    WebSocketOptions options =
        WebSocketOptions.builder().compression(DeflateConfig.defaults()).build();
    try (TestServer server = start(execution, options);
        WsClient client = WsClient.compressed(server, "/ws", DeflateConfig.defaults())) {
      assertTrue(client.head().contains("sec-websocket-extensions: permessage-deflate"));
      String text = "the same again and again, ".repeat(5000);
      assertEquals(text, client.text(text).nextText());
      assertEquals(text, client.text(text).nextText());
      assertEquals("short", client.text("short").nextText());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDrainTellsTheHandlerAndClosesWith1001(Execution execution) throws Exception {
    try (TestServer server = start(execution);
        WsClient client = WsClient.open(server, "/ws")) {
      assertEquals("open", handler.next());
      Thread drain = Thread.ofVirtual().start(() -> drain(server));
      assertEquals(1001, client.nextClose().code());
      client.finish(1001);
      client.shutdownOutput();
      assertEquals("drain", handler.next());
      assertEquals("close 1001 ", handler.next());
      assertTrue(drain.join(Wait.PATIENCE));
    }
  }

  private static void drain(TestServer server) {
    try {
      server.server().drain(Duration.ofSeconds(20));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
