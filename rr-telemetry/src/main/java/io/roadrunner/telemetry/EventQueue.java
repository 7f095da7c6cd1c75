package io.roadrunner.telemetry;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A bounded first-in first-out queue for many producers and one consumer, without locks: a producer
 * that loses its processor holds up nobody but the consumer.
 */
final class EventQueue {

  private final AtomicReferenceArray<@Nullable TelemetryEvent> slots;
  private final AtomicLong tail = new AtomicLong();
  private volatile long head;

  EventQueue(int capacity) {
    slots = new AtomicReferenceArray<>(capacity);
  }

  /** Appends the event and returns true, or returns false if the queue is full. Any thread. */
  boolean offer(TelemetryEvent event) {
    while (true) {
      long claimed = tail.get();
      // The head only moves forward, so a slot that is free by this test stays free until claimed.
      if (claimed - head >= slots.length()) {
        return false;
      }
      if (tail.compareAndSet(claimed, claimed + 1)) {
        slots.set(slot(claimed), event);
        return true;
      }
    }
  }

  /**
   * Takes the oldest event, or returns null if there is none yet; that may be so although the queue
   * is not empty, while a producer is between its claim and its write. Consumer only.
   */
  @Nullable TelemetryEvent poll() {
    long position = head;
    TelemetryEvent event = slots.get(slot(position));
    if (event != null) {
      slots.set(slot(position), null);
      head = position + 1;
    }
    return event;
  }

  /** Whether nothing is queued or about to be. */
  boolean isEmpty() {
    return tail.get() == head;
  }

  private int slot(long position) {
    return (int) (position % slots.length());
  }
}
