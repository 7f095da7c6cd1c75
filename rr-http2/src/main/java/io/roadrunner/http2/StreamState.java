package io.roadrunner.http2;

import io.roadrunner.http2.frame.Http2Violation;

/**
 * The states of a stream that a client opens, as the server sees it. Nothing is pushed, so the two
 * reserved states do not occur; and the closed state is split by how it came about, because that
 * decides what a late frame means. No transition is anywhere else.
 *
 * <pre>
 *                          +--------+
 *                          |  idle  |
 *                          +--------+
 *                 recv H       |        recv H + ES
 *              .---------------+---------------------.
 *              v                                     v
 *         +--------+   recv ES                 +-------------+
 *         |  open  |-------------------------->| half-closed |
 *         +--------+                           |  (remote)   |
 *              | send ES                       +-------------+
 *              v                                     |
 *        +-------------+                             |
 *        | half-closed |                             |
 *        |   (local)   |                             |
 *        +-------------+                             |
 *              | recv ES                             | send ES
 *              v                                     v
 *         +-----------------------------------------------+
 *         |      closed, also by RST_STREAM anywhere      |
 *         +-----------------------------------------------+
 *     H: HEADERS    ES: END_STREAM    (RFC 9113 §5.1, figure 2)
 * </pre>
 */
enum StreamState {
  IDLE,
  OPEN,
  HALF_CLOSED_LOCAL,
  HALF_CLOSED_REMOTE,
  /** Both sides have sent END_STREAM. */
  CLOSED_BY_END,
  CLOSED_BY_PEER_RESET,
  CLOSED_BY_OWN_RESET,
  /** The response is whole, and the rest of the request was declined without blame. */
  CLOSED_EARLY,
  /** Ended too long ago to be remembered, or skipped by a higher identifier. */
  CLOSED_FORGOTTEN;

  /** What happens on a stream. PRIORITY means nothing in any state, so it is not here. */
  enum Input {
    RECEIVE_HEADERS,
    RECEIVE_HEADERS_AND_END,
    RECEIVE_DATA,
    RECEIVE_END,
    RECEIVE_RESET,
    RECEIVE_WINDOW_UPDATE,
    SEND_END,
    SEND_RESET,
    /** RST_STREAM with NO_ERROR behind a whole response: RFC 9113 §8.1. */
    SEND_DECLINE
  }

  /** What is to be done. */
  sealed interface Step {}

  /** The input is fine, and the stream is in this state now. */
  record To(StreamState state) implements Step {}

  /** The input is to be passed over. */
  record Ignore() implements Step {}

  /** Stream error. */
  record Reset(Http2Violation violation) implements Step {}

  /** Connection error. */
  record Fail(Http2Violation violation) implements Step {}

  private static final Step TO_OPEN = new To(OPEN);
  private static final Step TO_HALF_CLOSED_LOCAL = new To(HALF_CLOSED_LOCAL);
  private static final Step TO_HALF_CLOSED_REMOTE = new To(HALF_CLOSED_REMOTE);
  private static final Step TO_END = new To(CLOSED_BY_END);
  private static final Step TO_PEER_RESET = new To(CLOSED_BY_PEER_RESET);
  private static final Step TO_OWN_RESET = new To(CLOSED_BY_OWN_RESET);
  private static final Step TO_EARLY = new To(CLOSED_EARLY);
  private static final Step IGNORE = new Ignore();
  private static final Step NO_END = new Reset(Http2Violation.TRAILERS_WITHOUT_END);
  private static final Step HALF_CLOSED = new Reset(Http2Violation.FRAME_ON_HALF_CLOSED_STREAM);
  private static final Step CLOSED = new Reset(Http2Violation.FRAME_ON_CLOSED_STREAM);
  private static final Step FAIL_CLOSED = new Fail(Http2Violation.FRAME_ON_CLOSED_STREAM);
  private static final Step FAIL_IDLE = new Fail(Http2Violation.FRAME_ON_IDLE_STREAM);
  private static final Step FAIL_ID = new Fail(Http2Violation.BAD_STREAM_ID);

  boolean isClosed() {
    return compareTo(CLOSED_BY_END) >= 0;
  }

