package io.roadrunner.http1;

/**
 * Scans {@code chunk-size [ chunk-ext ] CRLF} (RFC 9112 §7.1). Extensions are checked and dropped.
 *
 * <pre>
 *   SIZE --";"--> NAME_START --> NAME --"="--> VALUE_START --> TOKEN or QUOTED --> (again or CR)
 *     \_____________________________________ CR __________________________________/
 * </pre>
 */
final class ChunkLine implements Element {
  private static final int MAX_SIZE_DIGITS = 16;

  private enum Step {
    SIZE,
    AFTER_SIZE,
    NAME_START,
    NAME,
    AFTER_NAME,
    VALUE_START,
    TOKEN,
    QUOTED,
    ESCAPED,
    QUOTED_END,
    AFTER_VALUE,
    LINE_FEED,
    COMPLETE
  }

  private final int maxLineBytes;
  private int cursor;
  private Step step = Step.SIZE;
  private int digits;
  private long size;

  ChunkLine(Http1Limits limits) {
    maxLineBytes = limits.maxChunkLineBytes();
  }

  void begin() {
    cursor = 0;
    step = Step.SIZE;
    digits = 0;
    size = 0;
  }

  /** Size of the chunk, 0 for the last one. */
  long size() {
    return size;
  }

  /** Bytes of a complete line without its CRLF. */
  int length() {
    return cursor - 2;
  }

  @Override
  public int scan(byte[] b, int base, int limit) {
    int end = base + Math.min(limit - base, maxLineBytes);
    int i = base + cursor;
    while (i < end && step != Step.COMPLETE) {
      step = step(b[i]);
      i++;
    }
    cursor = i - base;
    if (step == Step.COMPLETE) {
      return cursor;
    }
    if (i < limit) {
      throw Http1Violation.CHUNK_LINE_TOO_LONG.exception();
    }
    return INCOMPLETE;
  }

  private Step step(byte b) {
    return switch (step) {
      case SIZE -> size(b);
      case AFTER_SIZE, AFTER_VALUE -> after(b, step);
      case NAME_START -> Ascii.isBlank(b) ? step : require(b, Ascii.TCHAR, Step.NAME);
      case NAME ->
          Ascii.is(b, Ascii.TCHAR) ? step : b == '=' ? Step.VALUE_START : end(b, Step.AFTER_NAME);
      case AFTER_NAME -> b == '=' ? Step.VALUE_START : after(b, step);
      case VALUE_START -> valueStart(b);
      case TOKEN -> Ascii.is(b, Ascii.TCHAR) ? step : end(b, Step.AFTER_VALUE);
      case QUOTED -> quoted(b);
      case ESCAPED -> require(b, Ascii.VALUE, Step.QUOTED);
      case QUOTED_END -> end(b, Step.AFTER_VALUE);
      case LINE_FEED, COMPLETE -> lineFeed(b);
    };
  }

  private Step size(byte b) {
    if (Ascii.is(b, Ascii.HEX)) {
      // A size with its fourth bit from the top set would not be below 2^63 after the shift.
      if (digits == MAX_SIZE_DIGITS || size >= 1L << 59) {
        throw Http1Violation.CHUNK_TOO_LARGE.exception();
      }
      size = (size << 4) | Ascii.hexValue(b);
      digits++;
      return Step.SIZE;
    }
    if (digits == 0) {
      throw Http1Violation.BAD_CHUNK_SIZE.exception();
    }
    return switch (b) {
      case Ascii.CR -> Step.LINE_FEED;
      case ';' -> Step.NAME_START;
      case Ascii.SP, Ascii.HTAB -> Step.AFTER_SIZE;
      case Ascii.LF -> throw Http1Violation.BARE_LF.exception();
      default -> throw Http1Violation.BAD_CHUNK_SIZE.exception();
    };
  }

  /** What may follow a name or value directly. */
  private static Step end(byte b, Step afterBlank) {
    return b == Ascii.CR ? Step.LINE_FEED : after(b, afterBlank);
  }

  /** White space is allowed ahead of a semicolon or equals sign only (RFC 9112 §7.1.1). */
  private static Step after(byte b, Step afterBlank) {
    if (Ascii.isBlank(b)) {
      return afterBlank;
    }
    if (b == ';') {
      return Step.NAME_START;
    }
    throw bad(b);
  }

  private static Step valueStart(byte b) {
    if (Ascii.isBlank(b)) {
      return Step.VALUE_START;
    }
    return b == '"' ? Step.QUOTED : require(b, Ascii.TCHAR, Step.TOKEN);
  }

  private static Step quoted(byte b) {
    return switch (b) {
      case '"' -> Step.QUOTED_END;
      case '\\' -> Step.ESCAPED;
      // CR and LF are not in this class: no line ends inside of quotes (RFC 9110 §5.6.4).
      default -> require(b, Ascii.VALUE, Step.QUOTED);
    };
  }

  private static Step lineFeed(byte b) {
    if (b != Ascii.LF) {
      throw Http1Violation.BARE_CR.exception();
    }
    return Step.COMPLETE;
  }

  private static Step require(byte b, int characterClass, Step next) {
    if (!Ascii.is(b, characterClass)) {
      throw bad(b);
    }
    return next;
  }

  private static Http1Exception bad(byte b) {
    return (b == Ascii.LF ? Http1Violation.BARE_LF : Http1Violation.BAD_CHUNK_EXTENSION)
        .exception();
  }
}
