package io.roadrunner.http2;

import org.jspecify.annotations.Nullable;

/**
 * The streams that have content to send and a window for it, the most urgent first. Of equals, one
 * that is not incremental is sent as a whole before the next; incremental ones take turns (RFC 9218
 * §10).
 */
final class SendQueue {
  private static final @Nullable Http2Stream[] NO_LEVELS = new Http2Stream[0];

  private @Nullable Http2Stream[] heads = NO_LEVELS;
  private @Nullable Http2Stream[] tails = NO_LEVELS;
  private int count;

  void add(Http2Stream stream) {
    if (stream.scheduled) {
      return;
    }
    if (heads.length == 0) {
      heads = new Http2Stream[Priority.LEVELS];
      tails = new Http2Stream[Priority.LEVELS];
    }
    stream.scheduled = true;
    count++;
    int level = stream.priority.urgency();
    Http2Stream tail = tails[level];
    stream.previous = tail;
    stream.next = null;
    if (tail == null) {
      heads[level] = stream;
    } else {
      tail.next = stream;
    }
    tails[level] = stream;
  }

  void remove(Http2Stream stream) {
    if (!stream.scheduled) {
      return;
    }
    stream.scheduled = false;
    count--;
    int level = stream.priority.urgency();
    Http2Stream before = stream.previous;
    Http2Stream after = stream.next;
    if (before == null) {
      heads[level] = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      tails[level] = before;
    } else {
      after.previous = before;
    }
    stream.previous = null;
    stream.next = null;
  }

  /** The stream whose turn it is. */
  @Nullable Http2Stream first() {
    if (count > 0) {
      for (Http2Stream head : heads) {
        if (head != null) {
          return head;
        }
      }
    }
    return null;
  }

  /** A frame of this stream was sent, and it has more. */
  void rotate(Http2Stream stream) {
    if (stream.priority.incremental()) {
      remove(stream);
      add(stream);
    }
  }

  void reprioritize(Http2Stream stream, Priority priority) {
    boolean scheduled = stream.scheduled;
    remove(stream);
    stream.priority = priority;
    if (scheduled) {
      add(stream);
    }
  }

  void clear() {
    heads = NO_LEVELS;
    tails = NO_LEVELS;
    count = 0;
  }
}
