package io.roadrunner.telemetry;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counters side by side. Writing orders nothing but itself (release), reading sees what was written
 * before what it read (acquire).
 */
final class Cells {

  /** Longs in 128 bytes: two cache lines, since processors fetch lines in pairs. */
  private static final int PADDING = 16;

  private final AtomicLongArray cells;
  private final Writers writers;

  Cells(int size, Writers writers) {
    this.cells = new AtomicLongArray(PADDING + size + PADDING);
    this.writers = writers;
  }

  void add(int index, long amount) {
    int cell = PADDING + index;
    if (writers == Writers.ONE) {
      cells.setRelease(cell, cells.getPlain(cell) + amount);
    } else {
      cells.getAndAdd(cell, amount);
    }
  }

  /** Sets the cell to the value if that is larger than what it holds. */
  void raise(int index, long value) {
    int cell = PADDING + index;
    if (value <= cells.getOpaque(cell)) {
      return;
    }
    if (writers == Writers.ONE) {
      cells.setRelease(cell, value);
    } else {
      cells.accumulateAndGet(cell, value, Math::max);
    }
  }

  long get(int index) {
    return cells.getAcquire(PADDING + index);
  }
}
