package io.roadrunner.http1;

/** Matches the version of a start line, and what follows it, byte by byte (RFC 9112 §2.3). */
final class VersionText {
  private static final int VERSION_LENGTH = 8;

  private final String pattern;
  private final Http1Violation atMisfit;
  private int matched;
  private byte major;
  private byte minor;

  /**
   * A matcher.
   *
   * @param pattern the version as {@code HTTP/d.d}, and what has to follow
   * @param atMisfit violation if something else follows the version
   */
  VersionText(String pattern, Http1Violation atMisfit) {
    this.pattern = pattern;
    this.atMisfit = atMisfit;
  }

  void begin() {
    matched = 0;
  }

  boolean isComplete() {
    return matched == pattern.length();
  }

  void take(byte b) {
    char expected = pattern.charAt(matched);
    if (expected == 'd' ? !Ascii.isDigit(b) : b != expected) {
      throw (matched < VERSION_LENGTH ? Http1Violation.BAD_VERSION : atMisfit).exception();
    }
    if (matched == 5) {
      major = b;
    } else if (matched == 7) {
      minor = b;
    }
    matched++;
  }

  /** The version of a complete match. */
  HttpVersion version() {
    if (major != '1') {
      throw Http1Violation.UNSUPPORTED_VERSION.exception();
    }
    return minor == '0' ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
  }
}
