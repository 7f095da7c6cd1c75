package io.roadrunner.http1;

/**
 * The catalogue of what a peer can do wrong. The status code is the one to answer a request with; a
 * client that meets a violation in a response can only close the connection.
 */
public enum Http1Violation {
  // Start lines
  /** Too many empty lines before the request line. */
  TOO_MANY_EMPTY_LINES(400, "RFC 9112 §2.2", "too many empty lines before the request line"),
  /** Method is not a token followed by one space. */
  BAD_METHOD(400, "RFC 9112 §3.1", "method is not a token followed by one space"),
  /** Method longer than any that is known. */
  METHOD_TOO_LONG(501, "RFC 9112 §3", "method longer than any that is known"),
  /** Request line over the limit. */
  REQUEST_LINE_TOO_LONG(414, "RFC 9112 §3", "request line over the limit"),
  /** Request line is not method SP target SP version CRLF. */
  BAD_REQUEST_LINE(400, "RFC 9112 §3", "request line is not method SP target SP version CRLF"),
  /** Malformed HTTP version. */
  BAD_VERSION(400, "RFC 9112 §2.3", "malformed HTTP version"),
  /** Major version of HTTP is not 1. */
  UNSUPPORTED_VERSION(505, "RFC 9110 §15.6.6", "major version of HTTP is not 1"),
  /** Status line over the limit. */
  STATUS_LINE_TOO_LONG(400, "RFC 9112 §4", "status line over the limit"),
  /** Status line is not version SP code SP reason CRLF. */
  BAD_STATUS_LINE(400, "RFC 9112 §4", "status line is not version SP code SP reason CRLF"),

  // Target and Host
  /** Byte that a request target cannot have. */
  BAD_TARGET_BYTE(400, "RFC 9112 §3.2", "byte that a request target cannot have"),
  /** Percent sign without two hexadecimal digits in the target. */
  BAD_ESCAPE(400, "RFC 3986 §2.1", "percent sign without two hexadecimal digits in the target"),
  /** Request target in none of the four forms. */
  BAD_TARGET_FORM(400, "RFC 9112 §3.2", "request target in none of the four forms"),
  /** Form of the request target not for this method. */
  TARGET_NOT_FOR_METHOD(400, "RFC 9112 §3.2", "form of the request target not for this method"),
  /** Malformed authority in the request target. */
  BAD_AUTHORITY(400, "RFC 9112 §3.2", "malformed authority in the request target"),
  /** No Host field. */
  MISSING_HOST(400, "RFC 9112 §3.2", "no Host field"),
  /** More than one Host field line. */
  REPEATED_HOST(400, "RFC 9112 §3.2", "more than one Host field line"),
  /** Malformed Host field. */
  BAD_HOST(400, "RFC 9112 §3.2", "malformed Host field"),
  /** Host field differs from the authority of the target. */
  AUTHORITY_MISMATCH(400, "RFC 9112 §3.2.2", "Host field differs from the authority of the target"),

  // Field lines
  /** LF without CR. */
  BARE_LF(400, "RFC 9112 §2.2", "LF without CR"),
  /** CR without LF. */
  BARE_CR(400, "RFC 9112 §2.2", "CR without LF"),
  /** White space between start line and first field. */
  SPACE_BEFORE_FIRST_FIELD(400, "RFC 9112 §2.2", "white space between start line and first field"),
  /** Folded field line. */
  LINE_FOLDING(400, "RFC 9112 §5.2", "folded field line"),
  /** White space between field name and colon. */
  SPACE_BEFORE_COLON(400, "RFC 9112 §5.1", "white space between field name and colon"),
  /** Field line without a name. */
  EMPTY_FIELD_NAME(400, "RFC 9112 §5", "field line without a name"),
  /** Field line without a colon. */
  MISSING_COLON(400, "RFC 9112 §5", "field line without a colon"),
  /** Field name is not a token. */
  BAD_FIELD_NAME(400, "RFC 9110 §5.6.2", "field name is not a token"),
  /** Control character in a field value. */
  BAD_FIELD_VALUE(400, "RFC 9110 §5.5", "control character in a field value"),
  /** Field line over the limit. */
  FIELD_LINE_TOO_LONG(431, "RFC 6585 §5", "field line over the limit"),
  /** Field lines together over the limit. */
  FIELD_BLOCK_TOO_LARGE(431, "RFC 6585 §5", "field lines together over the limit"),
  /** More field lines than the limit. */
  TOO_MANY_FIELDS(431, "RFC 6585 §5", "more field lines than the limit"),

  // Framing
  /** Both Content-Length and Transfer-Encoding. */
  LENGTH_AND_CODING(400, "RFC 9112 §6.3", "both Content-Length and Transfer-Encoding"),
  /** Transfer-Encoding in HTTP/1.0. */
  CODING_IN_HTTP_1_0(400, "RFC 9112 §6.1", "Transfer-Encoding in HTTP/1.0"),
  /** More than one Transfer-Encoding field line. */
  REPEATED_CODING(400, "RFC 9112 §6.1", "more than one Transfer-Encoding field line"),
  /** Transfer-Encoding is not just chunked. */
  BAD_CODING(400, "RFC 9112 §6.3", "Transfer-Encoding is not just chunked"),
  /** Unknown transfer coding. */
  UNKNOWN_CODING(501, "RFC 9112 §6.1", "unknown transfer coding"),
  /** More than one Content-Length field line. */
  REPEATED_LENGTH(400, "RFC 9112 §6.3", "more than one Content-Length field line"),
  /** Content-Length is not a plain decimal number below 2^63. */
  BAD_LENGTH(400, "RFC 9110 §8.6", "Content-Length is not a plain decimal number below 2^63"),

  // Chunks
  /** Malformed chunk size. */
  BAD_CHUNK_SIZE(400, "RFC 9112 §7.1", "malformed chunk size"),
  /** Chunk size over 16 digits or not below 2^63. */
  CHUNK_TOO_LARGE(400, "RFC 9112 §7.1", "chunk size over 16 digits or not below 2^63"),
  /** Malformed chunk extension. */
  BAD_CHUNK_EXTENSION(400, "RFC 9112 §7.1.1", "malformed chunk extension"),
  /** Chunk line over the limit. */
  CHUNK_LINE_TOO_LONG(400, "RFC 9112 §7.1.1", "chunk line over the limit"),
  /** Chunk lines out of proportion to the data. */
  CHUNK_OVERHEAD(400, "RFC 9112 §7.1.1", "chunk lines out of proportion to the data"),
  /** Chunk data not followed by CRLF. */
  BAD_CHUNK_END(400, "RFC 9112 §7.1", "chunk data not followed by CRLF"),

  /** Connection ended within a message. */
  TRUNCATED_MESSAGE(400, "RFC 9112 §8", "connection ended within a message");

  private final int status;
  private final String section;
  private final String text;

  Http1Violation(int status, String section, String text) {
    this.status = status;
    this.section = section;
    this.text = text;
  }

  /** {@return status code to answer a request with: 400, 414, 431, 501 or 505} */
  public int status() {
    return status;
  }

  /** {@return where the rule stands, such as {@code RFC 9112 §7.1}} */
  public String section() {
    return section;
  }

  /** {@return what was wrong, in a few lower-case words} */
  public String text() {
    return text;
  }

  /** For throwing where the rule is enforced. */
  Http1Exception exception() {
    return new Http1Exception(this);
  }
}
