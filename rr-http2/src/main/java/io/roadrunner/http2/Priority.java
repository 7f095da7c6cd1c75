package io.roadrunner.http2;

/** The priority of a response (RFC 9218 §4): 0 to 7, lower is more urgent. */
record Priority(int urgency, boolean incremental) {
  static final int LEVELS = 8;
  static final Priority DEFAULT = new Priority(3, false);

  /**
   * Reads a {@code priority} field: a dictionary of structured fields, of which {@code u} and
   * {@code i} matter (RFC 9218 §4). What cannot be read is left out.
   */
  static Priority parse(CharSequence value) {
    int urgency = DEFAULT.urgency;
    boolean incremental = DEFAULT.incremental;
    int from = 0;
    while (from < value.length()) {
      int to = memberEnd(value, from);
      int start = skipSpace(value, from, to);
      int length = memberLength(value, start, to);
      if (length == 3 && value.charAt(start) == 'u' && isUrgency(value, start + 1)) {
        urgency = value.charAt(start + 2) - '0';
      } else if (length > 0 && value.charAt(start) == 'i') {
        incremental = incremental(value, start, length, incremental);
      }
      from = to + 1;
    }
    return urgency == DEFAULT.urgency && !incremental
        ? DEFAULT
        : new Priority(urgency, incremental);
  }

  private static int memberEnd(CharSequence value, int from) {
    int to = from;
    while (to < value.length() && value.charAt(to) != ',') {
      to++;
    }
    return to;
  }

  private static int skipSpace(CharSequence value, int from, int to) {
    int start = from;
    while (start < to && isSpace(value.charAt(start))) {
      start++;
    }
    return start;
  }

  /** Length without parameters and without the space behind. */
  private static int memberLength(CharSequence value, int start, int to) {
    int end = start;
    while (end < to && value.charAt(end) != ';') {
      end++;
    }
    while (end > start && isSpace(value.charAt(end - 1))) {
      end--;
    }
    return end - start;
  }

  private static boolean isUrgency(CharSequence value, int at) {
    char digit = value.charAt(at + 1);
    return value.charAt(at) == '=' && digit >= '0' && digit < '0' + LEVELS;
  }

  private static boolean incremental(CharSequence value, int start, int length, boolean otherwise) {
    if (length == 1) {
      return true;
    }
    boolean isBoolean =
        length == 4 && value.charAt(start + 1) == '=' && value.charAt(start + 2) == '?';
    if (isBoolean && value.charAt(start + 3) == '1') {
      return true;
    }
    return (!isBoolean || value.charAt(start + 3) != '0') && otherwise;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}
