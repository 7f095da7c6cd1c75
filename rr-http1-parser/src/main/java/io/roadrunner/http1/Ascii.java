package io.roadrunner.http1;

/** The character classes of the HTTP grammar, and ASCII comparisons that no locale can change. */
final class Ascii {
  static final byte CR = '\r';
  static final byte LF = '\n';
  static final byte SP = ' ';
  static final byte HTAB = '\t';

  /** {@code tchar} of RFC 9110 §5.6.2. */
  static final int TCHAR = 1;

  /** {@code field-vchar}, SP and HTAB: what a field value or reason may hold, RFC 9110 §5.5. */
  static final int VALUE = 2;

  /**
   * What stands in a path as it is: {@code pchar} without escapes, and the slash, RFC 3986 §3.3.
   */
  static final int PATH = 4;

  /** A registered name of RFC 3986 §3.2.2 without escapes, and without commas: see Authority. */
  static final int HOST = 8;

  /** {@code HEXDIG} in any case. */
  static final int HEX = 16;

  private static final byte[] CLASSES = classes();

  private Ascii() {}

  private static byte[] classes() {
    byte[] classes = new byte[256];
    String letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    String digits = "0123456789";
    String unreserved = letters + digits + "-._~";
    String subDelims = "!$&'()*+,;=";
    mark(classes, TCHAR, letters + digits + "!#$%&'*+-.^_`|~");
    mark(classes, PATH, unreserved + subDelims + ":@/");
    mark(classes, HOST, unreserved + subDelims.replace(",", ""));
    mark(classes, HEX, digits + "abcdefABCDEF");
    for (int c = 0x20; c <= 0xFF; c++) {
      classes[c] |= c == 0x7F ? 0 : (byte) VALUE;
    }
    classes[HTAB] |= (byte) VALUE;
    return classes;
  }

  private static void mark(byte[] classes, int bit, String characters) {
    for (int i = 0; i < characters.length(); i++) {
      classes[characters.charAt(i)] |= (byte) bit;
    }
  }

  static boolean is(byte b, int bits) {
    return (CLASSES[b & 0xFF] & bits) != 0;
  }

  static boolean is(char c, int bits) {
    return c <= 0xFF && (CLASSES[c] & bits) != 0;
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  static boolean isBlank(int c) {
    return c == SP || c == HTAB;
  }

  /** Value of a hexadecimal digit that is known to be one. */
  static int hexValue(byte b) {
    return (b & 0xF) + (b > '9' ? 9 : 0);
  }

  static int lower(int c) {
    return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
  }

  /** Whether the bytes from {@code at} on are that text, as long as the text is. */
  static boolean equalsIgnoreCase(byte[] bytes, int at, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (lower(bytes[at + i] & 0xFF) != lower(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Copies characters that are known to be ISO-8859-1. */
  @SuppressWarnings("deprecation") // the only way to copy Latin-1 without an array in between
  static void copy(String text, int from, int to, byte[] target, int at) {
    text.getBytes(from, to, target, at);
  }

  static void requireToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!is(text.charAt(i), TCHAR)) {
        throw new IllegalArgumentException("not a token: character " + i + " is refused");
      }
    }
    if (text.isEmpty()) {
      throw new IllegalArgumentException("not a token: it is empty");
    }
  }

  /** Refuses what {@link RequestLine} would refuse, but for the escapes. */
  static void requireTarget(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!is(c, PATH) && c != '?' && c != '%' && c != '[' && c != ']') {
        throw new IllegalArgumentException("not for a request target: character at index " + i);
      }
    }
    if (text.isEmpty()) {
      throw new IllegalArgumentException("empty request target");
    }
  }

  static void requireFieldValue(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!is(text.charAt(i), VALUE)) {
        throw new IllegalArgumentException("control or non-Latin-1 character at index " + i);
      }
    }
  }
}
