package io.roadrunner.deflate;

import java.util.OptionalInt;

/** The range of windows, and how it is written (RFC 7692 §7.1.2). */
final class WindowBits {

  static final int LEAST = 8;
  static final int MOST = 15;

  private WindowBits() {}

  static void require(int bits) {
    if (bits < LEAST || bits > MOST) {
      throw new IllegalArgumentException("window of " + bits + " bits, it has to be from 8 to 15");
    }
  }

  /** Reads a value with or without quotes; empty if it is not 8 to 15 without leading zeros. */
  static OptionalInt parse(String value) {
    String digits = unquoted(value);
    // RFC 7692 §7.1.2.1: "a decimal integer value without leading zeroes between 8 to 15".
    for (int bits = LEAST; bits <= MOST; bits++) {
      if (digits.equals(Integer.toString(bits))) {
        return OptionalInt.of(bits);
      }
    }
    return OptionalInt.empty();
  }

  /** RFC 6455 §9.1: a quoted value stands for the token within, without its backslashes. */
  private static String unquoted(String value) {
    int end = value.length() - 1;
    if (end < 1 || value.charAt(0) != '"' || value.charAt(end) != '"') {
      return value;
    }
    StringBuilder token = new StringBuilder();
    for (int at = 1; at < end; at++) {
      if (value.charAt(at) == '\\') {
        at++;
      }
      if (at < end) {
        token.append(value.charAt(at));
      }
    }
    return token.toString();
  }
}
