package io.roadrunner.http2.frame;

import java.nio.ByteBuffer;

/**
 * A frame of a type that is not known here, to be ignored (RFC 9113 §4.1).
 *
 * @param type 0 to 255
 * @param flags 0 to 255
 * @param streamId any
 * @param payload its octets
 */
public record UnknownFrame(int type, int flags, int streamId, ByteBuffer payload) implements Frame {

  static UnknownFrame read(FrameHeader header, ByteBuffer payload) {
    return new UnknownFrame(header.type(), header.flags(), header.streamId(), payload);
  }

  void write(ByteBuffer out) {
    FrameHeader.write(payload.remaining(), type, flags, streamId, out);
    out.put(payload.duplicate());
  }
}
