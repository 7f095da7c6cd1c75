package io.roadrunner.http2.frame;

import java.nio.ByteBuffer;

/** What the frames have in common where their payload is taken apart. */
final class Payload {
  /** The highest bit of a stream identifier or an increment is reserved, and ignored. */
  static final int LOW_31_BITS = 0x7FFF_FFFF;

  private Payload() {}

  static void requireStream(FrameHeader header) {
    if (header.streamId() == 0) {
      throw Http2Exception.connection(Http2Violation.STREAM_ZERO);
    }
  }

  static void requireConnection(FrameHeader header) {
    if (header.streamId() != 0) {
      throw Http2Exception.connection(Http2Violation.NOT_STREAM_ZERO);
    }
  }

  static void requireLength(boolean fits) {
    if (!fits) {
      throw Http2Exception.connection(Http2Violation.BAD_FRAME_LENGTH);
    }
  }

  /** Takes the pad length off the front of the payload, and the padding off its end. */
  static void removePadding(FrameHeader header, ByteBuffer payload) {
    if (header.has(Flags.PADDED)) {
      requireLength(payload.hasRemaining());
      int padding = payload.get() & 0xFF;
      if (padding > payload.remaining()) {
        throw Http2Exception.connection(Http2Violation.BAD_PADDING); // RFC 9113 §6.1
      }
      payload.limit(payload.limit() - padding);
    }
  }

  static int int31(ByteBuffer payload) {
    return payload.getInt() & LOW_31_BITS;
  }
}
