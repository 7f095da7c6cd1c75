package io.roadrunner.deflate;

/**
 * The catalogue of what a peer can do wrong, each with the close code to fail the connection with.
 *
 * <p>RFC 7692 names no code for payload that does not decompress. 1007, "data not consistent with
 * the type of the message" (RFC 6455 §7.4.1), is what most implementations send.
 */
public enum DeflateViolation {
  // Messages
  /** Payload that is not DEFLATE. */
  INVALID_DATA(DeflateViolation.BAD_PAYLOAD, "RFC 7692 §7.2.2", "payload is not DEFLATE"),
  /** Payload that ends within a block. */
  TRUNCATED_DATA(
      DeflateViolation.BAD_PAYLOAD, "RFC 7692 §7.2.2", "payload ends within a DEFLATE block"),
  /** More plain bytes than {@link DeflateLimits#maxMessageBytes}. */
  MESSAGE_TOO_LARGE(DeflateViolation.TOO_BIG, "RFC 6455 §10.4", "message over the limit"),
  /** More plain bytes for each compressed one than {@link DeflateLimits#maxRatio}. */
  RATIO_TOO_HIGH(DeflateViolation.TOO_BIG, "RFC 6455 §10.4", "message compressed beyond the limit"),

  // The server's answer to a client's offers
  /** The extension was accepted twice. */
  REPEATED_EXTENSION(DeflateViolation.PROTOCOL, "RFC 7692 §5", "extension accepted twice"),
  /** Parameter that the extension does not have. */
  UNKNOWN_PARAMETER(DeflateViolation.PROTOCOL, "RFC 7692 §7.1", "unknown parameter"),
  /** Parameter that came twice. */
  REPEATED_PARAMETER(DeflateViolation.PROTOCOL, "RFC 7692 §7.1", "repeated parameter"),
  /** Value where none belongs, none where one belongs, or one out of range. */
  BAD_PARAMETER_VALUE(DeflateViolation.PROTOCOL, "RFC 7692 §7.1", "bad value of a parameter"),
  /** Parameters that answer none of the offers. */
  MATCHES_NO_OFFER(
      DeflateViolation.PROTOCOL, "RFC 7692 §5.1", "parameters that answer none of the offers");

  private static final int PROTOCOL = 1002;
  private static final int BAD_PAYLOAD = 1007;
  private static final int TOO_BIG = 1009;

  private final int closeCode;
  private final String section;
  private final String text;

  DeflateViolation(int closeCode, String section, String text) {
    this.closeCode = closeCode;
    this.section = section;
    this.text = text;
  }

  /** {@return the code for the Close frame (RFC 6455 §7.4.1): 1002, 1007 or 1009} */
  public int closeCode() {
    return closeCode;
  }

  /** {@return where the rule stands, such as {@code RFC 7692 §7.1}} */
  public String section() {
    return section;
  }

  /** {@return what was wrong, in a few lower-case words} */
  public String text() {
    return text;
  }

  DeflateException exception() {
    return new DeflateException(this);
  }
}
