package io.roadrunner.server.http1;

import java.util.Locale;

/** What is needed of the content-type grammar (RFC 9110 §8.3). */
final class MediaTypes {

  private MediaTypes() {}

  /** Returns the charset parameter of a content-type value, empty if there is none. */
  static String charset(String contentType) {
    String[] parts = contentType.split(";", 16);
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals > 0
          && parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT).equals("charset")) {
        String value = parts[i].substring(equals + 1).strip();
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
      }
    }
    return "";
  }
}
