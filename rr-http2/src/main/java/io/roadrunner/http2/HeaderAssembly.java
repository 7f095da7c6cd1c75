package io.roadrunner.http2;

import io.roadrunner.http2.frame.ContinuationFrame;
import io.roadrunner.http2.frame.EndHeaders;
import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.HeadersFrame;
import io.roadrunner.http2.frame.Http2Exception;
import io.roadrunner.http2.frame.Http2Violation;
import java.nio.ByteBuffer;

/** Joins a HEADERS frame and its CONTINUATION frames (RFC 9113 §4.3, §6.10). */
final class HeaderAssembly {
  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  private final HeaderLimits limits;

  private int streamId;
  private EndStream endStream = EndStream.NO;
  private boolean selfDependent;
  private boolean open;
  private int continuations;

  /** The block: as read, or collected up to its position. */
  private ByteBuffer block = NONE;

  HeaderAssembly(HeaderLimits limits) {
    this.limits = limits;
  }

  /** Whether nothing but CONTINUATION frames may come. */
  boolean isOpen() {
    return open;
  }

  int streamId() {
    return streamId;
  }

  EndStream endStream() {
    return endStream;
  }

  boolean isSelfDependent() {
    return selfDependent;
  }

  /** The whole block, once; nothing is kept. */
  ByteBuffer take() {
    ByteBuffer whole = block;
    block = NONE;
    return whole;
  }

  void begin(HeadersFrame frame) {
    streamId = frame.streamId();
    endStream = frame.endStream();
    selfDependent =
        frame.dependency().isPresent() && frame.dependency().get().dependsOn() == streamId;
    continuations = 0;
    if (frame.endHeaders() == EndHeaders.YES) {
      requireRoom(frame.fragment());
      block = frame.fragment();
      return;
    }
    open = true;
    append(frame.fragment());
  }

  void add(ContinuationFrame frame) {
    if (!open) {
      throw Http2Exception.connection(Http2Violation.UNEXPECTED_CONTINUATION);
    }
    if (frame.streamId() != streamId) {
      throw Http2Exception.connection(Http2Violation.HEADER_BLOCK_INTERRUPTED);
    }
    continuations++;
    if (continuations > limits.maxContinuations()) {
      throw Http2Exception.connection(Http2Violation.HEADER_BLOCK_TOO_LARGE);
    }
    append(frame.fragment());
    if (frame.endHeaders() == EndHeaders.YES) {
      open = false;
      block.flip();
    }
  }

  private void append(ByteBuffer fragment) {
    requireRoom(fragment);
    if (block.remaining() < fragment.remaining()) {
      int wanted = Math.max(block.position() + fragment.remaining(), 2 * block.capacity());
      block = ByteBuffer.allocate(Math.min(wanted, limits.maxBlockBytes())).put(block.flip());
    }
    block.put(fragment);
  }

  private void requireRoom(ByteBuffer fragment) {
    if (block.position() + fragment.remaining() > limits.maxBlockBytes()) {
      throw Http2Exception.connection(Http2Violation.HEADER_BLOCK_TOO_LARGE);
    }
  }
}
