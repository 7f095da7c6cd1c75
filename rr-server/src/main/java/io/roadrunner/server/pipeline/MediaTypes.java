package io.roadrunner.server.pipeline;

/** What is needed of the content-type grammar (RFC 9110 §8.3). */
final class MediaTypes {

  private static final int MOST_PARAMETERS = 16;

  private MediaTypes() {}

  /** Returns the charset parameter of a content-type value, empty if there is none. */
  static String charset(String contentType) {
    String[] parts = contentType.split(";", MOST_PARAMETERS);
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals > 0 && isCharset(trim(parts[i].substring(0, equals)))) {
        String value = trim(parts[i].substring(equals + 1));
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
      }
    }
    return "";
  }

  private static boolean isCharset(String name) {
    String wanted = "charset";
    if (name.length() != wanted.length()) {
      return false;
    }
    for (int i = 0; i < wanted.length(); i++) {
      // Not equalsIgnoreCase, to which other scripts have letters like these.
      if (name.charAt(i) > 0x7f || (name.charAt(i) | 0x20) != wanted.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Without SP and HTAB around it, and nothing else (RFC 9110 §5.6.3). */
  private static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
