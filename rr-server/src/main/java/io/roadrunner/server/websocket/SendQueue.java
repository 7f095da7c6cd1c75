package io.roadrunner.server.websocket;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that wait for the transport, in their order: small frames put together, large ones as they
 * are. Guarded by whoever has it.
 */
final class SendQueue {

  /** Up to this many bytes are copied to what is there already. */
  static final int SMALL = 8 << 10;

  private static final int FIRST_SIZE = 256;
  private static final int LARGEST = 32 << 10;

  private final ArrayDeque<ByteBuffer> full = new ArrayDeque<>(1);
  private @Nullable ByteBuffer growing;
  private long bytes;

  /** Returns how many bytes wait. */
  long bytes() {
    return bytes;
  }

  /** Returns a buffer with that much room; {@link #added} has to follow. */
  ByteBuffer room(int size) {
    ByteBuffer last = growing;
    if (last != null && last.remaining() < size) {
      if (last.position() + size > LARGEST) {
        full.add(last.flip());
        last = null;
      } else {
        int capacity = Math.max(last.position() + size, Math.min(LARGEST, 4 * last.capacity()));
        last = ByteBuffer.allocate(capacity).put(last.flip());
      }
    }
    if (last == null) {
      last = ByteBuffer.allocate(Math.max(FIRST_SIZE, size));
    }
    growing = last;
    return last;
  }

  /** So many bytes were put where {@link #room} said. */
  void added(long count) {
    bytes += count;
  }

  /** Takes a buffer as it is; its content must not change any more. */
  void add(ByteBuffer whole) {
    endGrowing();
    full.add(whole);
    bytes += whole.remaining();
  }

  /** Puts back what was taken out last and could not be sent. */
  void putBack(ByteBuffer rest) {
    full.addFirst(ByteBuffer.allocate(rest.remaining()).put(rest).flip());
    bytes += full.getFirst().remaining();
  }

  /** Moves as much as possible to a buffer. */
  void moveTo(ByteBuffer out) {
    endGrowing();
    int before = out.position();
    ByteBuffer next;
    while (out.hasRemaining() && (next = full.peek()) != null) {
      int count = Math.min(next.remaining(), out.remaining());
      out.put(out.position(), next, next.position(), count);
      out.position(out.position() + count);
      next.position(next.position() + count);
      if (!next.hasRemaining()) {
        full.remove();
      }
    }
    bytes -= out.position() - before;
  }

  private void endGrowing() {
    ByteBuffer last = growing;
    if (last != null) {
      full.add(last.flip());
      growing = null;
    }
  }

  void clear() {
    full.clear();
    growing = null;
    bytes = 0;
  }
}
