package io.roadrunner.server.http2;

import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.server.ServerLimits;

/** Ends streams whose handler or peer takes too long. For the loop. */
final class StreamDeadlines {

  private final Streams streams;
  private final long handlerNanos;
  private final long stallNanos;

  StreamDeadlines(Streams streams) {
    ServerLimits limits = streams.settings().limits();
    this.streams = streams;
    this.handlerNanos = limits.handlerTimeout().toNanos();
    this.stallNanos = limits.maxPeerStall().toNanos();
  }

  void look(StreamRun stream, long nowNanos) {
    StreamSending sending = stream.sending();
    if (handlerNanos > 0
        && sending.isRunning()
        && nowNanos - sending.startedAtNanos() > handlerNanos) {
      streams.abort(stream, ErrorCode.INTERNAL_ERROR, "the handler took too long");
      return;
    }
    if (isOverdue(stream, nowNanos)) {
      streams.reject(stream, Http2Refusals.tooSlow());
      return;
    }
    StreamTunnel tunnel = stream.tunnel();
    if (tunnel != null) {
      tunnel.tick(nowNanos);
    }
    if (nowNanos - sending.stalledSince(streams.unsent(stream), nowNanos) > stallNanos) {
      streams.abort(stream, ErrorCode.CANCEL, "the peer reads too slowly");
    }
  }

  /** RFC 9113 §10.5: a request that is begun and not completed must not stay for ever. */
  private static boolean isOverdue(StreamRun stream, long nowNanos) {
    StreamInput input = stream.input();
    return input != null
        && stream.isInline()
        && stream.sending().response().isEmpty()
        && input.isOverdue(nowNanos);
  }
}
