package io.roadrunner.hpack;

/**
 * How a header block ended that was well-formed. After either, the decoder is ready for the next.
 */
public enum BlockOutcome {
  /** All fields went to the sink. */
  COMPLETE,

  /**
   * The block holds more than {@link HpackLimits} permits. The sink got the fields up to the first
   * one too many; the others were decoded for the sake of the dynamic table, and dropped. The
   * request can be refused (status 431, RFC 6585 §5) and the connection go on.
   */
  LIST_TOO_LARGE
}
