package io.roadrunner.server;

import io.roadrunner.server.http1.Http1Connection;
import io.roadrunner.server.http1.Http1Settings;
import io.roadrunner.server.http2.Http2Protocol;
import io.roadrunner.server.http2.Http2Settings;
import io.roadrunner.server.net.FirstBytes;
import io.roadrunner.server.net.ProtocolFactory;
import io.roadrunner.server.pipeline.Dispatcher;
import io.roadrunner.server.websocket.Agreement;
import io.roadrunner.server.websocket.WebSocketUpgrades;
import java.util.ArrayList;
import java.util.List;

/** Chooses what a connection speaks. */
final class Protocols {

  // RFC 7301 §6, RFC 9113 §3.1
  private static final String HTTP_1_1 = "http/1.1";
  private static final String HTTP_2 = "h2";

  private Protocols() {}

  /** Returns what the protocols of a server are called in ALPN, the preferred one first. */
  static List<String> names(ServerConfig config) {
    List<String> names = new ArrayList<>();
    if (config.protocols().contains(HttpVersion.HTTP_2)) {
      names.add(HTTP_2);
    }
    if (config.protocols().contains(HttpVersion.HTTP_1_1)) {
      names.add(HTTP_1_1);
    }
    return names;
  }

  static ProtocolFactory of(ServerConfig config, Dispatcher dispatcher) {
    ServerLimits limits = config.limits();
    Http1Settings settings1 = new Http1Settings(config.http1(), limits, dispatcher);
    Http2Settings settings2 =
        new Http2Settings(
            config.http2(),
            limits,
            dispatcher,
            new WebSocketUpgrades(new Agreement.Context(limits, dispatcher)));
    ProtocolFactory http1 = (connection, alpn) -> new Http1Connection(connection, settings1);
    ProtocolFactory http2 = (connection, alpn) -> new Http2Protocol(connection, settings2);
    if (!config.protocols().contains(HttpVersion.HTTP_2)) {
      return http1;
    }
    if (!config.protocols().contains(HttpVersion.HTTP_1_1)) {
      return http2;
    }
    return (connection, alpn) -> {
      if (connection.tls().isPresent()) {
        return (alpn.equals(HTTP_2) ? http2 : http1).create(connection, alpn);
      }
      return new FirstBytes(connection, http2, http1, limits.headTimeout(), limits.drainQuiet());
    };
  }
}
