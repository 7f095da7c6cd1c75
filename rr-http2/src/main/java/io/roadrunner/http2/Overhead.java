package io.roadrunner.http2;

/**
 * What costs work and need not serve anything, in points of the budget (RFC 9113 §10.5). A point is
 * about the work for one small frame.
 */
enum Overhead {
  WINDOW_UPDATE(1),
  /** {@link #TINY_FRAMES} frames of content of a few octets each: messages may be that short. */
  TINY_DATA(1),
  PING(2),
  /** A frame on a stream that has ended. */
  LATE_FRAME(2),
  PRIORITY(5),
  CONTINUATION(10),
  UNKNOWN_FRAME(10),
  GOAWAY(10),
  /** A request that the peer takes back before it is answered. */
  CANCELLED_REQUEST(20),
  /** A frame of the peer that is answered with RST_STREAM. */
  PROVOKED_RESET(50),
  LARGE_HEADER_LIST(50),
  SETTINGS(50),
  /** DATA that neither brings content nor ends it. */
  EMPTY_DATA(100);

  /** Content below this is tiny. */
  static final int TINY_BYTES = 64;

  static final int TINY_FRAMES = 16;

  private final int points;

  Overhead(int points) {
    this.points = points;
  }

  int points() {
    return points;
  }
}
