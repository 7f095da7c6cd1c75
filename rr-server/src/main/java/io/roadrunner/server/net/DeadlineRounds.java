package io.roadrunner.server.net;

import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.function.ObjLongConsumer;

/**
 * What hangs on a loop's keys, looked at for deadlines: each once in a round, some at a time. All
 * of ten thousand connections at once would hold up a request that comes just then for
 * milliseconds, because none of them is in the processor's caches. On the loop only.
 */
final class DeadlineRounds {

  /** How many are looked at in one go. */
  static final int SLICE = 256;

  private static final long LEAST_SLEEP_NANOS = 1_000_000;

  private final ObjLongConsumer<Pollable> look;
  private final ArrayList<SelectionKey> keys = new ArrayList<>();
  private int next;
  private long roundNanos;
  private long sliceNanos;
  private long dueAt;

  /**
   * Begins the first round.
   *
   * @param roundNanos how long a round takes
   * @param look is given what is looked at, and the time
   */
  DeadlineRounds(long roundNanos, long now, ObjLongConsumer<Pollable> look) {
    this.look = look;
    this.roundNanos = roundNanos;
    this.sliceNanos = roundNanos;
    this.dueAt = now + roundNanos;
  }

  /** Adds what is attached to the key, for as long as the key is valid. */
  void add(SelectionKey key) {
    keys.add(key);
    sliceNanos = Math.min(sliceNanos, evenly());
  }

  /** Makes rounds take that long from now on, the current one too. */
  void hasten(long nanos, long now) {
    roundNanos = nanos;
    sliceNanos = evenly();
    dueAt = now;
  }

  /** Returns for how long the loop may sleep, so that each round ends in time; at least 1 ms. */
  long patienceMillis() {
    return Math.max(LEAST_SLEEP_NANOS, sliceNanos) / 1_000_000;
  }

  /** Looks at the next ones if it is time for them. */
  void turn(long now) {
    if (now - dueAt < 0) {
      return;
    }
    // After a long turn the rest follows quickly, but a time that nobody was here is not made up.
    dueAt = now - dueAt > roundNanos ? now : dueAt;
    // As many as are due by the time that a loop, which sleeps, can be here again.
    int slices = (int) Math.max(1, LEAST_SLEEP_NANOS / Math.max(1, sliceNanos));
    dueAt += slices * sliceNanos;
    long most = Math.min((long) slices * SLICE, keys.size() - next);
    for (int i = 0; i < most; i++) {
      look(now);
    }
    if (next >= keys.size()) {
      next = 0;
      // Not earlier: the round would take longer for those whose neighbours drop out.
      sliceNanos = evenly();
    }
  }

  private void look(long now) {
    SelectionKey key = keys.get(next);
    if (key.isValid()) {
      next++;
      look.accept((Pollable) key.attachment(), now);
    } else {
      // The last one takes its place, and is looked at in its stead: it must not wait longer.
      SelectionKey last = keys.removeLast();
      if (next < keys.size()) {
        keys.set(next, last);
      }
    }
  }

  private long evenly() {
    return roundNanos / Math.max(1, (keys.size() + SLICE - 1) / SLICE);
  }
}
