package io.roadrunner.http2.frame;

/** Whether something is the last that its sender sends on a stream (the END_STREAM flag). */
public enum EndStream {
  /** More follows. */
  NO,
  /** Nothing follows. */
  YES;

  static EndStream of(int flags) {
    return (flags & Flags.END_STREAM) == 0 ? NO : YES;
  }

  int flag() {
    return this == YES ? Flags.END_STREAM : 0;
  }
}
