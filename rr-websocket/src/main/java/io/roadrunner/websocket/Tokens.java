package io.roadrunner.websocket;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tokens and lists of tokens (RFC 9110 §5.6). */
final class Tokens {

  private static final String MARKS = "!#$%&'*+-.^_`|~";

  private Tokens() {}

  /** RFC 9110 §5.6.2. */
  static boolean isTokenChar(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || MARKS.indexOf(c) >= 0;
  }

  static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isTokenChar(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  static void require(String text) {
    if (!isToken(text)) {
      throw new IllegalArgumentException("no token: " + text);
    }
  }

  /** The elements of lists without quotes; empty if one is no token or there are too many. */
  static Optional<List<String>> list(List<String> values, int maxElements) {
    List<String> tokens = new ArrayList<>();
    for (String value : values) {
      int from = 0;
      while (from <= value.length()) {
        int comma = value.indexOf(',', from);
        int to = comma < 0 ? value.length() : comma;
        String token = withoutSpace(value, from, to);
        if (!token.isEmpty() && (!isToken(token) || tokens.size() == maxElements)) {
          return Optional.empty();
        }
        if (!token.isEmpty()) {
          tokens.add(token);
        }
        from = to + 1;
      }
    }
    return Optional.of(tokens);
  }

  /** Whether lists have a token, in any case. Elements may be protocols with versions, too. */
  static boolean contains(List<String> values, String lowerCaseToken) {
    for (String value : values) {
      int from = 0;
      while (from <= value.length()) {
        int comma = value.indexOf(',', from);
        int to = comma < 0 ? value.length() : comma;
        if (lowerCase(withoutSpace(value, from, to)).equals(lowerCaseToken)) {
          return true;
        }
        from = to + 1;
      }
    }
    return false;
  }

  private static String withoutSpace(String value, int start, int end) {
    int from = start;
    int to = end;
    while (from < to && isSpace(value.charAt(from))) {
      from++;
    }
    while (from < to && isSpace(value.charAt(to - 1))) {
      to--;
    }
    return value.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  /** ASCII letters only. */
  static String lowerCase(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      lower.append(c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c);
    }
    return lower.toString();
  }
}
