package io.roadrunner.http1;

/**
 * Upper bounds of everything that a peer can make large. They hold while bytes arrive: a line is
 * refused when the first byte too many is seen, not when the line ends. All byte counts include the
 * CRLF that ends the line.
 *
 * @param maxMethodBytes method of a request; more is answered with 501 (RFC 9112 §3)
 * @param maxRequestLineBytes request line, or status line of a response; 414 (RFC 9112 §3 asks for
 *     8000 at least)
 * @param maxFieldLineBytes one field line; 431 (RFC 6585 §5)
 * @param maxFieldBlockBytes all field lines of a head, or of a trailer section, and the empty line
 *     behind them; 431
 * @param maxFieldCount lines of a head or trailer section, whatever their names; 431
 * @param maxChunkLineBytes chunk size with extensions; 400 (RFC 9112 §7.1.1)
 * @param maxChunkOverhead bytes of chunk lines that a body may spend beyond its data. Each chunk
 *     line adds what it has over 16 bytes, each data byte takes one away; 400
 * @param maxLeadingEmptyLines empty lines skipped ahead of a request line; 400 (RFC 9112 §2.2)
 */
public record Http1Limits(
    int maxMethodBytes,
    int maxRequestLineBytes,
    int maxFieldLineBytes,
    int maxFieldBlockBytes,
    int maxFieldCount,
    int maxChunkLineBytes,
    int maxChunkOverhead,
    int maxLeadingEmptyLines) {

  /** Leaves room for sums of limits in an int. */
  private static final int MOST = 1 << 28;

  private static final Http1Limits DEFAULTS =
      new Http1Limits(32, 8192, 8192, 16384, 100, 8192, 16384, 2);

  /** Refuses values that no message could satisfy with {@link IllegalArgumentException}. */
  public Http1Limits {
    atLeast(1, maxMethodBytes, "maxMethodBytes");
    atLeast(maxMethodBytes + 16, maxRequestLineBytes, "maxRequestLineBytes");
    atLeast(8, maxFieldLineBytes, "maxFieldLineBytes");
    atLeast(8, maxFieldBlockBytes, "maxFieldBlockBytes");
    atLeast(1, maxFieldCount, "maxFieldCount");
    atLeast(3, maxChunkLineBytes, "maxChunkLineBytes");
    atLeast(0, maxChunkOverhead, "maxChunkOverhead");
    atLeast(0, maxLeadingEmptyLines, "maxLeadingEmptyLines");
  }

  private static void atLeast(int least, int value, String name) {
    if (value < least || value > MOST) {
      throw new IllegalArgumentException(
          name + " is " + value + ", it has to be from " + least + " to " + MOST);
    }
  }

  /**
   * 32, 8192, 8192, 16384, 100, 8192, 16384 and 2, in the order of the components.
   *
   * @return the default limits
   */
  public static Http1Limits defaults() {
    return DEFAULTS;
  }

  /**
   * {@return a copy with another {@link #maxMethodBytes}}
   *
   * @param bytes the new limit
   */
  public Http1Limits withMaxMethodBytes(int bytes) {
    return new Http1Limits(
        bytes,
        maxRequestLineBytes,
        maxFieldLineBytes,
        maxFieldBlockBytes,
        maxFieldCount,
        maxChunkLineBytes,
        maxChunkOverhead,
        maxLeadingEmptyLines);
  }

  /**
   * {@return a copy with another {@link #maxRequestLineBytes}}
   *
   * @param bytes the new limit
   */
  public Http1Limits withMaxRequestLineBytes(int bytes) {
    return new Http1Limits(
        maxMethodBytes,
        bytes,
        maxFieldLineBytes,
        maxFieldBlockBytes,
        maxFieldCount,
        maxChunkLineBytes,
        maxChunkOverhead,
        maxLeadingEmptyLines);
  }

  /**
   * {@return a copy with another {@link #maxFieldLineBytes}}
   *
   * @param bytes the new limit
   */
  public Http1Limits withMaxFieldLineBytes(int bytes) {
    return new Http1Limits(
        maxMethodBytes,
        maxRequestLineBytes,
        bytes,
        maxFieldBlockBytes,
        maxFieldCount,
        maxChunkLineBytes,
        maxChunkOverhead,
        maxLeadingEmptyLines);
  }

  /**
   * {@return a copy with another {@link #maxFieldBlockBytes}}
   *
   * @param bytes the new limit
   */
  public Http1Limits withMaxFieldBlockBytes(int bytes) {
    return new Http1Limits(
        maxMethodBytes,
        maxRequestLineBytes,
        maxFieldLineBytes,
        bytes,
        maxFieldCount,
        maxChunkLineBytes,
        maxChunkOverhead,
        maxLeadingEmptyLines);
  }

  /**
   * {@return a copy with another {@link #maxFieldCount}}
   *
   * @param lines the new limit
   */
  public Http1Limits withMaxFieldCount(int lines) {
    return new Http1Limits(
        maxMethodBytes,
        maxRequestLineBytes,
        maxFieldLineBytes,
        maxFieldBlockBytes,
        lines,
        maxChunkLineBytes,
        maxChunkOverhead,
        maxLeadingEmptyLines);
  }

  /**
   * {@return a copy with another {@link #maxChunkLineBytes}}
   *
   * @param bytes the new limit
   */
  public Http1Limits withMaxChunkLineBytes(int bytes) {
    return new Http1Limits(
        maxMethodBytes,
        maxRequestLineBytes,
        maxFieldLineBytes,
        maxFieldBlockBytes,
        maxFieldCount,
        bytes,
        maxChunkOverhead,
        maxLeadingEmptyLines);
  }

  /**
   * {@return a copy with another {@link #maxChunkOverhead}}
   *
   * @param bytes the new limit
   */
  public Http1Limits withMaxChunkOverhead(int bytes) {
    return new Http1Limits(
        maxMethodBytes,
        maxRequestLineBytes,
        maxFieldLineBytes,
        maxFieldBlockBytes,
        maxFieldCount,
        maxChunkLineBytes,
        bytes,
        maxLeadingEmptyLines);
  }

  /**
   * {@return a copy with another {@link #maxLeadingEmptyLines}}
   *
   * @param lines the new limit
   */
  public Http1Limits withMaxLeadingEmptyLines(int lines) {
    return new Http1Limits(
        maxMethodBytes,
        maxRequestLineBytes,
        maxFieldLineBytes,
        maxFieldBlockBytes,
        maxFieldCount,
        maxChunkLineBytes,
        maxChunkOverhead,
        lines);
  }
}
