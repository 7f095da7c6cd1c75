package io.roadrunner.http2.frame;

/** Whether a SETTINGS or PING frame answers one (the ACK flag). */
public enum Ack {
  /** It asks for an answer. */
  NO,
  /** It is the answer. */
  YES;

  static Ack of(int flags) {
    return (flags & Flags.ACK) == 0 ? NO : YES;
  }

  int flag() {
    return this == YES ? Flags.ACK : 0;
  }
}
