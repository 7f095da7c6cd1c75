package io.roadrunner.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A whole message.
 *
 * @param kind text or binary
 * @param payload unmasked, decompressed, and UTF-8 if the kind is text. It may be a slice of the
 *     buffer that was read: valid until the reader's next call or until that buffer is written to,
 *     whichever comes first
 */
public record Message(MessageKind kind, ByteBuffer payload) implements MessageEvent {

  /**
   * The payload as text, in a String that stays valid. Leaves the payload's position alone.
   *
   * @return what the payload says in UTF-8
   */
  public String text() {
    byte[] copy = new byte[payload.remaining()];
    payload.get(payload.position(), copy);
    return new String(copy, StandardCharsets.UTF_8);
  }
}
