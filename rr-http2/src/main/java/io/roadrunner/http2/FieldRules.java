package io.roadrunner.http2;

/** What names, values and the parts of a target may hold. Each char is one octet. */
final class FieldRules {
  /** {@code tchar} of RFC 9110 §5.6.2. */
  static final int TOKEN = 1;

  /** {@code tchar} without upper-case letters: a field name (RFC 9113 §8.2.1). */
  static final int NAME = 2;

  /** {@code field-vchar}, SP and HTAB (RFC 9110 §5.5). */
  static final int VALUE = 4;

  /** {@code pchar} without escapes, and the slash (RFC 3986 §3.3). */
  static final int PATH = 8;

  /** Behind the question mark: as {@link #PATH}, and what browsers leave as it is. */
  static final int QUERY = 16;

  /** A registered name without escapes and commas (RFC 3986 §3.2.2). */
  static final int HOST = 32;

  static final int HEX = 64;
  static final int DIGIT = 128;

  private static final short[] CLASSES = classes();

  private FieldRules() {}

  private static short[] classes() {
    short[] classes = new short[256];
    String lower = "abcdefghijklmnopqrstuvwxyz";
    String letters = lower + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    String digits = "0123456789";
    String unreserved = letters + digits + "-._~";
    mark(classes, TOKEN, letters + digits + "!#$%&'*+-.^_`|~");
    mark(classes, NAME, lower + digits + "!#$%&'*+-.^_`|~");
    mark(classes, PATH | QUERY, unreserved + "!$&'()*+,;=:@/");
    mark(classes, QUERY, "?[]");
    mark(classes, HOST, unreserved + "!$&'()*+;=");
    mark(classes, HEX, digits + "abcdefABCDEF");
    mark(classes, DIGIT, digits);
    for (int c = 0x20; c <= 0xFF; c++) {
      classes[c] |= c == 0x7F ? 0 : (short) VALUE;
    }
    classes['\t'] |= (short) VALUE;
    return classes;
  }

  private static void mark(short[] classes, int bits, String characters) {
    for (int i = 0; i < characters.length(); i++) {
      classes[characters.charAt(i)] |= (short) bits;
    }
  }

  static boolean is(char c, int bits) {
    return c <= 0xFF && (CLASSES[c] & bits) != 0;
  }

  /** Whether all chars from {@code from} up to {@code to} are of a class. */
  static boolean all(String text, int from, int to, int bits) {
    for (int i = from; i < to; i++) {
      if (!is(text.charAt(i), bits)) {
        return false;
      }
    }
    return true;
  }

  static boolean isToken(String text) {
    return !text.isEmpty() && all(text, 0, text.length(), TOKEN);
  }

  static boolean isName(String text) {
    return !text.isEmpty() && all(text, 0, text.length(), NAME);
  }

  /** RFC 9113 §8.2.1: no control characters, no white space around it. */
  static boolean isValue(String text) {
    int length = text.length();
    return length == 0
        || (!isSpace(text.charAt(0))
            && !isSpace(text.charAt(length - 1))
            && all(text, 0, length, VALUE));
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  /** {@code scheme} of RFC 3986 §3.1. */
  static boolean isScheme(String text) {
    if (text.isEmpty() || !isLetter(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetter(c) && !is(c, DIGIT) && c != '+' && c != '-' && c != '.') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    int lower = c | 0x20;
    return c < 0x80 && lower >= 'a' && lower <= 'z';
  }

  /** {@code absolute-path [ "?" query ]}, with well-formed escapes. */
  static boolean isPath(String text) {
    if (text.isEmpty() || text.charAt(0) != '/') {
      return false;
    }
    int wanted = PATH;
    int length = text.length();
    for (int i = 1; i < length; i++) {
      char c = text.charAt(i);
      if (c == '?') {
        wanted = QUERY;
      } else if (c == '%') {
        if (i + 2 >= length || !all(text, i + 1, i + 3, HEX)) {
          return false;
        }
        i += 2;
      } else if (!is(c, wanted)) {
        return false;
      }
    }
    return true;
  }

  static boolean equalsIgnoreCase(String a, String b) {
    if (a.length() != b.length()) {
      return false;
    }
    for (int i = 0; i < a.length(); i++) {
      if (lower(a.charAt(i)) != lower(b.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + 0x20) : c;
  }
}
