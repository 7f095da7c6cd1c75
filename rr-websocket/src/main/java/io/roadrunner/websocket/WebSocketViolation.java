package io.roadrunner.websocket;

/**
 * The catalogue of what a peer can do wrong once the connection is open, each with the close code
 * to answer with. What a handshake can have wrong is a {@link Refused} instead.
 */
public enum WebSocketViolation {
  // Frames
  RESERVED_BIT(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.2", "reserved bit without an extension"),
  COMPRESSED_CONTINUATION(
      CloseCode.PROTOCOL_ERROR, "RFC 7692 §6.1", "RSV1 on a frame that does not start a message"),
  RESERVED_OPCODE(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.2", "reserved opcode"),
  MISSING_MASK(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.1", "unmasked frame from a client"),
  UNEXPECTED_MASK(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.1", "masked frame from a server"),
  LENGTH_NOT_MINIMAL(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.2", "length in more bytes than needed"),
  LENGTH_TOP_BIT(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.2", "length of 2^63 or more"),
  FRAME_TOO_LARGE(CloseCode.TOO_LARGE, "RFC 6455 §10.4", "frame over the limit"),

  // Messages
  UNEXPECTED_CONTINUATION(
      CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.4", "continuation without a message to continue"),
  INTERRUPTED_MESSAGE(
      CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.4", "new message within a fragmented one"),
  MESSAGE_TOO_LARGE(CloseCode.TOO_LARGE, "RFC 6455 §10.4", "message over the limit"),
  BAD_TEXT(CloseCode.INVALID_DATA, "RFC 6455 §8.1", "text is not UTF-8"),
  BAD_COMPRESSION(CloseCode.INVALID_DATA, "RFC 7692 §7.2.2", "malformed compressed payload"),

  // Control frames
  FRAGMENTED_CONTROL(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.5", "fragmented control frame"),
  CONTROL_TOO_LONG(
      CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.5", "control frame with over 125 bytes of payload"),
  TRUNCATED_CLOSE_CODE(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.5.1", "close code of one byte"),
  BAD_CLOSE_CODE(CloseCode.PROTOCOL_ERROR, "RFC 6455 §7.4", "close code not for the wire"),
  BAD_CLOSE_REASON(CloseCode.INVALID_DATA, "RFC 6455 §5.5.1", "close reason is not UTF-8");

  private final int closeCode;
  private final String section;
  private final String text;

  WebSocketViolation(int closeCode, String section, String text) {
    this.closeCode = closeCode;
    this.section = section;
    this.text = text;
  }

  /** Code of the Close frame to answer with: 1002, 1007 or 1009. */
  public int closeCode() {
    return closeCode;
  }

  /** Where the rule stands, such as {@code RFC 6455 §5.1}. */
  public String section() {
    return section;
  }

  /** What was wrong, in a few words that also fit a close reason. */
  public String text() {
    return text;
  }

  /**
   * For throwing where the rule is enforced, also by whoever implements {@link PayloadTransform}.
   */
  public WebSocketException exception() {
    return new WebSocketException(this);
  }
}
