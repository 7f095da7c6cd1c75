package io.roadrunner.server.websocket;

import io.roadrunner.server.WebSocketOptions;
import io.roadrunner.server.net.PeerPace;
import io.roadrunner.websocket.CloseHandshake.State;
import java.time.Duration;

/** What a session waits for, since when, and what is due when that takes too long; on the loop. */
final class Deadlines {

  /** What the passing of time asks for. */
  enum Due {
    NOTHING,
    LINGERED_ENOUGH,
    PEER_READS_TOO_SLOWLY,
    NO_ANSWER_TO_CLOSE,
    ANSWER_IS_LATE,
    ASK_FOR_LIFE,
    NO_LIFE,
    IDLE
  }

  private final WebSocketOptions options;
  private final PeerPace pace;
  private long receivedAt;
  private long messageAt;
  private long endReceivedAt;
  private long blockedAt;
  private long lingersUntil;
  private long pingedAt;
  private boolean endReceived;
  private boolean pinged;
  private boolean blocked;
  private boolean lingering;

  Deadlines(WebSocketOptions options, PeerPace pace) {
    this.options = options;
    this.pace = pace;
    this.receivedAt = System.nanoTime();
    this.messageAt = receivedAt;
  }

  void received() {
    receivedAt = System.nanoTime();
    pinged = false;
  }

  /** What was received is of a message. */
  void messageReceived() {
    messageAt = receivedAt;
  }

  /** A message has been sent. */
  void message(long nowNanos) {
    messageAt = nowNanos;
  }

  /** Nothing more of the peer counts: the answer is due. */
  void endReceived() {
    endReceived = true;
    endReceivedAt = System.nanoTime();
  }

  /** So many bytes were taken by the transport, which is full now or not. */
  void sent(long bytes, boolean full) {
    pace.moved(bytes);
    if (full && !blocked) {
      blockedAt = System.nanoTime();
    }
    blocked = full;
  }

  void writable() {
    long now = System.nanoTime();
    pace.waited(now - blockedAt);
    blockedAt = now;
    blocked = false;
  }

  /** The end of this side is sent: waits for the peer's, so long. */
  void linger(Duration most) {
    lingering = true;
    lingersUntil = System.nanoTime() + most.toNanos();
  }

  /** Returns what is due; a ping counts as sent when it is. */
  Due due(long now, State state, long closeSentAt, boolean paused) {
    if (lingering) {
      return now - lingersUntil >= 0 ? Due.LINGERED_ENOUGH : Due.NOTHING;
    }
    if (blocked && pace.creditNanos() < now - blockedAt) {
      return Due.PEER_READS_TOO_SLOWLY;
    }
    if (endReceived && state != State.CLOSED) {
      return passed(now, endReceivedAt, options.closeTimeout()) ? Due.ANSWER_IS_LATE : Due.NOTHING;
    }
    return switch (state) {
      case OPEN -> paused ? Due.NOTHING : open(now);
      case CLOSE_SENT ->
          passed(now, closeSentAt, options.closeTimeout()) ? Due.NO_ANSWER_TO_CLOSE : Due.NOTHING;
      case CLOSE_RECEIVED, CLOSED -> Due.NOTHING;
    };
  }

  private Due open(long now) {
    if (!options.idleTimeout().isZero() && passed(now, messageAt, options.idleTimeout())) {
      return Due.IDLE;
    }
    if (pinged) {
      return passed(now, pingedAt, options.pongTimeout()) ? Due.NO_LIFE : Due.NOTHING;
    }
    if (!options.pingInterval().isZero() && passed(now, receivedAt, options.pingInterval())) {
      pinged = true;
      pingedAt = now;
      return Due.ASK_FOR_LIFE;
    }
    return Due.NOTHING;
  }

  private static boolean passed(long now, long since, Duration time) {
    return now - since >= time.toNanos();
  }
}
