package io.roadrunner.server;

import io.roadrunner.websocket.MessageKind;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One open WebSocket. All methods may be called from any thread, also outside of the handler's
 * methods. Messages of several threads go out one after the other, never mixed.
 *
 * <p><b>Sending to slow readers.</b> What a session has to send and the network does not take is
 * queued, up to {@link WebSocketOptions#outgoingQueueBytes}. While the queue is full, the methods
 * that send wait, {@link #offer} says so, and on an event loop, which must not wait, the others
 * throw {@link IllegalStateException}. Meanwhile nothing more is read from the peer either. A peer
 * that takes fewer bytes than {@link ServerLimits#minBytesPerSecond} asks for is cut off.
 */
public interface WebSocketSession {

  /**
   * Sends a text message.
   *
   * @param message may not have unpaired surrogates
   * @throws IOException if the session has ended
   * @throws IllegalArgumentException if the text cannot be encoded as UTF-8
   */
  void sendText(String message) throws IOException;

  /**
   * Sends a binary message.
   *
   * @param message the bytes between position and limit; may be used again after the call
   * @throws IOException if the session has ended
   */
  void sendBinary(ByteBuffer message) throws IOException;

  /**
   * Sends a message of either kind.
   *
   * @param kind text or binary
   * @param payload the bytes between position and limit, for text valid UTF-8, which is not checked
   *     again; may be used again after the call
   * @throws IOException if the session has ended
   */
  void send(MessageKind kind, ByteBuffer payload) throws IOException;

  /**
   * Sends a message that goes to more than one session, or was made before.
   *
   * @param message the message
   * @throws IOException if the session has ended
   */
  void send(WebSocketMessage message) throws IOException;

  /**
   * Sends a message if that is possible without waiting.
   *
   * @param message the message
   * @return what has become of it
   */
  Offer offer(WebSocketMessage message);

  /** What becomes of a message that was offered. */
  enum Offer {
    /** It will be sent. */
    TAKEN,
    /** The queue is full: it is dropped. */
    FULL,
    /** The session has ended: it is dropped. */
    CLOSED
  }

  /**
   * Begins a message that is sent while it is made, as fragments. Other messages wait until it is
   * closed; pings and the end of the session do not. Not on an event loop.
   *
   * @param kind text or binary
   * @return takes the bytes of the message, for text valid UTF-8, which is not checked; its {@code
   *     close()} ends the message, and must be called
   * @throws IOException if the session has ended
   */
  WebSocketOutput begin(MessageKind kind) throws IOException;

  /**
   * Sends a Ping frame, also within a message.
   *
   * @param payload at most 125 bytes between position and limit
   * @throws IOException if the session has ended
   */
  void ping(ByteBuffer payload) throws IOException;

  /**
   * Sends a Close frame, after what has been sent before, and ends the session once the peer has
   * answered it, or has not done so for {@link WebSocketOptions#closeTimeout}. Does not wait; a
   * session that has ended stays as it is.
   *
   * @param code 1000 to 1003, 1007 to 1014 or 3000 to 4999 (RFC 6455 §7.4)
   * @param reason at most 123 bytes of UTF-8, may be empty
   */
  void close(int code, String reason);

  /** Ends the session with the code 1000. */
  default void close() {
    close(1000, "");
  }

  /** {@return whether messages can be sent} */
  boolean isOpen();

  /** {@return how many bytes wait for the network} */
  long queuedBytes();

  /** {@return the request that opened the session; its body is empty} */
  Request request();

  /** {@return the peer's address} */
  SocketAddress peer();

  /** {@return the subprotocol that was agreed on} */
  Optional<String> subprotocol();

  /** {@return values of the application; for the handler's methods, see {@link Attributes}} */
  Attributes attributes();
}
