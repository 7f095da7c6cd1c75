package io.roadrunner.http2.frame;

/** All input was taken, and it does not complete a frame. */
public record NeedInput() implements FrameEvent {
  static final NeedInput INSTANCE = new NeedInput();
}
