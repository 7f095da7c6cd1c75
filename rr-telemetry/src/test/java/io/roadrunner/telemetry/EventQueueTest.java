package io.roadrunner.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

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

  @Test
  void manyProducersLoseNothingAndKeepTheirOrder() throws InterruptedException {
    int producers = 4;
    int each = 20_000;
    EventQueue queue = new EventQueue(1_024);
    AtomicLong accepted = new AtomicLong();
    CountDownLatch done = new CountDownLatch(producers);
    for (int p = 0; p < producers; p++) {
      long first = (long) p * each;
      Thread.ofPlatform()
          .start(
              () -> {
                for (int i = 0; i < each; i++) {
                  if (queue.offer(Samples.numbered(first + i))) {
                    accepted.incrementAndGet();
                  }
                }
                done.countDown();
              });
    }

    long taken = 0;
    long[] last = {-1, -1, -1, -1};
    while (done.getCount() > 0 || !queue.isEmpty()) {
      TelemetryEvent event = queue.poll();
      if (event != null) {
        taken++;
        int producer = (int) (event.atEpochMillis() / each);
        assertTrue(event.atEpochMillis() > last[producer]);
        last[producer] = event.atEpochMillis();
      } else {
        Thread.onSpinWait();
      }
    }

    assertEquals(accepted.get(), taken);
  }
}
