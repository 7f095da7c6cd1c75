package io.roadrunner.http2;

import io.roadrunner.hpack.BlockOutcome;
import io.roadrunner.hpack.HpackDecoder;
import io.roadrunner.hpack.HpackException;
import io.roadrunner.hpack.HpackLimits;
import io.roadrunner.hpack.HpackViolation;
import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.http2.frame.HeadersFrame;
import io.roadrunner.http2.frame.Http2Exception;
import io.roadrunner.http2.frame.Http2Violation;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Requests: header blocks that open or end a stream. */
final class Receiver {
  private final Core core;
  private final RequestRules rules;
  private final HpackLimits hpackLimits;

  private @Nullable HpackDecoder decoder;
  private @Nullable FieldCollector collector;

  /** The peer opens no more streams: it has sent GOAWAY, or used the last identifier. */
  private boolean peerIsLeaving;

  Receiver(Core core, RequestRules rules) {
    this.core = core;
    this.rules = rules;
    HeaderLimits limits = core.limits.headers();
    hpackLimits =
        new HpackLimits(limits.maxFieldListBytes(), limits.maxFieldCount(), limits.maxBlockBytes());
  }

  void peerIsLeaving() {
    peerIsLeaving = true;
  }

  boolean isPeerLeaving() {
    return peerIsLeaving;
  }

  /** A stream identifier is judged before a block for it is collected. */
  void checkId(HeadersFrame frame) {
    if (frame.streamId() % 2 == 0) {
      throw Http2Exception.connection(Http2Violation.BAD_STREAM_ID); // RFC 9113 §5.1.1
    }
    if (core.stateOf(frame.streamId()).on(input(frame.endStream()))
        instanceof StreamState.Fail fail) {
      throw Http2Exception.connection(fail.violation());
    }
  }

  /** A whole header block. It is decoded in any case, for the sake of the dynamic table. */
  void block(int id, EndStream end, ByteBuffer block, boolean selfDependent) {
    StreamState state = core.stateOf(id);
    StreamState.Step step = state.on(input(end));
    FieldCollector fields = collector();
    fields.begin(section(state, step));
    BlockOutcome outcome = decode(block, fields);
    switch (step) {
      case StreamState.Ignore ignored -> core.charge(Overhead.LATE_FRAME);
      case StreamState.Fail fail -> core.fail(fail.violation());
      case StreamState.Reset reset -> core.streamError(id, reset.violation());
      case StreamState.To to -> {
        if (state == StreamState.IDLE) {
          begin(id, end, fields, outcome, selfDependent);
        } else {
          trailers(core.streams.get(id), to, fields, outcome);
        }
      }
    }
  }

  private static StreamState.Input input(EndStream end) {
    return end == EndStream.YES
        ? StreamState.Input.RECEIVE_HEADERS_AND_END
        : StreamState.Input.RECEIVE_HEADERS;
  }

  private FieldCollector.Section section(StreamState state, StreamState.Step step) {
    if (!(step instanceof StreamState.To)) {
      return FieldCollector.Section.DISCARDED;
    }
    return state == StreamState.IDLE
        ? FieldCollector.Section.HEAD
        : FieldCollector.Section.TRAILERS;
  }

  private FieldCollector collector() {
    if (collector == null) {
      collector = new FieldCollector();
    }
    return collector;
  }

  private BlockOutcome decode(ByteBuffer block, FieldCollector fields) {
    if (decoder == null) {
      decoder = HpackDecoder.create(hpackLimits);
    }
    try {
      return decoder.decode(block, fields);
    } catch (HpackException e) {
      // RFC 9113 §4.3
      throw Http2Exception.connection(
          e.violation() == HpackViolation.BLOCK_TOO_LARGE
              ? Http2Violation.HEADER_BLOCK_TOO_LARGE
              : Http2Violation.BAD_HEADER_BLOCK);
    }
  }

  private void begin(
      int id, EndStream end, FieldCollector fields, BlockOutcome outcome, boolean selfDependent) {
    core.highestId = id;
    if (id > core.lastAcceptedId) {
      core.closed.add(id, StreamState.CLOSED_BY_OWN_RESET); // RFC 9113 §6.8
      core.charge(Overhead.LATE_FRAME);
      return;
    }
    Http2Violation violation = refusal(fields, outcome, selfDependent);
    if (violation != null) {
      core.streamError(id, violation);
      return;
    }
    Http2Stream stream = new Http2Stream(id, core.initialReceiveWindow, core.peer.initialWindow());
    core.streams.add(stream);
    core.close(stream, stream.state.on(input(end)));
    if (outcome == BlockOutcome.LIST_TOO_LARGE) {
      core.events.add(new Http2Event.HeaderListTooLarge(id, end));
      core.charge(Overhead.LARGE_HEADER_LIST);
      return;
    }
    stream.contentLength = fields.contentLength;
    if (end == EndStream.YES && fields.contentLength > 0) {
      core.streams.remove(stream);
      core.streamError(id, Http2Violation.CONTENT_LENGTH_MISMATCH); // RFC 9113 §8.1.1
      return;
    }
    if (fields.priority != null) {
      stream.priority = Priority.parse(fields.priority);
    }
    core.events.add(new Http2Event.RequestHeaders(id, RequestRules.head(fields), end));
    if (id == Integer.MAX_VALUE) {
      core.goAway(id, ErrorCode.NO_ERROR); // RFC 9113 §5.1.1: there are no more identifiers
      peerIsLeaving = true;
    }
  }

  private @Nullable Http2Violation refusal(
      FieldCollector fields, BlockOutcome outcome, boolean selfDependent) {
    if (peerIsLeaving) {
      return Http2Violation.STREAM_AFTER_GOAWAY;
    }
    if (core.streams.count() >= core.limits.maxConcurrentStreams()) {
      return Http2Violation.TOO_MANY_STREAMS; // RFC 9113 §5.1.2
    }
    if (selfDependent) {
      return Http2Violation.SELF_DEPENDENCY;
    }
    Http2Violation violation = fields.violation();
    if (violation != null || outcome == BlockOutcome.LIST_TOO_LARGE) {
      return violation;
    }
    return rules.check(fields);
  }

  private void trailers(
      @Nullable Http2Stream stream,
      StreamState.To to,
      FieldCollector fields,
      BlockOutcome outcome) {
    if (stream == null) {
      return;
    }
    Http2Violation violation = fields.violation();
    if (outcome == BlockOutcome.LIST_TOO_LARGE) {
      violation = Http2Violation.HEADER_BLOCK_TOO_LARGE;
    }
    if (violation == null && !stream.hasPromisedLength()) {
      violation = Http2Violation.CONTENT_LENGTH_MISMATCH;
    }
    if (violation != null) {
      core.streamError(stream.id, violation);
      return;
    }
    core.events.add(new Http2Event.RequestTrailers(stream.id, fields.fields()));
    core.close(stream, to);
  }
}
