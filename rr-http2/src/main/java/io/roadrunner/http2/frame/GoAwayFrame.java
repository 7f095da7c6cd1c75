package io.roadrunner.http2.frame;

import java.nio.ByteBuffer;

/**
 * GOAWAY (RFC 9113 §6.8).
 *
 * @param lastStreamId the highest stream of the other side that was or may be processed
 * @param errorCode any 32 bits, mostly one of {@link ErrorCode}
 * @param debugData for the eyes of people, possibly empty
 */
public record GoAwayFrame(int lastStreamId, int errorCode, ByteBuffer debugData) implements Frame {
  private static final int LEAST = 8;

  static GoAwayFrame read(FrameHeader header, ByteBuffer payload) {
    Payload.requireConnection(header);
    Payload.requireLength(payload.remaining() >= LEAST);
    int last = Payload.int31(payload);
    int code = payload.getInt();
    return new GoAwayFrame(last, code, payload);
  }

  @Override
  public int streamId() {
    return 0;
  }

  static void write(int lastStreamId, int errorCode, ByteBuffer debugData, ByteBuffer out) {
    FrameHeader.requireId(lastStreamId);
    FrameHeader.write(LEAST + debugData.remaining(), FrameType.GOAWAY, Flags.NONE, 0, out);
    out.putInt(lastStreamId).putInt(errorCode).put(debugData.duplicate());
  }
}
