package io.roadrunner.http1;

/**
 * A piece of text that is taken as a whole: a head, a chunk line, a trailer section. Scanning can
 * stop anywhere and go on when more bytes are there; no byte is looked at twice.
 */
interface Element {
  /** What {@link #scan} returns when the end of the element is not there yet. */
  int INCOMPLETE = -1;

  /**
   * Goes on scanning.
   *
   * @param b holds the element so far; may be another array than last time
   * @param base index of the element's first byte, whatever has been scanned already
   * @param limit index behind the last byte that is there
   * @return length of the element, or {@link #INCOMPLETE}
   */
  int scan(byte[] b, int base, int limit);
}
