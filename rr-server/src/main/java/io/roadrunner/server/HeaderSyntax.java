package io.roadrunner.server;

import java.nio.charset.StandardCharsets;

/**
 * What may stand in a field line, checked where the application builds one (RFC 9110 §5.1, §5.5).
 */
final class HeaderSyntax {

  private static final boolean[] TOKEN = new boolean[128];

  static {
    String others = "!#$%&'*+-.^_`|~";
    for (byte b : others.getBytes(StandardCharsets.US_ASCII)) {
      TOKEN[b] = true;
    }
    for (int c = '0'; c <= '9'; c++) {
      TOKEN[c] = true;
    }
    for (int c = 'a'; c <= 'z'; c++) {
      TOKEN[c] = true;
      TOKEN[c - 32] = true;
    }
  }

  private HeaderSyntax() {}

  static void check(String name, String value) {
    checkName(name);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      // RFC 9110 §5.5: no CR, LF, NUL; other controls are unsafe too; above Latin-1 has no byte.
      if ((c < 0x20 && c != '\t') || c == 0x7f || c > 0xff) {
        throw new IllegalArgumentException(
            "the value of header "
                + name
                + " holds U+"
                + "%04X".formatted((int) c)
                + " at index "
                + i
                + "; only visible Latin-1, space and tab may stand there (RFC 9110 §5.5)");
      }
    }
  }

  private static void checkName(String name) {
    boolean token = !name.isEmpty();
    for (int i = 0; i < name.length() && token; i++) {
      char c = name.charAt(i);
      token = c < 128 && TOKEN[c];
    }
    if (!token) {
      throw new IllegalArgumentException(
          "\""
              + LogText.escape(name)
              + "\" is no header name: it must be a token (RFC 9110 §5.6.2)");
    }
  }
}
