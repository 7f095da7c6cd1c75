package io.roadrunner.server.http2;

import io.roadrunner.server.Headers;
import io.roadrunner.server.Response;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far the response of a stream has come, as the loop sees it. */
final class StreamSending {

  private final ArrayDeque<ByteBuffer> waiting = new ArrayDeque<>(0);
  private @Nullable Response response;
  private @Nullable Headers trailers;
  private int lent;
  private long bytes;
  private boolean running;
  private boolean reported;
  private boolean ended;
  private int unsentAtLastLook;
  private long movedAtNanos;
  private long startedAtNanos;

  StreamSending(long nowNanos) {
    movedAtNanos = nowNanos;
    startedAtNanos = nowNanos;
  }

  void response(Response value) {
    response = value;
  }

  Optional<Response> response() {
    return Optional.ofNullable(response);
  }

  /** A thread works on the response. */
  void run(long nowNanos) {
    running = true;
    startedAtNanos = nowNanos;
  }

  /** Nothing more will come from that thread. */
  void stop() {
    running = false;
  }

  boolean isRunning() {
    return running;
  }

  long startedAtNanos() {
    return startedAtNanos;
  }

  /** Content that the engine has not taken yet, first the oldest. */
  ArrayDeque<ByteBuffer> waiting() {
    return waiting;
  }

  int waitingBytes() {
    int sum = 0;
    for (ByteBuffer data : waiting) {
      sum += data.remaining();
    }
    return sum;
  }

  void lent(int count) {
    lent += count;
    bytes += count;
  }

  /** Returns how much the engine has sent of what it was lent. */
  int takeLent() {
    int free = lent;
    lent = 0;
    return free;
  }

  long bytes() {
    return bytes;
  }

  /** There will be no more content; trailers follow the last of it. */
  void finish(Headers fields) {
    trailers = fields;
  }

  /** Returns the trailers, once the end is known. */
  Optional<Headers> end() {
    return Optional.ofNullable(trailers);
  }

  /** The end has been given to the engine; false if it was before. */
  boolean endOnce() {
    boolean first = !ended;
    ended = true;
    return first;
  }

  /** Tells whether the request has not been reported yet, and notes that it is now. */
  boolean reportOnce() {
    boolean first = !reported;
    reported = true;
    return first;
  }

  /** Returns since when as much has been waiting for the peer as does now. */
  long stalledSince(int unsent, long nowNanos) {
    if (unsent != unsentAtLastLook || unsent == 0) {
      unsentAtLastLook = unsent;
      movedAtNanos = nowNanos;
    }
    return movedAtNanos;
  }
}
