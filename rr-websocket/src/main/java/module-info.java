/** WebSocket: handshake rules, frames and messages. */
module io.roadrunner.websocket {
  requires static org.jspecify;

  exports io.roadrunner.websocket;
}
