package io.roadrunner.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LatencyBucketsTest {

  @Test
  void bucketsFollowEachOtherWithoutGaps() {
    for (int i = 0; i < LatencyBuckets.COUNT - 1; i++) {
      long highest = LatencyBuckets.highestOf(i);
      assertEquals(i, LatencyBuckets.indexOf(highest));
      assertEquals(i + 1, LatencyBuckets.indexOf(highest + 1));
    }
  }

  @Test
  void bucketsAreOneNanosecondWideAtFirst() {
    for (int i = 0; i < 128; i++) {
      assertEquals(i, LatencyBuckets.indexOf(i));
      assertEquals(i, LatencyBuckets.highestOf(i));
    }
    assertEquals(LatencyBuckets.indexOf(128), LatencyBuckets.indexOf(129));
  }

  @Test
  void theLastBucketEndsWithTheHighestDuration() {
    int last = LatencyBuckets.COUNT - 1;

    assertEquals(last, LatencyBuckets.indexOf(LatencyBuckets.HIGHEST_NANOS));
    assertEquals(LatencyBuckets.HIGHEST_NANOS, LatencyBuckets.highestOf(last));
  }

  @Test
  void durationsOutOfRangeFallIntoTheNearestBucket() {
    assertEquals(LatencyBuckets.COUNT - 1, LatencyBuckets.indexOf(Long.MAX_VALUE));
    assertEquals(0, LatencyBuckets.indexOf(-1));
    assertEquals(0, LatencyBuckets.indexOf(Long.MIN_VALUE));
  }

  @Property(tries = 2_000)
  void aBucketOverstatesByOneSixtyFourthAtMost(
      @ForAll @LongRange(min = 0, max = LatencyBuckets.HIGHEST_NANOS) long nanos) {
    long told = LatencyBuckets.highestOf(LatencyBuckets.indexOf(nanos));

    assertTrue(told >= nanos);
    assertTrue(told <= nanos + nanos / 64, () -> told + " for " + nanos);
  }
}
