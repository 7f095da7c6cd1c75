package io.roadrunner.websocket;

/** The message that started last is complete. */
public enum MessageEnd implements FrameEvent {
  /** The only value. */
  INSTANCE
}
