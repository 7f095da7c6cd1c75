package io.roadrunner.server.http1;

import io.roadrunner.server.ServerLimits;
import io.roadrunner.telemetry.CloseReason;

/**
 * What a connection waits for, since when, and what happens when that takes too long. Belongs to
 * whoever owns the connection; only {@link #overdue} is for the loop while somebody else does.
 *
 * <pre>
 *   FIRST --bytes--> HEAD --complete--> OWNED or COLLECTING --answered--> IDLE --bytes--> HEAD
 *   any --last answer--> LINGERING
 * </pre>
 */
final class Phases {

  private enum Phase {
    FIRST,
    HEAD,
    COLLECTING,
    OWNED,
    IDLE,
    LINGERING
  }

  /** What the passing of time asks for. */
  enum Due {
    NOTHING,
    CLOSE,
    REQUEST_TIMEOUT
  }

  private static final long LONG_IDLE_NANOS = 500_000_000;

  private final ServerLimits limits;
  private volatile Phase phase = Phase.FIRST;
  private volatile long since;
  private long deadline;
  private CloseReason reason = CloseReason.IDLE_TIMEOUT;

  Phases(ServerLimits limits, long nowNanos) {
    this.limits = limits;
    this.since = nowNanos;
    this.deadline = nowNanos + limits.headTimeout().toNanos();
  }

  /** The loop waits for a request: for its first byte, or for the rest of its head. */
  void waiting(boolean betweenRequests, long nowNanos, boolean draining) {
    if (betweenRequests) {
      phase = Phase.IDLE;
      since = nowNanos;
      deadline = nowNanos + (draining ? limits.drainQuiet() : limits.keepAliveTimeout()).toNanos();
      reason = draining ? CloseReason.DRAINED : CloseReason.IDLE_TIMEOUT;
    } else if (phase != Phase.HEAD) {
      phase = Phase.HEAD;
      since = nowNanos;
      deadline = nowNanos + limits.headTimeout().toNanos();
    }
  }

  void collecting(long nowNanos) {
    phase = Phase.COLLECTING;
    since = nowNanos;
  }

  void owned(long nowNanos) {
    since = nowNanos;
    phase = Phase.OWNED;
  }

  /** The owner goes on with a request that was pipelined behind the last one. */
  void nextOwned(long nowNanos) {
    if (phase != Phase.OWNED || !limits.handlerTimeout().isZero()) {
      owned(nowNanos);
    }
  }

  void linger(CloseReason why, long nowNanos) {
    phase = Phase.LINGERING;
    since = nowNanos;
    deadline = nowNanos + limits.lingerTimeout().toNanos();
    reason = why;
  }

  boolean lingering() {
    return phase == Phase.LINGERING;
  }

  void reason(CloseReason why) {
    reason = why;
  }

  CloseReason reason() {
    return reason;
  }

  long sinceNanos() {
    return since;
  }

  /** A drain has begun: what is idle need not wait for the whole keep-alive time. */
  void drain(long nowNanos) {
    if (phase == Phase.IDLE || phase == Phase.FIRST) {
      reason = CloseReason.DRAINED;
      long quiet = since + limits.drainQuiet().toNanos();
      deadline = quiet - deadline < 0 ? quiet : deadline;
      phase = Phase.IDLE;
    }
  }

  /** Tells whether no request has come for so long that nothing should be kept ready for one. */
  boolean longIdle(long nowNanos) {
    return phase == Phase.IDLE && nowNanos - since > LONG_IDLE_NANOS;
  }

  Due due(long nowNanos) {
    if (nowNanos - deadline < 0) {
      return Due.NOTHING;
    }
    return switch (phase) {
      case FIRST, IDLE, LINGERING -> Due.CLOSE;
      case HEAD -> Due.REQUEST_TIMEOUT;
      case COLLECTING, OWNED -> Due.NOTHING;
    };
  }

  /** Tells whether the current owner has had the connection for longer than a handler may run. */
  boolean overdue(long nowNanos) {
    long most = limits.handlerTimeout().toNanos();
    return most > 0 && phase == Phase.OWNED && nowNanos - since > most;
  }
}
