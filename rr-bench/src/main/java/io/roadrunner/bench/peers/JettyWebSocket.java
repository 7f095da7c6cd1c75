package io.roadrunner.bench.peers;

import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** An echo server for WebSocket at {@code /ws/echo} with Jetty. Argument: the port. */
public final class JettyWebSocket {

  private static final int LARGEST = 64 << 20;

  private JettyWebSocket() {}

  /** Serves until the process ends. */
  public static void main(String[] args) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setPort(Integer.parseInt(args[0]));
    server.addConnector(connector);
    server.setHandler(
        WebSocketUpgradeHandler.from(
            server,
            container -> {
              container.setMaxTextMessageSize(LARGEST);
              container.setMaxBinaryMessageSize(LARGEST);
              container.setMaxFrameSize(LARGEST);
              container.addMapping("/ws/echo", (request, response, callback) -> new Echo());
            }));
    server.start();
    server.join();
  }

  /** Public, since the container looks for its methods. */
  public static final class Echo extends Session.Listener.AbstractAutoDemanding {
    @Override
    public void onWebSocketText(String message) {
      getSession().sendText(message, Callback.NOOP);
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
      getSession().sendBinary(payload, callback);
    }
  }
}
