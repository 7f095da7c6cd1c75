package io.roadrunner.http2.frame;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;

/**
 * The nine octets ahead of each payload (RFC 9113 §4.1).
 *
 * <pre>
 * Length (24) | Type (8) | Flags (8) | Reserved (1) | Stream Identifier (31)
 * </pre>
 */
record FrameHeader(int length, int type, int flags, int streamId) {
  static final int BYTES = 9;

  static FrameHeader read(ByteBuffer in) {
    int lengthAndType = in.getInt();
    int flags = in.get() & 0xFF;
    int streamId = Payload.int31(in);
    return new FrameHeader(lengthAndType >>> 8, lengthAndType & 0xFF, flags, streamId);
  }

  static void write(int length, int type, int flags, int streamId, ByteBuffer out) {
    requireId(streamId);
    if ((type | flags) >>> 8 != 0) {
      throw new IllegalArgumentException("type " + type + " or flags " + flags + " not 0 to 255");
    }
    if (length > FrameReader.MOST_FRAME_BYTES) {
      throw new IllegalArgumentException("payload of " + length + " octets");
    }
    if (out.remaining() < BYTES + length) {
      throw new BufferOverflowException();
    }
    out.putInt(length << 8 | type).put((byte) flags).putInt(streamId);
  }

  /** The first of the 32 bits is reserved. */
  static int requireId(int streamId) {
    if (streamId < 0) {
      throw new IllegalArgumentException("negative stream identifier: " + streamId);
    }
    return streamId;
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }
}
