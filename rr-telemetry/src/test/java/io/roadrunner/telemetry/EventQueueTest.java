package io.roadrunner.telemetry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@SuppressWarnings("ThreadPriorityCheck") // Yielding lets threads meet; no result depends on it.
class EventQueueTest {

  @Test
  void anEmptyQueueGivesNothing() {
    EventQueue queue = new EventQueue(2);

    assertTrue(queue.isEmpty());
    assertNull(queue.poll());
  }

  @Test
  void aFullQueueTakesNothingUntilSomethingIsTaken() {
    EventQueue queue = new EventQueue(1);

    assertTrue(queue.offer(Samples.numbered(1)));
    assertFalse(queue.offer(Samples.numbered(2)));
    assertEquals(Samples.numbered(1), queue.poll());
    assertTrue(queue.offer(Samples.numbered(3)));
    assertEquals(Samples.numbered(3), queue.poll());
  }

  @Property(tries = 200)
  void behavesLikeABoundedDeque(
      @ForAll @IntRange(min = 1, max = 5) int capacity,
      @ForAll @Size(max = 100) List<Boolean> offers) {
    EventQueue queue = new EventQueue(capacity);
    Queue<TelemetryEvent> model = new ArrayDeque<>();
    for (int i = 0; i < offers.size(); i++) {
      if (offers.get(i)) {
        boolean fits = model.size() < capacity && model.add(Samples.numbered(i));
        assertEquals(fits, queue.offer(Samples.numbered(i)));
      } else {
        assertEquals(model.poll(), queue.poll());
      }
      assertEquals(model.isEmpty(), queue.isEmpty());
    }
  }

  /** Producers try again when the queue is full, so that they all pounce on each free slot. */
  @Test
  @Timeout(60)
  void manyProducersLoseNothingAndKeepTheirOrder() {
    int producers = 3;
    int each = 30_000;
    EventQueue queue = new EventQueue(4);
    for (int p = 0; p < producers; p++) {
      long first = (long) p * each;
      Thread.ofPlatform()
          .daemon()
          .start(
              () -> {
                for (int i = 0; i < each; i++) {
                  while (!queue.offer(Samples.numbered(first + i))) {
                    Thread.yield();
                  }
                }
              });
    }

    int[] taken = new int[producers];
    for (int total = 0; total < producers * each; total++) {
      int number = (int) take(queue).atEpochMillis();
      assertEquals(taken[number / each], number % each);
      taken[number / each]++;
    }

    assertArrayEquals(new int[] {each, each, each}, taken);
    assertTrue(queue.isEmpty());
  }

  private static TelemetryEvent take(EventQueue queue) {
    while (true) {
      TelemetryEvent event = queue.poll();
      if (event != null) {
        return event;
      }
      if (Thread.interrupted()) {
        throw new AssertionError("An event got lost.");
      }
      Thread.yield();
    }
  }
}
