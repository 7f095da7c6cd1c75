package io.roadrunner.websocket;

/**
 * The catalogue of what a peer can do wrong once the connection is open, each with the close code
 * to answer with. What a handshake can have wrong is a {@link Refused} instead.
 */
public enum WebSocketViolation {
  // Frames
  /** Reserved bit without an extension. */
  RESERVED_BIT(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.2", "reserved bit without an extension"),
  /** RSV1 on a frame that does not start a message. */
  COMPRESSED_CONTINUATION(
      CloseCode.PROTOCOL_ERROR, "RFC 7692 §6.1", "RSV1 on a frame that does not start a message"),
  /** Reserved opcode. */
  RESERVED_OPCODE(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.2", "reserved opcode"),
  /** Unmasked frame from a client. */
  MISSING_MASK(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.1", "unmasked frame from a client"),
  /** Masked frame from a server. */
  UNEXPECTED_MASK(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.1", "masked frame from a server"),
  /** Length in more bytes than needed. */
  LENGTH_NOT_MINIMAL(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.2", "length in more bytes than needed"),
  /** Length of 2^63 or more. */
  LENGTH_TOP_BIT(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.2", "length of 2^63 or more"),
  /** Frame over the limit. */
  FRAME_TOO_LARGE(CloseCode.TOO_LARGE, "RFC 6455 §10.4", "frame over the limit"),

  // Messages
  /** Continuation without a message to continue. */
  UNEXPECTED_CONTINUATION(
      CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.4", "continuation without a message to continue"),
  /** New message within a fragmented one. */
  INTERRUPTED_MESSAGE(
      CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.4", "new message within a fragmented one"),
  /** Message over the limit. */
  MESSAGE_TOO_LARGE(CloseCode.TOO_LARGE, "RFC 6455 §10.4", "message over the limit"),
  /** Text is not UTF-8. */
  BAD_TEXT(CloseCode.INVALID_DATA, "RFC 6455 §8.1", "text is not UTF-8"),
  /** Malformed compressed payload. */
  BAD_COMPRESSION(CloseCode.INVALID_DATA, "RFC 7692 §7.2.2", "malformed compressed payload"),
  /** Message compressed beyond the limit. */
  RATIO_TOO_HIGH(CloseCode.TOO_LARGE, "RFC 6455 §10.4", "message compressed beyond the limit"),

  // Control frames
  /** Fragmented control frame. */
  FRAGMENTED_CONTROL(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.5", "fragmented control frame"),
  /** Control frame with over 125 bytes of payload. */
  CONTROL_TOO_LONG(
      CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.5", "control frame with over 125 bytes of payload"),
  /** Close code of one byte. */
  TRUNCATED_CLOSE_CODE(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.5.1", "close code of one byte"),
  /** Close code not for the wire. */
  BAD_CLOSE_CODE(CloseCode.PROTOCOL_ERROR, "RFC 6455 §7.4", "close code not for the wire"),
  /** Close reason is not UTF-8. */
  BAD_CLOSE_REASON(CloseCode.INVALID_DATA, "RFC 6455 §5.5.1", "close reason is not UTF-8");

  private final int closeCode;
  private final String section;
  private final String text;

  WebSocketViolation(int closeCode, String section, String text) {
    this.closeCode = closeCode;
    this.section = section;
    this.text = text;
  }

  /**
   * Code of the Close frame to answer with: 1002, 1007 or 1009.
   *
   * @return the code
   */
  public int closeCode() {
    return closeCode;
  }

  /**
   * Where the rule stands, such as {@code RFC 6455 §5.1}.
   *
   * @return RFC and section
   */
  public String section() {
    return section;
  }

  /**
   * What was wrong, in a few words that also fit a close reason.
   *
   * @return no more than 123 bytes of ASCII
   */
  public String text() {
    return text;
  }

  /**
   * For throwing where the rule is enforced, also by whoever implements {@link PayloadTransform}.
   *
   * @return a new exception
   */
  public WebSocketException exception() {
    return new WebSocketException(this);
  }
}
