package io.roadrunner.http2.frame;

import java.nio.ByteBuffer;

/**
 * CONTINUATION (RFC 9113 §6.10).
 *
 * @param streamId not 0
 * @param fragment the next part of the header block
 * @param endHeaders whether the block is complete
 */
public record ContinuationFrame(int streamId, ByteBuffer fragment, EndHeaders endHeaders)
    implements Frame {

  static ContinuationFrame read(FrameHeader header, ByteBuffer payload) {
    Payload.requireStream(header);
    return new ContinuationFrame(header.streamId(), payload, EndHeaders.of(header.flags()));
  }

  void write(ByteBuffer out) {
    FrameHeader.write(
        fragment.remaining(), FrameType.CONTINUATION, endHeaders.flag(), streamId, out);
    out.put(fragment.duplicate());
  }
}
