package io.roadrunner.server.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.WebSocketMessage;
import io.roadrunner.server.WebSocketOptions;
import io.roadrunner.server.WebSocketSession;
import io.roadrunner.server.WebSocketSession.Offer;
import io.roadrunner.server.net.PeerPace;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.WsClient;
import io.roadrunner.server.websocket.Deadlines.Due;
import io.roadrunner.websocket.CloseHandshake.State;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each time and size of {@link WebSocketOptions}, right before it and at it. */
class OptionLimitsTest {

  private static final long SECOND = 1_000_000_000;

  private static Deadlines deadlines(WebSocketOptions.Builder options) {
    return new Deadlines(
        options.build(), PeerPace.of(100, Duration.ofSeconds(1), Duration.ofSeconds(30)));
  }

  private static Due due(Deadlines deadlines, long now, State state) {
    return deadlines.due(now, state, 0, false);
  }

  @Test
  void aPingIsDueAfterSilenceAndItsAnswerAfterThat() {
    long before = System.nanoTime();
    Deadlines deadlines = deadlines(WebSocketOptions.builder());
    long after = System.nanoTime();
    assertEquals(Due.NOTHING, due(deadlines, before + 30 * SECOND - 1, State.OPEN));
    long ping = after + 30 * SECOND;
    assertEquals(Due.ASK_FOR_LIFE, due(deadlines, ping, State.OPEN));
    assertEquals(Due.NOTHING, due(deadlines, ping + 20 * SECOND - 1, State.OPEN));
    assertEquals(Due.NO_LIFE, due(deadlines, ping + 20 * SECOND, State.OPEN));
    deadlines.received();
    assertEquals(Due.NOTHING, due(deadlines, System.nanoTime(), State.OPEN));
  }

  @Test
  void nobodyIsAskedWhereTheIntervalIsZero() {
    Deadlines deadlines = deadlines(WebSocketOptions.builder().pingInterval(Duration.ZERO));
    long now = System.nanoTime() + Duration.ofDays(1).toNanos();
    assertEquals(Due.NOTHING, due(deadlines, now, State.OPEN));
  }

  @Test
  void aSessionIsIdleWhenTheTimeHasPassedSinceItsLastMessage() {
    Deadlines deadlines =
        deadlines(
            WebSocketOptions.builder()
                .pingInterval(Duration.ZERO)
                .idleTimeout(Duration.ofSeconds(7)));
    long message = System.nanoTime();
    deadlines.message(message);
    assertEquals(Due.NOTHING, due(deadlines, message + 7 * SECOND - 1, State.OPEN));
    assertEquals(Due.IDLE, due(deadlines, message + 7 * SECOND, State.OPEN));
  }

  @Test
  void theAnswerToCloseIsWaitedForSoLong() {
    Deadlines deadlines = deadlines(WebSocketOptions.builder());
    long sent = System.nanoTime();
    long end = sent + 5 * SECOND;
    assertEquals(Due.NOTHING, deadlines.due(end - 1, State.CLOSE_SENT, sent, false));
    assertEquals(Due.NO_ANSWER_TO_CLOSE, deadlines.due(end, State.CLOSE_SENT, sent, false));
  }

  @Test
  void theOwnAnswerToCloseIsLateThen() {
    Deadlines deadlines = deadlines(WebSocketOptions.builder());
    long before = System.nanoTime();
    deadlines.endReceived();
    long after = System.nanoTime();
    assertEquals(Due.NOTHING, due(deadlines, before + 5 * SECOND - 1, State.CLOSE_RECEIVED));
    assertEquals(Due.ANSWER_IS_LATE, due(deadlines, after + 5 * SECOND, State.CLOSE_RECEIVED));
  }

  /** Nothing leaves while a callback runs on the loop, so what has been offered waits. */
  @ParameterizedTest
  @CsvSource({"1023, TAKEN TAKEN FULL", "1024, TAKEN FULL FULL"})
  void theQueueIsFullAtItsLimit(int frameBytes, String offers) throws Exception {
    // A header of 4 bytes (RFC 6455 §5.2).
    WebSocketMessage message = WebSocketMessage.binary(ByteBuffer.allocate(frameBytes - 4));
    RecordingHandler offering =
        new RecordingHandler() {
          @Override
          public void text(WebSocketSession session, String text) {
            Offer first = session.offer(message);
            assertEquals(frameBytes, session.queuedBytes());
            note(first + " " + session.offer(message) + " " + session.offer(message));
          }
        };
    WebSocketOptions options = WebSocketOptions.builder().outgoingQueueBytes(1024).build();
    Route route = Route.get("/ws", request -> Response.webSocket(options, offering));
    try (TestServer server = TestServer.start(Routes.builder().add(route.inline()));
        WsClient client = WsClient.open(server, "/ws")) {
      client.text("go");
      assertEquals("open", offering.next());
      assertEquals(offers, offering.next());
      assertTrue(offering.session().isOpen());
    }
  }
}
