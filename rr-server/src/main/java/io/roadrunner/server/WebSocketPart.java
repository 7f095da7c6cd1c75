package io.roadrunner.server;

import io.roadrunner.websocket.MessageKind;
import java.nio.ByteBuffer;

/**
 * Some bytes of a message. Parts are cut where the bytes happened to arrive, of text also within a
 * character.
 *
 * @param kind of the message
 * @param bytes on an inline route only valid during the call; may be empty at the end
 * @param position whether more follows
 */
public record WebSocketPart(MessageKind kind, ByteBuffer bytes, Position position) {

  /** Where in its message a part stands. */
  public enum Position {
    /** More parts of the same message follow. */
    MORE_FOLLOWS,
    /** The message ends with this part. */
    LAST
  }
}
