package io.roadrunner.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

  private static final long HOUR = 3_600_000_000_000L;

  @Test
  void anEmptyHistogramTellsZero() {
    LatencySnapshot empty = LatencyHistogram.forWriters(Writers.MANY).snapshot();

    assertEquals(0, empty.count());
    assertEquals(0, empty.maxNanos());
    assertEquals(0, empty.quantileNanos(0));
    assertEquals(0, empty.quantileNanos(1));
  }

  @Test
  void quantilesAreRanks() {
    LatencyHistogram histogram = LatencyHistogram.forWriters(Writers.ONE);
    for (int nanos = 1; nanos <= 100; nanos++) {
      histogram.record(nanos);
    }
    LatencySnapshot snapshot = histogram.snapshot();

    assertEquals(1, snapshot.quantileNanos(0));
    assertEquals(1, snapshot.quantileNanos(0.01));
    assertEquals(7, snapshot.quantileNanos(0.07));
    assertEquals(50, snapshot.quantileNanos(0.5));
    assertEquals(51, snapshot.quantileNanos(0.501));
    assertEquals(99, snapshot.quantileNanos(0.99));
    assertEquals(100, snapshot.quantileNanos(0.991));
    assertEquals(100, snapshot.quantileNanos(1));
  }

  @Test
  void aQuantileOutOfRangeIsRefused() {
    LatencySnapshot snapshot = LatencyHistogram.forWriters(Writers.ONE).snapshot();

    assertThrows(IllegalArgumentException.class, () -> snapshot.quantileNanos(-0.001));
    assertThrows(IllegalArgumentException.class, () -> snapshot.quantileNanos(1.001));
    assertThrows(IllegalArgumentException.class, () -> snapshot.quantileNanos(Double.NaN));
  }

  @Test
  void durationsOutOfRangeCountAsTheNearest() {
    LatencyHistogram histogram = LatencyHistogram.forWriters(Writers.MANY);
    histogram.record(Long.MIN_VALUE);
    histogram.record(Long.MAX_VALUE);
    LatencySnapshot snapshot = histogram.snapshot();

    assertEquals(2, snapshot.count());
    assertEquals(0, snapshot.quantileNanos(0.5));
    assertEquals(HOUR, snapshot.quantileNanos(1));
    assertEquals(HOUR, snapshot.maxNanos());
  }

  @Test
  void theMaximumIsExact() {
    LatencyHistogram histogram = LatencyHistogram.forWriters(Writers.ONE);
    histogram.record(1_000_001);
    histogram.record(999);
    LatencySnapshot snapshot = histogram.snapshot();

    assertEquals(1_000_001, snapshot.maxNanos());
    assertEquals(1_000_001, snapshot.quantileNanos(0.999));
  }

  @Test
  void aSnapshotDoesNotChange() {
    LatencyHistogram histogram = LatencyHistogram.forWriters(Writers.ONE);
    LatencySnapshot before = histogram.snapshot();
    histogram.record(5);

    assertEquals(0, before.count());
  }

  @Test
  void aSnapshotReadsWell() {
    LatencyHistogram histogram = LatencyHistogram.forWriters(Writers.ONE);
    histogram.record(100);

    assertEquals(
        "LatencySnapshot[count=1, p50=PT0.0000001S, p90=PT0.0000001S, p99=PT0.0000001S,"
            + " p99.9=PT0.0000001S, max=PT0.0000001S]",
        histogram.snapshot().toString());
  }

  /** HdrHistogram with four significant digits is right to 1/10 000. */
  @Property(tries = 200)
  void agreesWithHdrHistogram(
      @ForAll Writers writers,
      @ForAll("durations") List<Long> durations,
      @ForAll @IntRange(max = 1024) int of1024) {
    LatencyHistogram histogram = LatencyHistogram.forWriters(writers);
    Histogram oracle = new Histogram(1, HOUR, 4);
    for (long nanos : durations) {
      histogram.record(nanos);
      oracle.recordValue(nanos);
    }
    LatencySnapshot snapshot = histogram.snapshot();

    long ours = snapshot.quantileNanos(of1024 / 1024.0);
    long theirs = oracle.getValueAtPercentile(100.0 * of1024 / 1024);
    long least = oracle.lowestEquivalentValue(theirs);
    long most = oracle.highestEquivalentValue(theirs);
    assertTrue(ours >= least && ours <= most + most / 64, () -> ours + " and " + theirs);
    assertEquals(oracle.getTotalCount(), snapshot.count());
    assertEquals(durations.stream().mapToLong(nanos -> nanos).max().orElse(0), snapshot.maxNanos());
  }

  @Property(tries = 100)
  void theDifferenceOfTwoSnapshotsIsWhatCameBetween(
      @ForAll("durations") List<Long> before, @ForAll("durations") List<Long> after) {
    LatencyHistogram histogram = LatencyHistogram.forWriters(Writers.ONE);
    LatencyHistogram onlyAfter = LatencyHistogram.forWriters(Writers.ONE);
    before.forEach(histogram::record);
    LatencySnapshot earlier = histogram.snapshot();
    for (long nanos : after) {
      histogram.record(nanos);
      onlyAfter.record(nanos);
    }

    LatencySnapshot difference = histogram.snapshot().since(earlier);

    LatencySnapshot expected = onlyAfter.snapshot();
    assertEquals(expected.count(), difference.count());
    assertTrue(difference.maxNanos() >= expected.maxNanos());
    assertTrue(difference.maxNanos() <= expected.maxNanos() + expected.maxNanos() / 64);
    for (double quantile : new double[] {0, 0.5, 0.9, 0.99}) {
      long most = expected.quantileNanos(quantile);
      assertTrue(difference.quantileNanos(quantile) >= most);
      assertTrue(difference.quantileNanos(quantile) <= most + most / 64);
    }
  }

  @Test
  void manyWritersLoseNothing() throws InterruptedException {
    int writers = 4;
    int each = 50_000;
    LatencyHistogram histogram = LatencyHistogram.forWriters(Writers.MANY);
    CountDownLatch done = new CountDownLatch(writers);
    for (int w = 0; w < writers; w++) {
      int first = w;
      Thread.ofPlatform()
          .start(
              () -> {
                for (int i = 0; i < each; i++) {
                  histogram.record((long) i * writers + first);
                }
                done.countDown();
              });
    }

    long seen = 0;
    long longest = 0;
    while (done.getCount() > 0) {
      LatencySnapshot snapshot = histogram.snapshot();
      assertTrue(snapshot.count() >= seen);
      assertTrue(snapshot.maxNanos() >= longest);
      seen = snapshot.count();
      longest = snapshot.maxNanos();
    }

    LatencySnapshot snapshot = histogram.snapshot();
    assertEquals((long) writers * each, snapshot.count());
    assertEquals((long) writers * each - 1, snapshot.maxNanos());
  }

  @Provide
  Arbitrary<List<Long>> durations() {
    Arbitrary<Long> ofAnyMagnitude =
        Combinators.combine(
                Arbitraries.longs().between(0, HOUR), Arbitraries.integers().between(0, 42))
            .as((nanos, shift) -> nanos >>> shift)
            .withoutEdgeCases();
    return ofAnyMagnitude.list().ofMaxSize(200);
  }
}
