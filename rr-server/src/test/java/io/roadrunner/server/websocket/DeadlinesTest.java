package io.roadrunner.server.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.Response;
import io.roadrunner.server.Routes;
import io.roadrunner.server.WebSocketOptions;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import io.roadrunner.server.testkit.WsClient;
import io.roadrunner.websocket.Close;
import io.roadrunner.websocket.Ping;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Signs of life, silence, and handlers that take long. */
class DeadlinesTest {

  private final RecordingHandler handler = new RecordingHandler();

  private TestServer start(WebSocketOptions.Builder options, RecordingHandler told)
      throws IOException {
    WebSocketOptions built = options.build();
    return TestServer.start(Routes.builder().get("/ws", r -> Response.webSocket(built, told)));
  }

  @Test
  void aSilentPeerIsAskedAndGoesOnWhenItAnswers() throws Exception {
    WebSocketOptions.Builder options =
        WebSocketOptions.builder()
            .pingInterval(Duration.ofMillis(50))
            .pongTimeout(Duration.ofSeconds(60));
    try (TestServer server = start(options, handler);
        WsClient client = WsClient.open(server, "/ws")) {
      for (int i = 0; i < 3; i++) {
        assertTrue(client.next() instanceof Ping);
        client.pong("");
      }
      assertEquals("open", handler.next());
      assertEquals("pong ", handler.next());
    }
  }

  @Test
  void aPeerThatDoesNotAnswerPingsIsGone() throws Exception {
    WebSocketOptions.Builder options =
        WebSocketOptions.builder()
            .pingInterval(Duration.ofMillis(30))
            .pongTimeout(Duration.ofMillis(30));
    try (TestServer server = start(options, handler);
        WsClient client = WsClient.open(server, "/ws")) {
      assertTrue(client.next() instanceof Ping);
      client.expectEnd();
      assertEquals("open", handler.next());
      assertEquals("close 1006 no answer to a ping", handler.next());
    }
  }

  @Test
  void aSessionWithoutMessagesIsClosedWith1001() throws Exception {
    WebSocketOptions.Builder options =
        WebSocketOptions.builder().idleTimeout(Duration.ofMillis(100));
    try (TestServer server = start(options, handler);
        WsClient client = WsClient.open(server, "/ws")) {
      Close close = client.nextClose();
      assertEquals(1001, close.code());
      assertEquals("no message for too long", close.reason());
      client.finish(1001);
      assertEquals("open", handler.next());
      assertEquals("close 1001 ", handler.next());
    }
  }

  @Test
  void messagesInEitherDirectionKeepASession() throws Exception {
    WebSocketOptions.Builder options =
        WebSocketOptions.builder().idleTimeout(Duration.ofMillis(400));
    try (TestServer server = start(options, handler);
        WsClient client = WsClient.open(server, "/ws")) {
      assertEquals("open", handler.next());
      long end = System.nanoTime() + Duration.ofMillis(1200).toNanos();
      int sent = 0;
      while (System.nanoTime() - end < 0) {
        handler.session().sendText("x");
        assertEquals("x", client.nextText());
        sent++;
        Thread.sleep(5);
      }
      assertTrue(sent > 1);
      assertTrue(handler.session().isOpen());
    }
  }

  @Test
  @DisplayName("W14 a Close frame is answered by the deadline, even while a handler hangs")
  void theAnswerToCloseIsNotLate() throws Exception {
    HangingHandler hanging = new HangingHandler();
    WebSocketOptions.Builder options =
        WebSocketOptions.builder().closeTimeout(Duration.ofMillis(50));
    try (TestServer server = start(options, hanging);
        WsClient client = WsClient.open(server, "/ws")) {
      client.text("x");
      assertEquals("open", hanging.next());
      assertEquals("text x", hanging.next());
      client.close(1000, "bye");
      assertEquals(1000, client.nextClose().code());
      client.expectEnd();
      hanging.proceed();
      assertEquals("close 1000 bye", hanging.next());
    }
  }

  @Test
  void aHandlerThatIsBusySlowsItsPeerDown() throws Exception {
    HangingHandler hanging = new HangingHandler();
    try (TestServer server = start(WebSocketOptions.builder(), hanging);
        WsClient client = WsClient.open(server, "/ws")) {
      client.text("first");
      byte[] message = new byte[32 << 10];
      Thread sender = Thread.ofVirtual().start(() -> flood(client, message));
      // More than the buffers of both sides together: it has to wait.
      Wait.until(
          "it waits",
          () ->
              sender.getState() == Thread.State.WAITING
                  || sender.getState() == Thread.State.TIMED_WAITING);
      hanging.proceed();
      for (int i = 0; i < 1000; i++) {
        assertEquals(message.length, client.nextBinary().length);
      }
      assertTrue(sender.join(Wait.PATIENCE));
    }
  }

  private static void flood(WsClient client, byte[] message) {
    try {
      for (int i = 0; i < 1000; i++) {
        client.binary(message);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void optionsAreChecked() {
    WebSocketOptions.Builder options = WebSocketOptions.builder();
    assertThrows(IllegalArgumentException.class, () -> options.outgoingQueueBytes(1023).build());
    options.outgoingQueueBytes(1024).build();
    assertThrows(IllegalArgumentException.class, () -> options.closeTimeout(Duration.ZERO).build());
    options.closeTimeout(Duration.ofMillis(1));
    assertThrows(IllegalArgumentException.class, () -> options.pongTimeout(Duration.ZERO).build());
    options.pongTimeout(Duration.ofMillis(1));
    assertThrows(
        IllegalArgumentException.class, () -> options.idleTimeout(Duration.ofMillis(-1)).build());
    assertEquals(Duration.ofSeconds(30), WebSocketOptions.defaults().pingInterval());
  }
}
