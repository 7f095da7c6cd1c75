package io.roadrunner.server.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.deflate.DeflateConfig;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.WebSocketMessage;
import io.roadrunner.server.WebSocketOptions;
import io.roadrunner.server.WebSocketOutput;
import io.roadrunner.server.WebSocketSession;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.WsClient;
import io.roadrunner.websocket.MessageKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 §5.4: fragments of one message are not mixed with those of another. */
class TurnTest {

  /** Answers each message twice, on the loop. */
  private static final class Twice extends RecordingHandler {
    @Override
    public void text(WebSocketSession session, String message) throws Exception {
      session.sendText(message + " as text");
      session.send(WebSocketMessage.text(message + " in a frame"));
      note("answered");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatALoopSendsWithinAMessageComesBehindIt(boolean compressed) throws Exception {
    Twice handler = new Twice();
    WebSocketOptions.Builder builder = WebSocketOptions.builder();
    if (compressed) {
      builder.compression(DeflateConfig.defaults().withMinMessageBytes(1));
    }
    WebSocketOptions options = builder.build();
    Route route = Route.get("/ws", request -> Response.webSocket(options, handler)).inline();
    try (TestServer server = TestServer.start(Routes.builder().add(route));
        WsClient client = WsClient.compressed(server, "/ws", DeflateConfig.defaults())) {
      assertEquals("open", handler.next());
      WebSocketOutput out = handler.session().begin(MessageKind.TEXT);
      out.write(ByteBuffer.wrap("first, ".getBytes(StandardCharsets.US_ASCII)));
      out.flush();
      client.text("hello");
      assertEquals("answered", handler.next());
      assertTrue(handler.session().queuedBytes() > 0);
      out.write(ByteBuffer.wrap("then".getBytes(StandardCharsets.US_ASCII)));
      out.close();
      assertEquals("first, then", client.nextText());
      assertEquals("hello as text", client.nextText());
      assertEquals("hello in a frame", client.nextText());
    }
  }
}
