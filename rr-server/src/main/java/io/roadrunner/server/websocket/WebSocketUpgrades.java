package io.roadrunner.server.websocket;

import io.roadrunner.server.Response;
import io.roadrunner.server.ResponseBody;
import io.roadrunner.server.pipeline.ServerRequest;
import io.roadrunner.server.pipeline.Upgrades;

/**
 * WebSockets on streams of HTTP/2 (RFC 8441).
 *
 * @param context what all sessions of the listener share
 */
public record WebSocketUpgrades(Agreement.Context context) implements Upgrades {

  @Override
  public Outcome of(ServerRequest request, Response response) {
    if (!(response.body() instanceof ResponseBody.WebSocket body)) {
      return new Outcome.Declined(response);
    }
    return switch (Opening.of(request, response, body, context)) {
      case Opening.Declined declined -> new Outcome.Declined(declined.response());
      case Opening.Agreed agreed ->
          new Outcome.Agreed(agreed.headers(), new WebSocketTunnel(agreed.agreement()));
    };
  }
}
