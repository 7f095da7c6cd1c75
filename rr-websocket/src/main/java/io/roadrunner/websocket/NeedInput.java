package io.roadrunner.websocket;

/**
 * The buffer holds no further complete event. Its position is at the first byte of an incomplete
 * header or control frame, 138 bytes at the most; call again when more bytes have been put behind
 * those.
 */
public enum NeedInput implements FrameEvent, MessageEvent {
  /** The only value. */
  INSTANCE
}
