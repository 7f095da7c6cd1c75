package io.roadrunner.http2.frame;

import java.nio.ByteBuffer;

/**
 * PUSH_PROMISE (RFC 9113 §6.6).
 *
 * @param streamId not 0
 * @param promisedStreamId the stream that will be pushed
 * @param fragment the header block, or its first part
 * @param endHeaders whether the block is complete
 */
public record PushPromiseFrame(
    int streamId, int promisedStreamId, ByteBuffer fragment, EndHeaders endHeaders)
    implements Frame {

  static PushPromiseFrame read(FrameHeader header, ByteBuffer payload) {
    Payload.requireStream(header);
    Payload.removePadding(header, payload);
    Payload.requireLength(payload.remaining() >= 4);
    int promised = Payload.int31(payload);
    return new PushPromiseFrame(
        header.streamId(), promised, payload, EndHeaders.of(header.flags()));
  }

  void write(ByteBuffer out) {
    FrameHeader.requireId(promisedStreamId);
    FrameHeader.write(
        4 + fragment.remaining(), FrameType.PUSH_PROMISE, endHeaders.flag(), streamId, out);
    out.putInt(promisedStreamId).put(fragment.duplicate());
  }
}
