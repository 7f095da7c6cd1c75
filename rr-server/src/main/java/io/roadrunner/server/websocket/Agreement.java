package io.roadrunner.server.websocket;

import io.roadrunner.deflate.DeflateParameters;
import io.roadrunner.server.ServerLimits;
import io.roadrunner.server.WebSocketHandler;
import io.roadrunner.server.WebSocketOptions;
import io.roadrunner.server.pipeline.Dispatcher;
import io.roadrunner.server.pipeline.ServerRequest;
import java.util.Optional;

/**
 * What a handshake has led to.
 *
 * @param request that opened the session
 * @param handler who gets the messages
 * @param options of the response
 * @param subprotocol that was chosen
 * @param compression that was agreed on
 * @param context what all sessions of the listener share
 */
public record Agreement(
    ServerRequest request,
    WebSocketHandler handler,
    WebSocketOptions options,
    Optional<String> subprotocol,
    Optional<DeflateParameters> compression,
    Context context) {

  /**
   * What all sessions of a listener share.
   *
   * @param limits of the server
   * @param dispatcher permits and reports
   */
  public record Context(ServerLimits limits, Dispatcher dispatcher) {}
}
