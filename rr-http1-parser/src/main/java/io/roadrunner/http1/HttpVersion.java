package io.roadrunner.http1;

/**
 * The protocol version a message is treated as (RFC 9112 §2.3). A message of a later minor version
 * of HTTP/1 counts as {@link #HTTP_1_1}; other major versions never get this far.
 */
public enum HttpVersion {
  /** HTTP/1.0: not persistent unless asked, no transfer codings, no interim responses. */
  HTTP_1_0("HTTP/1.0"),
  /** HTTP/1.1 and later minor versions. */
  HTTP_1_1("HTTP/1.1");

  private final String text;

  HttpVersion(String text) {
    this.text = text;
  }

  /** The version as it stands in a start line, such as {@code HTTP/1.1}. */
  @Override
  public String toString() {
    return text;
  }
}
