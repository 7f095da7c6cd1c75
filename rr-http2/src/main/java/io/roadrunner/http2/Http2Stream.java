package io.roadrunner.http2;

import io.roadrunner.http2.frame.EndStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What is known of a stream that has begun and not ended. */
final class Http2Stream {
  /** How far the commands for the response have come. */
  enum Response {
    NOT_BEGUN,
    BEGUN,
    /** The end is queued. */
    ENDING,
    SENT
  }

  static final long NO_CONTENT_LENGTH = -1;

  final int id;
  StreamState state = StreamState.IDLE;

  final ReceiveWindow receiveWindow;

  /** Content that was received and not given back. */
  int unconsumed;

  long contentLength = NO_CONTENT_LENGTH;
  long receivedBytes;

  Response response = Response.NOT_BEGUN;

  /** RST_STREAM with NO_ERROR is to follow the response. */
  boolean resetWhenSent;

  /** May be negative (RFC 9113 §6.9.2). */
  int sendWindow;

  int queuedBytes;
  EndStream queuedEnd = EndStream.NO;
  @Nullable FieldSource queuedTrailers;
  private @Nullable ByteBuffer first;
  private @Nullable ArrayDeque<ByteBuffer> others;

  Priority priority = Priority.DEFAULT;
  boolean scheduled;
  @Nullable Http2Stream next;
  @Nullable Http2Stream previous;

  Http2Stream(int id, int receiveWindow, int sendWindow) {
    this.id = id;
    this.receiveWindow = new ReceiveWindow(receiveWindow);
    this.sendWindow = sendWindow;
  }

  /** Whether content-length has been kept, at the end of the request (RFC 9113 §8.1.1). */
  boolean hasPromisedLength() {
    return contentLength == NO_CONTENT_LENGTH || receivedBytes == contentLength;
  }

  boolean exceedsPromisedLength() {
    return contentLength != NO_CONTENT_LENGTH && receivedBytes > contentLength;
  }

  /** Queues a view of the next octets, and takes them off the buffer. */
  void queue(ByteBuffer data, int bytes) {
    ByteBuffer view = data.slice(data.position(), bytes);
    data.position(data.position() + bytes);
    queuedBytes += bytes;
    if (first == null) {
      first = view;
      return;
    }
    if (others == null) {
      others = new ArrayDeque<>();
    }
    others.add(view);
  }

  /** Moves the next octets out of the queue. */
  void drain(int bytes, ByteBuffer out) {
    queuedBytes -= bytes;
    int left = bytes;
    while (left > 0 && first != null) {
      int part = Math.min(left, first.remaining());
      out.put(out.position(), first, first.position(), part);
      out.position(out.position() + part);
      first.position(first.position() + part);
      left -= part;
      if (!first.hasRemaining()) {
        first = others == null ? null : others.poll();
      }
    }
  }

  void dropOutput() {
    first = null;
    others = null;
    queuedBytes = 0;
    queuedTrailers = null;
  }
}
