package io.roadrunner.http2.frame;

import java.nio.ByteBuffer;

/**
 * PRIORITY_UPDATE (RFC 9218 §7.1).
 *
 * @param prioritizedStreamId the stream it is about
 * @param priority the value of a {@code priority} field, in ASCII
 */
public record PriorityUpdateFrame(int prioritizedStreamId, ByteBuffer priority) implements Frame {
  private static final int LEAST = 4;

  static PriorityUpdateFrame read(FrameHeader header, ByteBuffer payload) {
    Payload.requireConnection(header);
    Payload.requireLength(payload.remaining() >= LEAST);
    int prioritized = Payload.int31(payload);
    if (prioritized == 0) {
      throw Http2Exception.connection(Http2Violation.BAD_PRIORITY_UPDATE);
    }
    return new PriorityUpdateFrame(prioritized, payload);
  }

  @Override
  public int streamId() {
    return 0;
  }

  void write(ByteBuffer out) {
    FrameHeader.requireId(prioritizedStreamId);
    FrameHeader.write(LEAST + priority.remaining(), FrameType.PRIORITY_UPDATE, Flags.NONE, 0, out);
    out.putInt(prioritizedStreamId).put(priority.duplicate());
  }
}