  /** Whether the peer may still send content. */
  boolean isRemoteOpen() {
    return this == OPEN || this == HALF_CLOSED_LOCAL;
  }

  @SuppressWarnings("checkstyle:MethodLength") // One case for each state and input.
  Step on(Input input) {
    return switch (this) {
      case IDLE ->
          switch (input) {
            case RECEIVE_HEADERS -> TO_OPEN;
            case RECEIVE_HEADERS_AND_END -> TO_HALF_CLOSED_REMOTE;
            case RECEIVE_DATA, RECEIVE_END, RECEIVE_RESET, RECEIVE_WINDOW_UPDATE -> FAIL_IDLE;
            case SEND_END, SEND_RESET, SEND_DECLINE -> IGNORE;
          };
      case OPEN ->
          switch (input) {
            case RECEIVE_HEADERS -> NO_END; // RFC 9113 §8.1
            case RECEIVE_HEADERS_AND_END, RECEIVE_END -> TO_HALF_CLOSED_REMOTE;
            case RECEIVE_DATA, RECEIVE_WINDOW_UPDATE -> TO_OPEN;
            case RECEIVE_RESET -> TO_PEER_RESET;
            case SEND_END -> TO_HALF_CLOSED_LOCAL;
            case SEND_RESET -> TO_OWN_RESET;
            case SEND_DECLINE -> IGNORE;
          };
      case HALF_CLOSED_LOCAL ->
          switch (input) {
            case RECEIVE_HEADERS -> NO_END; // RFC 9113 §8.1
            case RECEIVE_HEADERS_AND_END, RECEIVE_END -> TO_END;
            case RECEIVE_DATA, RECEIVE_WINDOW_UPDATE -> TO_HALF_CLOSED_LOCAL;
            case RECEIVE_RESET -> TO_PEER_RESET;
            case SEND_END -> IGNORE;
            case SEND_RESET -> TO_OWN_RESET;
            case SEND_DECLINE -> TO_EARLY;
          };
      case HALF_CLOSED_REMOTE ->
          switch (input) {
            case RECEIVE_HEADERS, RECEIVE_HEADERS_AND_END, RECEIVE_DATA, RECEIVE_END -> HALF_CLOSED;
            case RECEIVE_WINDOW_UPDATE -> TO_HALF_CLOSED_REMOTE;
            case RECEIVE_RESET -> TO_PEER_RESET;
            case SEND_END -> TO_END;
            case SEND_RESET -> TO_OWN_RESET;
            case SEND_DECLINE -> IGNORE;
          };
      case CLOSED_BY_END ->
          switch (input) {
            case RECEIVE_HEADERS, RECEIVE_HEADERS_AND_END, RECEIVE_DATA, RECEIVE_END -> FAIL_CLOSED;
            // The peer may have sent these before it saw END_STREAM.
            case RECEIVE_RESET, RECEIVE_WINDOW_UPDATE, SEND_END, SEND_RESET, SEND_DECLINE -> IGNORE;
          };
      case CLOSED_BY_PEER_RESET ->
          switch (input) {
            case RECEIVE_HEADERS, RECEIVE_HEADERS_AND_END, RECEIVE_DATA, RECEIVE_END -> CLOSED;
            case RECEIVE_RESET, RECEIVE_WINDOW_UPDATE, SEND_END, SEND_RESET, SEND_DECLINE -> IGNORE;
          };
      // The peer may have sent anything before it saw RST_STREAM, but nothing behind its own.
      case CLOSED_BY_OWN_RESET, CLOSED_EARLY ->
          input == Input.RECEIVE_RESET ? TO_PEER_RESET : IGNORE;
      case CLOSED_FORGOTTEN ->
          switch (input) {
            case RECEIVE_HEADERS, RECEIVE_HEADERS_AND_END -> FAIL_ID; // RFC 9113 §5.1.1
            case RECEIVE_DATA, RECEIVE_END -> FAIL_CLOSED;
            case RECEIVE_RESET, RECEIVE_WINDOW_UPDATE, SEND_END, SEND_RESET, SEND_DECLINE -> IGNORE;
          };
    };
  }
}
