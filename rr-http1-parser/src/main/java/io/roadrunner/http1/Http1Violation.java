package io.roadrunner.http1;

/**
 * The catalogue of what a peer can do wrong. The status code is the one to answer a request with; a
 * client that meets a violation in a response can only close the connection.
 */
public enum Http1Violation {
  // Start lines
  TOO_MANY_EMPTY_LINES(400, "RFC 9112 §2.2", "too many empty lines before the request line"),
  BAD_METHOD(400, "RFC 9112 §3.1", "method is not a token followed by one space"),
  METHOD_TOO_LONG(501, "RFC 9112 §3", "method longer than any that is known"),
  REQUEST_LINE_TOO_LONG(414, "RFC 9112 §3", "request line over the limit"),
  BAD_REQUEST_LINE(400, "RFC 9112 §3", "request line is not method SP target SP version CRLF"),
  BAD_VERSION(400, "RFC 9112 §2.3", "malformed HTTP version"),
  UNSUPPORTED_VERSION(505, "RFC 9110 §15.6.6", "major version of HTTP is not 1"),
  STATUS_LINE_TOO_LONG(400, "RFC 9112 §4", "status line over the limit"),
  BAD_STATUS_LINE(400, "RFC 9112 §4", "status line is not version SP code SP reason CRLF"),

  // Target and Host
  BAD_TARGET_BYTE(400, "RFC 9112 §3.2", "byte that a request target cannot have"),
  BAD_ESCAPE(400, "RFC 3986 §2.1", "percent sign without two hexadecimal digits in the target"),
  BAD_TARGET_FORM(400, "RFC 9112 §3.2", "request target in none of the four forms"),
  TARGET_NOT_FOR_METHOD(400, "RFC 9112 §3.2", "form of the request target not for this method"),
  BAD_AUTHORITY(400, "RFC 9112 §3.2", "malformed authority in the request target"),
  MISSING_HOST(400, "RFC 9112 §3.2", "no Host field"),
  REPEATED_HOST(400, "RFC 9112 §3.2", "more than one Host field line"),
  BAD_HOST(400, "RFC 9112 §3.2", "malformed Host field"),
  AUTHORITY_MISMATCH(400, "RFC 9112 §3.2.2", "Host field differs from the authority of the target"),

  // Field lines
  BARE_LF(400, "RFC 9112 §2.2", "LF without CR"),
  BARE_CR(400, "RFC 9112 §2.2", "CR without LF"),
  SPACE_BEFORE_FIRST_FIELD(400, "RFC 9112 §2.2", "white space between start line and first field"),
  LINE_FOLDING(400, "RFC 9112 §5.2", "folded field line"),
  SPACE_BEFORE_COLON(400, "RFC 9112 §5.1", "white space between field name and colon"),
  EMPTY_FIELD_NAME(400, "RFC 9112 §5", "field line without a name"),
  MISSING_COLON(400, "RFC 9112 §5", "field line without a colon"),
  BAD_FIELD_NAME(400, "RFC 9110 §5.6.2", "field name is not a token"),
  BAD_FIELD_VALUE(400, "RFC 9110 §5.5", "control character in a field value"),
  FIELD_LINE_TOO_LONG(431, "RFC 6585 §5", "field line over the limit"),
  FIELD_BLOCK_TOO_LARGE(431, "RFC 6585 §5", "field lines together over the limit"),
  TOO_MANY_FIELDS(431, "RFC 6585 §5", "more field lines than the limit"),

  // Framing
  LENGTH_AND_CODING(400, "RFC 9112 §6.3", "both Content-Length and Transfer-Encoding"),
  CODING_IN_HTTP_1_0(400, "RFC 9112 §6.1", "Transfer-Encoding in HTTP/1.0"),
  REPEATED_CODING(400, "RFC 9112 §6.1", "more than one Transfer-Encoding field line"),
  BAD_CODING(400, "RFC 9112 §6.3", "Transfer-Encoding is not just chunked"),
  UNKNOWN_CODING(501, "RFC 9112 §6.1", "unknown transfer coding"),
  REPEATED_LENGTH(400, "RFC 9112 §6.3", "more than one Content-Length field line"),
  BAD_LENGTH(400, "RFC 9110 §8.6", "Content-Length is not a plain decimal number below 2^63"),

  // Chunks
  BAD_CHUNK_SIZE(400, "RFC 9112 §7.1", "malformed chunk size"),
  CHUNK_TOO_LARGE(400, "RFC 9112 §7.1", "chunk size over 16 digits or not below 2^63"),
  BAD_CHUNK_EXTENSION(400, "RFC 9112 §7.1.1", "malformed chunk extension"),
  CHUNK_LINE_TOO_LONG(400, "RFC 9112 §7.1.1", "chunk line over the limit"),
  CHUNK_OVERHEAD(400, "RFC 9112 §7.1.1", "chunk lines out of proportion to the data"),
  BAD_CHUNK_END(400, "RFC 9112 §7.1", "chunk data not followed by CRLF"),

  TRUNCATED_MESSAGE(400, "RFC 9112 §8", "connection ended within a message");

  private final int status;
  private final String section;
  private final String text;

  Http1Violation(int status, String section, String text) {
    this.status = status;
    this.section = section;
    this.text = text;
  }

  /** Status code to answer a request with: 400, 414, 431, 501 or 505. */
  public int status() {
    return status;
  }

  /** Where the rule stands, such as {@code RFC 9112 §7.1}. */
  public String section() {
    return section;
  }

  /** What was wrong, in a few lower-case words. */
  public String text() {
    return text;
  }

  /** For throwing where the rule is enforced. */
  Http1Exception exception() {
    return new Http1Exception(this);
  }
}
