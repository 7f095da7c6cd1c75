package io.roadrunner.server.net;

import java.nio.ByteBuffer;

/** Unread bytes of one connection, in a heap buffer that exists only while there are any. */
@SuppressWarnings("ByteBufferBackingArray") // All its buffers are allocated here, at offset 0.
final class InputBuffer {

  private static final ByteBuffer NONE = ByteBuffer.allocate(0);
  private static final int SMALLEST = 256;

  private ByteBuffer buffer = NONE;

  /** Returns the unread bytes, from position to limit, in an array-backed buffer. */
  ByteBuffer bytes() {
    return buffer;
  }

  boolean isEmpty() {
    return !buffer.hasRemaining();
  }

  int size() {
    return buffer.remaining();
  }

  /** Takes all remaining bytes of {@code source} to the end. */
  void append(ByteBuffer source) {
    int extra = source.remaining();
    if (buffer.capacity() - buffer.limit() < extra) {
      makeRoom(extra);
    }
    int end = buffer.limit();
    buffer.limit(end + extra);
    source.get(buffer.array(), end, extra);
  }

  private void makeRoom(int extra) {
    int size = buffer.remaining();
    // Doubling keeps a dripped head linear: each byte is moved a constant number of times.
    int capacity = buffer.capacity();
    boolean compact = size + extra <= capacity && buffer.position() >= capacity / 2;
    ByteBuffer target =
        compact
            ? buffer
            : ByteBuffer.allocate(
                Math.max(SMALLEST, Integer.highestOneBit(Math.max(1, size + extra - 1)) * 2));
    System.arraycopy(buffer.array(), buffer.position(), target.array(), 0, size);
    target.position(0).limit(size);
    buffer = target;
  }

  /** Gives the array back once nothing is left unread. */
  void releaseIfEmpty() {
    if (!buffer.hasRemaining()) {
      buffer = NONE;
    }
  }
}
