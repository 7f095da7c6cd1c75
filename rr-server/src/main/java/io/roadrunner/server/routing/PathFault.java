package io.roadrunner.server.routing;

/** Why a path is refused with 400, or may not stand in a pattern. */
public enum PathFault {
  /** Neither {@code /} first, nor the {@code *} of OPTIONS. */
  NOT_ABSOLUTE("the path does not begin with a slash (RFC 9112 §3.2.1)"),
  /** A character that a path holds only percent-encoded. */
  BAD_CHARACTER("the path holds a character that must be percent-encoded (RFC 3986 §3.3)"),
  /** A {@code %} without two hexadecimal digits behind it. */
  BAD_ESCAPE("the path holds a % without two hexadecimal digits (RFC 3986 §2.1)"),
  /** Escapes that are no UTF-8: truncated, overlong, surrogates. */
  NOT_UTF8("the path is not UTF-8 (RFC 3629 §3)"),
  /** NUL, CR, LF and the other controls, encoded or not. */
  CONTROL("the path holds a control character (RFC 3986 §7.3)"),
  /** {@code %2f}: one more segment to some, a part of this one to others. */
  ENCODED_SLASH("the path holds an encoded slash (RFC 3986 §2.2)"),
  /** A backslash, encoded or not: a separator on some systems. */
  BACKSLASH("the path holds a backslash (RFC 3986 §7.3)"),
  /** {@code .} or {@code ..}, encoded or not, also with parameters behind a semicolon. */
  DOT_SEGMENT("the path holds a dot segment (RFC 3986 §5.2.4)"),
  /** Deeper than {@link PathPolicy#MAX_SEGMENTS}. */
  TOO_MANY_SEGMENTS("the path has more than " + PathPolicy.MAX_SEGMENTS + " segments");

  private final String text;

  PathFault(String text) {
    this.text = text;
  }

  /** Returns a sentence for the peer; it holds nothing of what the peer has sent. */
  public String text() {
    return text;
  }
}
