package io.roadrunner.websocket;

/** Takes no notice. */
enum NoObserver implements FrameObserver {
  INSTANCE;

  @Override
  public void frame(int opcode, long payloadBytes) {}
}
