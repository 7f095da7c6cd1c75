package io.roadrunner.http2.frame;

import java.nio.ByteBuffer;

/**
 * PING (RFC 9113 §6.7).
 *
 * @param ack whether it is the answer
 * @param opaque eight octets that come back as they were sent
 */
public record PingFrame(Ack ack, long opaque) implements Frame {
  private static final int LENGTH = 8;

  static PingFrame read(FrameHeader header, ByteBuffer payload) {
    Payload.requireConnection(header);
    Payload.requireLength(payload.remaining() == LENGTH);
    return new PingFrame(Ack.of(header.flags()), payload.getLong());
  }

  @Override
  public int streamId() {
    return 0;
  }

  static void write(Ack ack, long opaque, ByteBuffer out) {
    FrameHeader.write(LENGTH, FrameType.PING, ack.flag(), 0, out);
    out.putLong(opaque);
  }
}
