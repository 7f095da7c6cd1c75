package io.roadrunner.http1;

/**
 * The buffer holds no further complete event. Its position is at the first byte of the incomplete
 * element; call again when more bytes have been put behind those.
 */
public enum NeedInput implements Http1Event {
  /** The only value. */
  INSTANCE
}
