package io.roadrunner.http2.frame;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * HEADERS (RFC 9113 §6.2).
 *
 * @param streamId not 0
 * @param fragment the header block, or its first part
 * @param endStream whether this is the last on the stream, apart from CONTINUATION frames
 * @param endHeaders whether the block is complete
 * @param dependency the priority of RFC 7540, if the frame has one
 */
public record HeadersFrame(
    int streamId,
    ByteBuffer fragment,
    EndStream endStream,
    EndHeaders endHeaders,
    Optional<StreamDependency> dependency)
    implements Frame {

  /**
   * {@return a frame with a whole header block}
   *
   * @param streamId not 0
   * @param block the header block; its position stays where it is
   * @param endStream whether this is the last on the stream
   */
  public static HeadersFrame of(int streamId, ByteBuffer block, EndStream endStream) {
    return new HeadersFrame(
        streamId, block.asReadOnlyBuffer(), endStream, EndHeaders.YES, Optional.empty());
  }

  static HeadersFrame read(FrameHeader header, ByteBuffer payload) {
    Payload.requireStream(header);
    Payload.removePadding(header, payload);
    Optional<StreamDependency> dependency = Optional.empty();
    if (header.has(Flags.PRIORITY)) {
      Payload.requireLength(payload.remaining() >= StreamDependency.BYTES);
      dependency = Optional.of(StreamDependency.read(payload));
    }
    return new HeadersFrame(
        header.streamId(),
        payload,
        EndStream.of(header.flags()),
        EndHeaders.of(header.flags()),
        dependency);
  }

  void write(ByteBuffer out) {
    int flags = endStream.flag() | endHeaders.flag();
    int length = fragment.remaining();
    if (dependency.isPresent()) {
      flags |= Flags.PRIORITY;
      length += StreamDependency.BYTES;
    }
    FrameHeader.write(length, FrameType.HEADERS, flags, streamId, out);
    dependency.ifPresent(present -> present.write(out));
    out.put(fragment.duplicate());
  }
}
