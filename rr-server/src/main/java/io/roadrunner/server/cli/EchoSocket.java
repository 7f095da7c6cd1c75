package io.roadrunner.server.cli;

import io.roadrunner.deflate.DeflateConfig;
import io.roadrunner.deflate.DeflateLimits;
import io.roadrunner.server.Response;
import io.roadrunner.server.WebSocketHandler;
import io.roadrunner.server.WebSocketOptions;
import io.roadrunner.server.WebSocketSession;
import io.roadrunner.websocket.MessageKind;
import io.roadrunner.websocket.OriginPolicy;
import io.roadrunner.websocket.WebSocketLimits;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@code /ws/echo}: sends every message back as it came. */
final class EchoSocket implements WebSocketHandler {

  private static final int LARGEST = 64 << 20;

  /** There is nothing to protect: pages from anywhere may try it. */
  private static final WebSocketOptions OPTIONS =
      WebSocketOptions.builder()
          .limits(
              WebSocketLimits.defaults().withMaxFrameBytes(LARGEST).withMaxMessageBytes(LARGEST))
          .inflation(DeflateLimits.defaults().withMaxMessageBytes(LARGEST))
          .compression(DeflateConfig.defaults())
          .origins(OriginPolicy.any())
          .build();

  private static final Response RESPONSE = Response.webSocket(OPTIONS, new EchoSocket());

  private EchoSocket() {}

  static Response response() {
    return RESPONSE;
  }

  @Override
  public void message(WebSocketSession session, MessageKind kind, ByteBuffer payload)
      throws IOException {
    session.send(kind, payload);
  }
}
