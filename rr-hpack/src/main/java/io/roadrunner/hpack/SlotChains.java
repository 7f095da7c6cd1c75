package io.roadrunner.hpack;

import java.util.Arrays;

/** Slots of a ring in chains by hash, the newest first. No objects: the links are indices. */
final class SlotChains {
  private static final int NONE = -1;

  private final int[] firsts;
  private final int[] nexts;
  private final int[] hashes;

  SlotChains(int slots) {
    firsts = new int[2 * slots];
    nexts = new int[slots];
    hashes = new int[slots];
    Arrays.fill(firsts, NONE);
  }

  /** First slot of the chain for this hash, which others may share; negative for none. */
  int first(int hash) {
    return firsts[place(hash)];
  }

  /** The next slot of the same chain; negative for none. */
  int next(int slot) {
    return nexts[slot];
  }

  int hash(int slot) {
    return hashes[slot];
  }

  void add(int hash, int slot) {
    int place = place(hash);
    hashes[slot] = hash;
    nexts[slot] = firsts[place];
    firsts[place] = slot;
  }

  /** Takes out the oldest slot of all, which therefore is the last one of its chain. */
  void removeLast(int slot) {
    int place = place(hashes[slot]);
    int before = NONE;
    for (int at = firsts[place]; at != slot; at = nexts[at]) {
      before = at;
    }
    if (before == NONE) {
      firsts[place] = NONE;
    } else {
      nexts[before] = NONE;
    }
  }

  private int place(int hash) {
    return (hash ^ hash >>> 7 ^ hash >>> 16) & (firsts.length - 1);
  }
}
