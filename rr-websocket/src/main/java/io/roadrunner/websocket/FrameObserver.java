package io.roadrunner.websocket;

/** Is told of the frames that a reader meets, for those who count them. */
@FunctionalInterface
public interface FrameObserver {

  /**
   * The header of a frame has been read. Of a control frame it is told once the frame is complete;
   * a data frame may still be refused for its size.
   *
   * @param opcode 0 to 15 (RFC 6455 §5.2)
   * @param payloadBytes the length of the payload on the wire
   */
  void frame(int opcode, long payloadBytes);

  /**
   * For those who do not count.
   *
   * @return always the same value
   */
  static FrameObserver none() {
    return NoObserver.INSTANCE;
  }
}
