package io.roadrunner.http2.frame;

/** Whether a frame holds the last part of a header block (the END_HEADERS flag). */
public enum EndHeaders {
  /** A CONTINUATION frame follows. */
  NO,
  /** The block is complete. */
  YES;

  static EndHeaders of(int flags) {
    return (flags & Flags.END_HEADERS) == 0 ? NO : YES;
  }

  int flag() {
    return this == YES ? Flags.END_HEADERS : 0;
  }
}
