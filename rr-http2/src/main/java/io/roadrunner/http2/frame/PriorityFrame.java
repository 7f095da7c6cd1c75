package io.roadrunner.http2.frame;

import java.nio.ByteBuffer;

/**
 * PRIORITY (RFC 9113 §6.3), which asks for nothing any more.
 *
 * @param streamId not 0
 * @param dependency the priority of RFC 7540
 */
public record PriorityFrame(int streamId, StreamDependency dependency) implements Frame {

  static PriorityFrame read(FrameHeader header, ByteBuffer payload) {
    Payload.requireStream(header);
    if (payload.remaining() != StreamDependency.BYTES) {
      // RFC 9113 §6.3: the one length that does not concern the connection.
      throw Http2Exception.stream(header.streamId(), Http2Violation.BAD_FRAME_LENGTH);
    }
    return new PriorityFrame(header.streamId(), StreamDependency.read(payload));
  }

  void write(ByteBuffer out) {
    FrameHeader.write(StreamDependency.BYTES, FrameType.PRIORITY, Flags.NONE, streamId, out);
    dependency.write(out);
  }
}
