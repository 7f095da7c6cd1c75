package io.roadrunner.server.http2;

import io.roadrunner.http2.Fields;
import io.roadrunner.server.Headers;
import io.roadrunner.server.RequestBodyException;
import io.roadrunner.server.net.PeerPace;
import io.roadrunner.server.pipeline.BodyReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request between the loop, which fills it, and the handler, which waits for it. What
 * is in here has been paid for with flow-control window: it cannot be more than that.
 */
final class StreamInput implements BodyReader.Source {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int SHARED_BYTES = 1024;

  private final StreamRun stream;
  private final PeerPace pace;
  private final long maxBytes;
  private final ArrayDeque<ByteBuffer> parts = new ArrayDeque<>(2);
  private long received;
  private long waitingSince;
  private int inHand;
  private boolean complete;
  private Headers trailers = Headers.empty();
  private @Nullable IOException failure;

  StreamInput(StreamRun stream, PeerPace pace, long maxBytes, long nowNanos) {
    this.stream = stream;
    this.pace = pace;
    this.maxBytes = maxBytes;
    this.waitingSince = nowNanos;
  }

  // The loop's side.

  /** Takes a copy, to be announced; false if the body is larger than it may be. */
  synchronized boolean offer(ByteBuffer data) {
    received += data.remaining();
    if (stream.isInline()) {
      arrived(data.remaining());
    }
    if (received > maxBytes) {
      fail(tooLarge());
      return false;
    }
    ByteBuffer last = parts.peekLast();
    if (last == null || last.capacity() - last.limit() < data.remaining()) {
      // Where parts come together, small ones share memory.
      int least = last == null ? 0 : SHARED_BYTES;
      last = ByteBuffer.allocate(Math.max(least, data.remaining())).limit(0);
      parts.add(last);
    }
    int end = last.limit();
    last.limit(end + data.remaining()).put(end, data, data.position(), data.remaining());
    return true;
  }

  /** Wakes the handler: once for all that came together, since frames may be tiny. */
  synchronized void announce() {
    notifyAll();
  }

  synchronized void complete(Fields trailerFields) {
    complete = true;
    if (trailerFields.count() > 0) {
      trailers = new StreamHeaders("", trailerFields);
    }
    notifyAll();
  }

  synchronized void fail(IOException cause) {
    if (!complete && failure == null) {
      failure = cause;
      notifyAll();
    }
  }

  synchronized boolean isComplete() {
    return complete;
  }

  // The handler's side.

  @Override
  public ByteBuffer next() throws IOException {
    stream.sendContinue();
    if (inHand > 0) {
      stream.consumed(inHand);
      inHand = 0;
    }
    ByteBuffer part = take();
    inHand = part.remaining();
    return part;
  }

  private synchronized ByteBuffer take() throws IOException {
    while (parts.isEmpty()) {
      if (complete) {
        return NOTHING;
      }
      if (failure != null) {
        throw failure;
      }
      await();
    }
    ByteBuffer part = parts.remove();
    if (!stream.isInline()) {
      pace.moved(part.remaining());
    }
    return part;
  }

  private synchronized void await() throws IOException {
    long credit = pace.creditNanos();
    if (credit <= 0) {
      failure = new RequestBodyException(408, "the body arrives too slowly");
      throw failure;
    }
    long before = System.nanoTime();
    try {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(credit, 1_000_000));
    } catch (InterruptedException e) {
      throw new InterruptedIOException("interrupted while waiting for the body");
    }
    pace.waited(System.nanoTime() - before);
  }

  private void arrived(int bytes) {
    long now = System.nanoTime();
    pace.waited(now - waitingSince);
    pace.moved(bytes);
    waitingSince = now;
  }

  /** Tells whether a body that nobody waits for, as it is collected, arrives too slowly. */
  synchronized boolean isOverdue(long nowNanos) {
    return !complete && failure == null && pace.creditNanos() < nowNanos - waitingSince;
  }

  private RequestBodyException tooLarge() {
    return new RequestBodyException(413, "the body is larger than " + maxBytes + " bytes");
  }

  @Override
  public synchronized Headers trailers() {
    return trailers;
  }

  @Override
  public synchronized boolean ended() {
    return complete && parts.isEmpty();
  }

  @Override
  public synchronized long bytes() {
    return received;
  }
}
