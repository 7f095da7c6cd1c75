package io.roadrunner.http2.frame;

import java.nio.ByteBuffer;

/**
 * WINDOW_UPDATE (RFC 9113 §6.9).
 *
 * @param streamId 0 for the window of the connection
 * @param increment 1 to 2^31-1
 */
public record WindowUpdateFrame(int streamId, int increment) implements Frame {
  private static final int LENGTH = 4;

  static WindowUpdateFrame read(FrameHeader header, ByteBuffer payload) {
    Payload.requireLength(payload.remaining() == LENGTH);
    int increment = Payload.int31(payload);
    if (increment == 0) {
      throw header.streamId() == 0
          ? Http2Exception.connection(Http2Violation.ZERO_INCREMENT)
          : Http2Exception.stream(header.streamId(), Http2Violation.ZERO_INCREMENT);
    }
    return new WindowUpdateFrame(header.streamId(), increment);
  }

  static void write(int streamId, int increment, ByteBuffer out) {
    if (increment < 1) {
      throw new IllegalArgumentException("increment of " + increment);
    }
    FrameHeader.write(LENGTH, FrameType.WINDOW_UPDATE, Flags.NONE, streamId, out);
    out.putInt(increment);
  }
}
