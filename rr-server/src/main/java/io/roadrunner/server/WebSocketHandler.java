package io.roadrunner.server;

import io.roadrunner.websocket.MessageKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What an application does with WebSockets (RFC 6455), see {@link Response#webSocket}. Each method
 * has a default that does nothing, so that a handler has only those that it needs. One handler may
 * serve any number of sessions.
 *
 * <p>The methods are called one at a time for each session, in the order in which things happened.
 * They run on a virtual thread and may block; where the route is {@linkplain Route#inline() inline}
 * they run on the event loop and must not. While a method runs no further message is taken in,
 * apart from a few that wait; so a slow handler slows its peer down.
 *
 * <p>Of a client that is gone again before its session has begun, the handler hears nothing,
 * neither {@link #open} nor {@link #close}.
 *
 * <p>A method that throws ends its session: {@link #error} is told, and the peer gets a Close frame
 * with the code 1011.
 */
public interface WebSocketHandler {

  /**
   * The handshake has succeeded; called before anything else.
   *
   * @param session the new session
   * @throws Exception to end the session with code 1011
   */
  default void open(WebSocketSession session) throws Exception {}

  /**
   * A text message has arrived.
   *
   * @param session whose message it is
   * @param message the whole message
   * @throws Exception to end the session with code 1011
   */
  default void text(WebSocketSession session, String message) throws Exception {}

  /**
   * A binary message has arrived.
   *
   * @param session whose message it is
   * @param message the whole message; on an inline route only valid during the call
   * @throws Exception to end the session with code 1011
   */
  default void binary(WebSocketSession session, ByteBuffer message) throws Exception {}

  /**
   * A message of either kind has arrived. The default decodes text, and calls {@link #text} or
   * {@link #binary}; a handler that only passes messages on spares that by having this method.
   *
   * @param session whose message it is
   * @param kind text or binary
   * @param payload the whole message, of text its valid UTF-8; on an inline route only valid during
   *     the call
   * @throws Exception to end the session with code 1011
   */
  default void message(WebSocketSession session, MessageKind kind, ByteBuffer payload)
      throws Exception {
    switch (kind) {
      case TEXT -> text(session, StandardCharsets.UTF_8.decode(payload).toString());
      case BINARY -> binary(session, payload);
    }
  }

  /**
   * Bytes of a message have arrived, called instead of {@link #message} where the options say
   * {@link WebSocketOptions.Delivery#IN_PARTS}: messages of any length, without the memory for
   * them.
   *
   * @param session whose message it is
   * @param part the next bytes of the message
   * @throws Exception to end the session with code 1011
   */
  default void part(WebSocketSession session, WebSocketPart part) throws Exception {}

  /**
   * A Pong frame has arrived; those that answer the server's own pings are among them.
   *
   * @param session whose pong it is
   * @param payload at most 125 bytes; on an inline route only valid during the call
   * @throws Exception to end the session with code 1011
   */
  default void pong(WebSocketSession session, ByteBuffer payload) throws Exception {}

  /**
   * The session has ended; called once, after everything else.
   *
   * @param session which sends nothing any more
   * @param code of the peer's Close frame, 1005 if it had none; else of the one that was sent to
   *     it; 1006 if the connection broke without either
   * @param reason what the Close frame said, may be empty
   * @throws Exception to have it logged
   */
  default void close(WebSocketSession session, int code, String reason) throws Exception {}

  /**
   * A method of this handler threw; the session ends.
   *
   * @param session whose method it was
   * @param cause what was thrown
   */
  default void error(WebSocketSession session, Throwable cause) {}

  /**
   * The server is about to end. As soon as this returns, the peer gets a Close frame with the code
   * 1001; the default returns at once.
   *
   * @param session which may still send
   * @param deadline when the connection will be cut off
   * @throws Exception to end the session with code 1011
   */
  default void drain(WebSocketSession session, Instant deadline) throws Exception {}
}
