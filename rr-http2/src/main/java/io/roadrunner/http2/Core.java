package io.roadrunner.http2;

import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.http2.frame.Http2Error;
import io.roadrunner.http2.frame.Http2Violation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What both directions of a connection share: its streams, its budget, and how things end. */
final class Core {
  final Http2Limits limits;
  final StreamMap streams = new StreamMap();
  final ClosedStreams closed;
  final PeerSettings peer = new PeerSettings();
  final ControlQueue control;
  final Sender sender;
  final ReceiveWindow receiveWindow = new ReceiveWindow(PeerSettings.DEFAULT_WINDOW);
  final ArrayDeque<Http2Event> events = new ArrayDeque<>(4);

  private final OverheadBudget budget;

  long nowNanos;

  /** The highest stream that the client opened. */
  int highestId;

  /** What the last GOAWAY frame said; higher streams are passed over. */
  int lastAcceptedId = Integer.MAX_VALUE;

  /** Of the next stream; ours once the client has acknowledged it (RFC 9113 §6.5.3). */
  int initialReceiveWindow = PeerSettings.DEFAULT_WINDOW;

  private boolean failed;

  Core(Http2Limits limits, long nowNanos) {
    this.limits = limits;
    this.nowNanos = nowNanos;
    control = new ControlQueue(limits.maxControlBytes());
    closed = ClosedStreams.of(limits.maxConcurrentStreams());
    sender = new Sender(this);
    budget = new OverheadBudget(limits.overhead(), nowNanos);
  }

  boolean isFailed() {
    return failed;
  }

  StreamState stateOf(int id) {
    Http2Stream stream = streams.get(id);
    if (stream != null) {
      return stream.state;
    }
    return id > highestId || id % 2 == 0 ? StreamState.IDLE : closed.stateOf(id);
  }

  /** Ends the connection (RFC 9113 §5.4.1). */
  void fail(Http2Violation violation) {
    if (failed) {
      return;
    }
    failed = true;
    streams.clear();
    sender.clear();
    events.clear();
    lastAcceptedId = Math.min(lastAcceptedId, highestId);
    control.goAway(lastAcceptedId, violation.code().code(), ascii(violation.text()));
    control.seal(); // RFC 9113 §5.4.1
    events.add(new Http2Event.ConnectionFailed(new Http2Error.ConnectionError(violation)));
  }

  void charge(Overhead overhead) {
    if (!budget.charge(overhead.points(), nowNanos)) {
      fail(Http2Violation.TOO_MUCH_OVERHEAD);
    }
  }

  void reward(long points) {
    budget.reward(points);
  }

  /** To be called when something was put into the control queue because of the peer. */
  void checkControl() {
    if (control.isFull()) {
      fail(Http2Violation.ANSWERS_NOT_READ);
    }
  }

  void goAway(int lastStreamId, ErrorCode code) {
    lastAcceptedId = Math.min(lastAcceptedId, lastStreamId);
    control.goAway(lastStreamId, code.code(), ByteBuffer.allocate(0));
  }

  /** Answers a fault of the peer with RST_STREAM (RFC 9113 §5.4.2). */
  void streamError(int id, Http2Violation violation) {
    if (stateOf(id) == StreamState.IDLE) {
      fail(violation); // RST_STREAM cannot be sent for an idle stream
      return;
    }
    int code = violation.code().code();
    Http2Stream stream = streams.get(id);
    if (stream == null) {
      if (stateOf(id) == StreamState.CLOSED_BY_OWN_RESET) {
        charge(Overhead.PROVOKED_RESET); // the peer may not know yet, and is told once
        return;
      }
      closed.add(id, StreamState.CLOSED_BY_OWN_RESET);
    } else {
      events.add(new Http2Event.StreamReset(id, code, Http2Event.ResetCause.VIOLATION));
      close(stream, stream.state.on(StreamState.Input.SEND_RESET));
    }
    control.rstStream(id, code);
    checkControl();
    charge(Overhead.PROVOKED_RESET);
  }

  /** Moves a stream on, and forgets it if that is its end. */
  void close(Http2Stream stream, StreamState.Step step) {
    if (step instanceof StreamState.To to) {
      stream.state = to.state();
      if (to.state().isClosed()) {
        forget(stream);
      }
    }
  }

  private void forget(Http2Stream stream) {
    streams.remove(stream);
    closed.add(stream.id, stream.state);
    sender.drop(stream);
    giveBack(null, stream.unconsumed);
    stream.unconsumed = 0;
  }

  /** Content is out of the way: announces room for more when enough has come together. */
  void giveBack(@Nullable Http2Stream stream, int bytes) {
    if (receiveWindow.consume(bytes)) {
      control.windowUpdate(0, receiveWindow.announce());
    }
    if (stream != null && stream.state.isRemoteOpen() && stream.receiveWindow.consume(bytes)) {
      control.windowUpdate(stream.id, stream.receiveWindow.announce());
    }
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
