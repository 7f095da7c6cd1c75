package io.roadrunner.server.http1;

import io.roadrunner.http1.Http1Encoder;
import io.roadrunner.server.Headers;
import io.roadrunner.server.Response;
import io.roadrunner.server.ResponseBody;
import io.roadrunner.server.net.Connection;
import io.roadrunner.server.websocket.Agreement;
import io.roadrunner.server.websocket.Opening;
import io.roadrunner.server.websocket.WebSocketProtocol;
import java.nio.ByteBuffer;

/** The change from HTTP/1.1 to WebSocket (RFC 9110 §7.8, RFC 6455 §4.2.2). */
final class Upgrade {

  private static final int SWITCHING_PROTOCOLS = 101;

  private Upgrade() {}

  /** Tells whether a response wants another protocol. */
  static boolean wantedBy(Response response) {
    return response.body() instanceof ResponseBody.WebSocket;
  }

  /** Decides what becomes of such a response. */
  static Opening decide(Http1Exchange exchange, Response response, Http1Settings settings) {
    if (!(response.body() instanceof ResponseBody.WebSocket body)) {
      throw new IllegalArgumentException("not an upgrade");
    }
    Agreement.Context context = new Agreement.Context(settings.limits(), settings.dispatcher());
    return Opening.of(exchange.request(), response, body, context);
  }

  /** Returns an upper bound for the bytes of the answer. */
  static int headSize(Opening.Agreed agreed) {
    return ResponseHead.maxSize(agreed.headers());
  }

  /** Writes the answer; the next byte on the connection belongs to the new protocol. */
  static void writeHead(Opening.Agreed agreed, ByteBuffer out) {
    Http1Encoder.statusLine(SWITCHING_PROTOCOLS, out);
    Headers headers = agreed.headers();
    for (int i = 0; i < headers.size(); i++) {
      Http1Encoder.fieldLine(headers.name(i), headers.value(i), out);
    }
    Http1Encoder.endOfHead(out);
  }

  /** Changes the protocol, after the answer was sent; for the owner of the connection. */
  static WebSocketProtocol switchOver(
      Http1Exchange exchange, Response response, Opening.Agreed agreed, Connection connection) {
    Agreement agreement = agreed.agreement();
    agreement
        .context()
        .dispatcher()
        .reports()
        .stopped(exchange.request(), SWITCHING_PROTOCOLS, response.body(), 0, 0);
    WebSocketProtocol next = new WebSocketProtocol(connection, agreement);
    connection.switchTo(next);
    return next;
  }
}
