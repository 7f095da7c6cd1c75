package io.roadrunner.server.net;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Direct buffers for outgoing records: taken for one write, and kept only until it has left. */
final class TlsBuffers {

  /** RFC 8446 §5.2: 2^14 + 256 and the record header; the JDK asks for a little more. */
  static final int RECORD = 17 << 10;

  /** As much as a socket usually takes at once. */
  private static final int RECORDS = 4 * RECORD;

  private static final TlsBuffers SMALL = new TlsBuffers(RECORD, 64);
  private static final TlsBuffers LARGE = new TlsBuffers(RECORDS, 32);

  private final ConcurrentLinkedQueue<ByteBuffer> free = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final int size;
  private final int most;

  private TlsBuffers(int size, int most) {
    this.size = size;
    this.most = most;
  }

  /**
   * Returns an empty buffer for at least one record, or for several where there is more to send.
   */
  static ByteBuffer take(long plainBytes) {
    return (plainBytes <= RECORD - 1024 ? SMALL : LARGE).take();
  }

  private ByteBuffer take() {
    ByteBuffer buffer = free.poll();
    if (buffer == null) {
      return ByteBuffer.allocateDirect(size);
    }
    count.decrementAndGet();
    return buffer.clear();
  }

  /** Takes a buffer back. */
  static void give(ByteBuffer buffer) {
    if (buffer.capacity() == RECORD) {
      SMALL.keep(buffer);
    } else if (buffer.capacity() == RECORDS) {
      LARGE.keep(buffer);
    }
  }

  private void keep(ByteBuffer buffer) {
    if (count.incrementAndGet() <= most) {
      free.add(buffer);
    } else {
      count.decrementAndGet();
    }
  }
}
