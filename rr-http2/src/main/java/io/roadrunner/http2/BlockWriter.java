package io.roadrunner.http2;

import io.roadrunner.hpack.HeaderSink;
import io.roadrunner.hpack.HpackEncoder;
import io.roadrunner.hpack.Sensitivity;
import io.roadrunner.http2.frame.EndHeaders;
import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.FrameWriter;
import java.nio.ByteBuffer;

/**
 * Encodes header blocks and cuts them into frames. A block that fits is encoded where it is going
 * to be sent from; of any other, what is left over is kept.
 */
final class BlockWriter implements HeaderSink {
  private static final ByteBuffer NONE = ByteBuffer.allocate(0);
  private static final int FIRST_SPILL_BYTES = 1024;
  private static final int LEAST_STATUS = 100;
  private static final String[] STATUSES = statuses();

  private final HpackEncoder encoder;

  /** Where the block is being encoded. */
  private ByteBuffer target = NONE;

  private boolean spilled;

  /** Frames that did not fit. */
  private ByteBuffer rest = NONE;

  BlockWriter(HpackEncoder encoder) {
    this.encoder = encoder;
  }

  private static String[] statuses() {
    String[] statuses = new String[900];
    for (int i = 0; i < statuses.length; i++) {
      statuses[i] = Integer.toString(LEAST_STATUS + i);
    }
    return statuses;
  }

  HpackEncoder encoder() {
    return encoder;
  }

  boolean hasRest() {
    return rest.hasRemaining();
  }

  void drainTo(ByteBuffer out) {
    int bytes = Math.min(rest.remaining(), out.remaining());
    out.put(out.position(), rest, rest.position(), bytes);
    out.position(out.position() + bytes);
    rest.position(rest.position() + bytes);
    if (!rest.hasRemaining()) {
      rest = NONE;
    }
  }

  /**
   * Encodes and writes a block; what does not fit is the rest.
   *
   * @param status 0 for trailers
   */
  void write(
      int streamId,
      int status,
      FieldSource fields,
      EndStream endStream,
      int maxFrameBytes,
      ByteBuffer out) {
    int start = out.position();
    int most = Math.min(out.remaining(), FrameWriter.HEADER_BYTES + maxFrameBytes);
    spilled = most < FrameWriter.HEADER_BYTES + HpackEncoder.MAX_BLOCK_START_BYTES;
    if (spilled) {
      target = ByteBuffer.allocate(FIRST_SPILL_BYTES);
    } else {
      int header = FrameWriter.HEADER_BYTES;
      target = out.slice(start + header, most - header);
    }
    encoder.beginBlock(target);
    if (status != 0) {
      accept(":status", STATUSES[status - LEAST_STATUS], Sensitivity.NORMAL);
    }
    fields.writeTo(this);
    if (spilled) {
      rest = frames(streamId, endStream, maxFrameBytes, target.flip());
      drainTo(out);
    } else {
      int length = target.position();
      FrameWriter.headersHeader(streamId, length, endStream, EndHeaders.YES, out);
      out.position(start + FrameWriter.HEADER_BYTES + length);
    }
    target = NONE;
  }

  @Override
  public void accept(String name, String value, Sensitivity sensitivity) {
    int needed = HpackEncoder.maxEncodedBytes(name, value);
    if (target.remaining() < needed) {
      int capacity = Math.max(FIRST_SPILL_BYTES, 2 * (target.position() + needed));
      target = ByteBuffer.allocate(capacity).put(target.flip());
      spilled = true;
    }
    encoder.encode(name, value, sensitivity, target);
  }

  private static ByteBuffer frames(
      int streamId, EndStream endStream, int maxFrameBytes, ByteBuffer block) {
    int count = Math.max(1, (block.remaining() + maxFrameBytes - 1) / maxFrameBytes);
    ByteBuffer frames = ByteBuffer.allocate(block.remaining() + count * FrameWriter.HEADER_BYTES);
    for (int frame = 0; frame < count; frame++) {
      EndHeaders end = frame == count - 1 ? EndHeaders.YES : EndHeaders.NO;
      int length = Math.min(maxFrameBytes, block.remaining());
      if (frame == 0) {
        FrameWriter.headersHeader(streamId, length, endStream, end, frames);
      } else {
        FrameWriter.continuationHeader(streamId, length, end, frames);
      }
      frames.put(block.slice(block.position(), length));
      block.position(block.position() + length);
    }
    return frames.flip();
  }
}
