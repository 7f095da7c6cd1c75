package io.roadrunner.server.net;

import java.time.Duration;

/**
 * Judges how fast a peer reads or writes, counting only time in which the server waits for it.
 * Waiting spends credit; each byte that moves earns as much as the slowest allowed peer needs for
 * it, up to a cap, so that neither a slow start nor one long pause after a fast start is endless.
 */
public final class PeerPace {

  private final long nanosPerByte;
  private final long mostCredit;
  private long credit;

  private PeerPace(long nanosPerByte, long grace, long mostCredit) {
    this.nanosPerByte = nanosPerByte;
    this.mostCredit = Math.max(grace, mostCredit);
    this.credit = grace;
  }

  /**
   * Returns the pace of a peer that has moved nothing yet.
   *
   * @param minBytesPerSecond the slowest peer that is served; 0: only the stall counts
   * @param grace the credit to begin with
   * @param maxStall the most credit that can be earned
   */
  public static PeerPace of(int minBytesPerSecond, Duration grace, Duration maxStall) {
    long stall = maxStall.toNanos();
    return minBytesPerSecond == 0
        ? new PeerPace(stall, stall, stall)
        : new PeerPace(1_000_000_000L / minBytesPerSecond, grace.toNanos(), stall);
  }

  /** So many bytes have moved. */
  public void moved(long bytes) {
    // The division keeps the product below from overflowing.
    credit =
        bytes > mostCredit / nanosPerByte
            ? mostCredit
            : Math.min(mostCredit, credit + bytes * nanosPerByte);
  }

  /** The server has waited so long for the peer. */
  public void waited(long nanos) {
    credit -= nanos;
  }

  /** Returns for how long the server may still wait; 0 or less: too slow. */
  public long creditNanos() {
    return credit;
  }
}
