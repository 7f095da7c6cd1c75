package io.roadrunner.http1;

import java.util.Arrays;

/** Scans field lines, and the empty line behind them (RFC 9112 §5). */
final class FieldBlock implements Element {
  private static final int FIRST_LINES = 16;
  private static final int KEPT_LINES = 32;

  private enum Step {
    LINE_START,
    NAME,
    BEFORE_VALUE,
    VALUE,
    LINE_FEED,
    BLOCK_LINE_FEED
  }

  private final int maxLineBytes;
  private final int maxBlockBytes;
  private final int maxOffsets;
  private final KnownFields known = new KnownFields();

  // All offsets are relative to the element's first byte.
  private int[] offsets = new int[FIRST_LINES * FieldLines.STRIDE];
  private int used;
  private int blockStart;
  private int lineCap;
  private int cursor;
  private Step step = Step.LINE_START;

  FieldBlock(Http1Limits limits) {
    maxLineBytes = limits.maxFieldLineBytes();
    maxBlockBytes = limits.maxFieldBlockBytes();
    maxOffsets = limits.maxFieldCount() * FieldLines.STRIDE;
  }

  /** Starts a block that begins so many bytes behind the element's first one. */
  void begin(int start) {
    blockStart = start;
    cursor = start;
    used = 0;
    known.clear();
    step = Step.LINE_START;
  }

  KnownFields known() {
    return known;
  }

  /**
   * The lines of a complete block.
   *
   * @param element a copy of the element's bytes, which the result keeps
   */
  FieldLines take(byte[] element) {
    FieldLines lines = new FieldLines(element, Arrays.copyOf(offsets, used));
    if (offsets.length > KEPT_LINES * FieldLines.STRIDE) {
      offsets = new int[FIRST_LINES * FieldLines.STRIDE];
    }
    return lines;
  }

  @Override
  public int scan(byte[] b, int base, int limit) {
    if (step == Step.BLOCK_LINE_FEED) {
      return blockLineFeed(b, base, base + cursor, limit);
    }
    int i = resume(b, base, limit);
    while (i >= 0) {
      if (i == limit) {
        return suspend(Step.LINE_START, i - base);
      }
      if (i - base - blockStart >= maxBlockBytes) {
        throw Http1Violation.FIELD_BLOCK_TOO_LARGE.exception();
      }
      if (b[i] == Ascii.CR) {
        return blockLineFeed(b, base, i + 1, limit);
      }
      i = line(b, base, i, limit);
    }
    return INCOMPLETE;
  }

  private int resume(byte[] b, int base, int limit) {
    int i = base + cursor;
    return switch (step) {
      case LINE_START, BLOCK_LINE_FEED -> i;
      case NAME -> name(b, base, i, limit);
      case BEFORE_VALUE -> beforeValue(b, base, i, limit);
      case VALUE -> value(b, base, i, limit);
      case LINE_FEED -> lineFeed(b, base, i, limit);
    };
  }

  private int line(byte[] b, int base, int i, int limit) {
    if (used == maxOffsets) {
      throw Http1Violation.TOO_MANY_FIELDS.exception();
    }
    if (used == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * used);
    }
    int start = i - base;
    offsets[used] = start;
    lineCap = Math.min(start + maxLineBytes, blockStart + maxBlockBytes);
    return name(b, base, i, limit);
  }

  private int name(byte[] b, int base, int from, int limit) {
    int end = end(base, limit);
    int i = Scan.skip(b, from, end, Ascii.TCHAR);
    if (i == end) {
      return stop(Step.NAME, base, i, limit);
    }
    int colon = i - base;
    if (b[i] != ':' || colon == offsets[used]) {
      throw badName(b[i], colon == offsets[used]).exception();
    }
    offsets[used + 1] = colon;
    return beforeValue(b, base, i + 1, limit);
  }

  private int beforeValue(byte[] b, int base, int from, int limit) {
    int end = end(base, limit);
    int i = from;
    while (i < end && Ascii.isBlank(b[i])) {
      i++;
    }
    if (i == end) {
      return stop(Step.BEFORE_VALUE, base, i, limit);
    }
    offsets[used + 2] = i - base;
    return value(b, base, i, limit);
  }

  private int value(byte[] b, int base, int from, int limit) {
    int end = end(base, limit);
    int i = Scan.skipValue(b, from, end);
    if (i == end) {
      return stop(Step.VALUE, base, i, limit);
    }
    if (b[i] != Ascii.CR) {
      // RFC 9112 §2.2 lets a lone LF pass as a line end; we do not.
      throw (b[i] == Ascii.LF ? Http1Violation.BARE_LF : Http1Violation.BAD_FIELD_VALUE)
          .exception();
    }
    return lineFeed(b, base, i + 1, limit);
  }

  private int lineFeed(byte[] b, int base, int i, int limit) {
    if (i == end(base, limit)) {
      return stop(Step.LINE_FEED, base, i, limit);
    }
    if (b[i] != Ascii.LF) {
      throw Http1Violation.BARE_CR.exception();
    }
    int valueStart = base + offsets[used + 2];
    int valueEnd = i - 1;
    while (valueEnd > valueStart && Ascii.isBlank(b[valueEnd - 1])) {
      valueEnd--;
    }
    offsets[used + 3] = valueEnd - base;
    int name = offsets[used];
    known.note(b, base + name, offsets[used + 1] - name, used / FieldLines.STRIDE);
    used += FieldLines.STRIDE;
    return i + 1;
  }

  private int blockLineFeed(byte[] b, int base, int i, int limit) {
    if (i == limit) {
      return suspend(Step.BLOCK_LINE_FEED, i - base);
    }
    if (i - base - blockStart >= maxBlockBytes) {
      throw Http1Violation.FIELD_BLOCK_TOO_LARGE.exception();
    }
    if (b[i] != Ascii.LF) {
      throw Http1Violation.BARE_CR.exception();
    }
    return i + 1 - base;
  }

  private int end(int base, int limit) {
    return base + Math.min(limit - base, lineCap);
  }

  /** The bytes are at an end: of those that are there, or of those that are allowed. */
  private int stop(Step at, int base, int i, int limit) {
    if (i < limit) {
      boolean block = lineCap == blockStart + maxBlockBytes;
      throw (block ? Http1Violation.FIELD_BLOCK_TOO_LARGE : Http1Violation.FIELD_LINE_TOO_LONG)
          .exception();
    }
    return suspend(at, i - base);
  }

  private int suspend(Step at, int scanned) {
    step = at;
    cursor = scanned;
    return INCOMPLETE;
  }

  private Http1Violation badName(byte found, boolean atLineStart) {
    return switch (found) {
      case Ascii.SP, Ascii.HTAB -> spaceInName(atLineStart);
      case ':' -> Http1Violation.EMPTY_FIELD_NAME;
      case Ascii.LF -> atLineStart ? Http1Violation.BARE_LF : Http1Violation.MISSING_COLON;
      case Ascii.CR -> Http1Violation.MISSING_COLON;
      default -> Http1Violation.BAD_FIELD_NAME;
    };
  }

  private Http1Violation spaceInName(boolean atLineStart) {
    if (!atLineStart) {
      return Http1Violation.SPACE_BEFORE_COLON;
    }
    return used == 0 ? Http1Violation.SPACE_BEFORE_FIRST_FIELD : Http1Violation.LINE_FOLDING;
  }
}
