package io.roadrunner.server;

import io.roadrunner.websocket.MessageKind;
import io.roadrunner.websocket.PayloadForm;
import io.roadrunner.websocket.WebSocketWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A message as a value: immutable, so that it can be sent to any number of sessions, and put into a
 * frame only once.
 */
public final class WebSocketMessage {

  private final MessageKind kind;
  private final ByteBuffer frame;
  private final int headerBytes;

  private WebSocketMessage(MessageKind kind, ByteBuffer payload) {
    this.kind = kind;
    WebSocketWriter writer = WebSocketWriter.server();
    headerBytes = writer.headerBytes(payload.remaining());
    ByteBuffer whole = ByteBuffer.allocate(headerBytes + payload.remaining());
    writer.message(kind, PayloadForm.PLAIN, payload, whole);
    frame = whole.flip().asReadOnlyBuffer();
  }

  /**
   * {@return a text message}
   *
   * @param text may not have unpaired surrogates
   * @throws IllegalArgumentException if the text cannot be encoded as UTF-8
   */
  public static WebSocketMessage text(String text) {
    return new WebSocketMessage(MessageKind.TEXT, utf8(text));
  }

  /** Returns the bytes of a text. */
  static ByteBuffer utf8(String text) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the text has an unpaired surrogate", e);
    }
  }

  /**
   * {@return a binary message}
   *
   * @param bytes those between position and limit; copied
   */
  public static WebSocketMessage binary(ByteBuffer bytes) {
    return new WebSocketMessage(MessageKind.BINARY, bytes.duplicate());
  }

  /** {@return text or binary} */
  public MessageKind kind() {
    return kind;
  }

  /** {@return a read-only view of its bytes, of text the UTF-8} */
  public ByteBuffer payload() {
    return frame.slice(headerBytes, frame.limit() - headerBytes);
  }

  /** {@return a read-only view of the frame in which it goes out uncompressed} */
  public ByteBuffer frame() {
    return frame.duplicate();
  }
}
