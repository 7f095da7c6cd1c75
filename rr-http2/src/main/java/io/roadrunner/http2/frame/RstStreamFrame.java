package io.roadrunner.http2.frame;

import java.nio.ByteBuffer;

/**
 * RST_STREAM (RFC 9113 §6.4).
 *
 * @param streamId not 0
 * @param errorCode any 32 bits, mostly one of {@link ErrorCode}
 */
public record RstStreamFrame(int streamId, int errorCode) implements Frame {
  private static final int LENGTH = 4;

  static RstStreamFrame read(FrameHeader header, ByteBuffer payload) {
    Payload.requireStream(header);
    Payload.requireLength(payload.remaining() == LENGTH);
    return new RstStreamFrame(header.streamId(), payload.getInt());
  }

  static void write(int streamId, int errorCode, ByteBuffer out) {
    FrameHeader.write(LENGTH, FrameType.RST_STREAM, Flags.NONE, streamId, out);
    out.putInt(errorCode);
  }
}
