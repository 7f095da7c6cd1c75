package io.roadrunner.http1;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;

/** Comma-separated field values (RFC 9110 §5.6.1). Empty elements do not count. */
final class ListElements {
  private ListElements() {}

  /** Whether a line of the field has an element that is this lower-case token, in any case. */
  static boolean contains(FieldLines fields, int firstLine, String name, String token) {
    byte[] b = fields.bytes();
    for (int line = firstLine; line >= 0; line = fields.indexOf(name, line + 1)) {
      int to = fields.valueEnd(line);
      for (int i = fields.valueStart(line); i < to; ) {
        int end = elementEnd(b, i, to);
        int start = skipBlanks(b, i, end);
        if (trimmedEnd(b, start, end) - start == token.length()
            && Ascii.equalsIgnoreCase(b, start, token)) {
          return true;
        }
        i = end + 1;
      }
    }
    return false;
  }

  /** All elements of the field that are {@code protocol-name [ "/" protocol-version ]}. */
  static List<String> protocols(FieldLines fields, String name) {
    List<String> protocols = new ArrayList<>();
    byte[] b = fields.bytes();
    for (int line = fields.indexOf(name, 0); line >= 0; line = fields.indexOf(name, line + 1)) {
      int to = fields.valueEnd(line);
      for (int i = fields.valueStart(line); i < to; ) {
        int end = elementEnd(b, i, to);
        int start = skipBlanks(b, i, end);
        int last = trimmedEnd(b, start, end);
        if (isProtocol(b, start, last)) {
          protocols.add(new String(b, start, last - start, US_ASCII));
        }
        i = end + 1;
      }
    }
    return List.copyOf(protocols);
  }

  private static boolean isProtocol(byte[] b, int from, int to) {
    int end = Scan.skip(b, from, to, Ascii.TCHAR);
    if (end == from || end == to) {
      return end > from;
    }
    return b[end] == '/' && end + 1 < to && Scan.skip(b, end + 1, to, Ascii.TCHAR) == to;
  }

  private static int elementEnd(byte[] b, int from, int to) {
    int i = from;
    while (i < to && b[i] != ',') {
      i++;
    }
    return i;
  }

  private static int skipBlanks(byte[] b, int from, int to) {
    int i = from;
    while (i < to && Ascii.isBlank(b[i])) {
      i++;
    }
    return i;
  }

  private static int trimmedEnd(byte[] b, int from, int to) {
    int i = to;
    while (i > from && Ascii.isBlank(b[i - 1])) {
      i--;
    }
    return i;
  }
}
