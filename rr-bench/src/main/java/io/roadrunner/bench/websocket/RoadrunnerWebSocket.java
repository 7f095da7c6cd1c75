package io.roadrunner.bench.websocket;

import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.Server;
import io.roadrunner.server.WebSocketHandler;
import io.roadrunner.server.WebSocketSession;
import io.roadrunner.websocket.MessageKind;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An echo server for WebSocket: {@code /ws/echo} on the event loop, {@code /ws/virtual} on virtual
 * threads. Argument: the port.
 */
public final class RoadrunnerWebSocket implements WebSocketHandler {

  private RoadrunnerWebSocket() {}

  /** Serves until the process ends. */
  public static void main(String[] args) throws Exception {
    Response echo = Response.webSocket(new RoadrunnerWebSocket());
    Server.builder()
        .port(Integer.parseInt(args[0]))
        .routes(
            Routes.builder()
                .add(Route.get("/ws/echo", request -> echo).inline())
                .get("/ws/virtual", request -> echo)
                .build())
        .start();
  }

  @Override
  public void message(WebSocketSession session, MessageKind kind, ByteBuffer payload)
      throws IOException {
    session.send(kind, payload);
  }
}
