package io.roadrunner.server.files;

/** Which bytes of a file are asked for (RFC 9110 §14.1.2). */
sealed interface ByteRange {

  /** All of them: no range, one that is malformed or of another unit, or several. */
  record All() implements ByteRange {}

  /** None that the file has. */
  record Unsatisfiable() implements ByteRange {}

  /**
   * Some.
   *
   * @param first the index of the first one
   * @param last the index of the last one
   */
  record Part(long first, long last) implements ByteRange {

    long count() {
      return last - first + 1;
    }

    /** Returns the value of Content-Range (RFC 9110 §14.4). */
    String contentRange(long size) {
      return "bytes " + first + "-" + last + "/" + size;
    }
  }

  /**
   * Returns what a Range field asks for.
   *
   * @param range its value; empty for none
   * @param size of the whole file
   */
  static ByteRange of(String range, long size) {
    String unit = "bytes=";
    // RFC 9110 §14.1: names of units are case-insensitive.
    if (!range.regionMatches(true, 0, unit, 0, unit.length())) {
      return new All();
    }
    int dash = range.indexOf('-');
    String first = dash < 0 ? "?" : range.substring(unit.length(), dash);
    String last = range.substring(dash + 1);
    if (!isNumber(first) || !isNumber(last) || (first.isEmpty() && last.isEmpty())) {
      return new All();
    }
    if (first.isEmpty()) {
      long count = Math.min(number(last), size);
      return count == 0 ? new Unsatisfiable() : new Part(size - count, size - 1);
    }
    long from = number(first);
    long to = last.isEmpty() ? Long.MAX_VALUE : number(last);
    if (to < from) {
      return new All();
    }
    return from >= size ? new Unsatisfiable() : new Part(from, Math.min(to, size - 1));
  }

  private static boolean isNumber(String digits) {
    return digits.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Returns a number, or the largest one when it is larger. */
  private static long number(String digits) {
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        return Long.MAX_VALUE;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
