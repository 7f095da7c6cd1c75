package io.roadrunner.server.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.server.testkit.Http2Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What floods cost a server in a process of its own (RFC 9113 §10.5), and what a client beside them
 * notices: figures, so the machine has to be idle otherwise. {@code -Pfloods} runs it; the table is
 * in {@code target/floods.md}.
 */
@Tag("floods")
class FloodFiguresTest {

  private static final Duration LONGEST = Duration.ofSeconds(1);
  private static final Duration MOST_CPU = Duration.ofMillis(200);
  private static final double SLOWEST_BYSTANDER = 5;

  private static final int WARM_UP_REQUESTS = 20_000;
  private static final long IDLE_MILLIS = 3_000;
  private static final long ROUND_NANOS = 2_000_000_000L;

  private static final String HEADINGS =
      """
      | row | flood | times | slowest to GOAWAY, ms | CPU for each, ms | bystander's p50, ms | p99, ms | p99 / idle |
      |---|---|---|---|---|---|---|---|
      """;

  private static final Path REPORT = Path.of("target", "floods.md");

  private static @TempDir Path folder;

  private final List<String> broken = new ArrayList<>();

  /**
   * The floods of one kind, one after the other.
   *
   * @param count how many
   * @param slowest the longest time from the first octet to GOAWAY
   * @param cpu of the server, for one of them
   * @param p50 of the bystander, in milliseconds
   * @param p99 of the bystander, in milliseconds
   */
  private record Figures(int count, Duration slowest, Duration cpu, double p50, double p99) {}

  @Test
  @DisplayName("H08, H10, H11, H15, H18, H20, H21, H22, S01, S02 what floods cost")
  void figures() throws Exception {
    try (FloodServer server = FloodServer.start(folder)) {
      Bystander.warmUp(server.port(), WARM_UP_REQUESTS);
      for (FloodKind kind : FloodKind.values()) {
        flood(server, kind, kind.octets());
      }
      double idle = percentile(idle(server), 99);
      StringBuilder table = new StringBuilder();
      table.append(String.format(Locale.ROOT, "The bystander's p99 at idle: %.3f ms%n%n", idle));
      table.append(HEADINGS);
      for (FloodKind kind : FloodKind.values()) {
        Figures figures = measure(server, kind);
        table.append(line(kind, figures, idle)).append('\n');
        judge(kind, figures, idle);
      }
      Files.writeString(REPORT, table.toString());
    }
    assertEquals(List.of(), broken);
  }

  private static long[] idle(FloodServer server) throws IOException, InterruptedException {
    try (Bystander bystander = Bystander.start(server.port())) {
      Thread.sleep(IDLE_MILLIS);
      return bystander.latencies();
    }
  }

  private static Figures measure(FloodServer server, FloodKind kind) throws IOException {
    byte[] octets = kind.octets();
    try (Bystander bystander = Bystander.start(server.port())) {
      Duration before = server.cpu();
      long start = System.nanoTime();
      Duration slowest = Duration.ZERO;
      int count = 0;
      do {
        Duration took = flood(server, kind, octets);
        slowest = took.compareTo(slowest) > 0 ? took : slowest;
        count++;
      } while (System.nanoTime() - start < ROUND_NANOS);
      long[] latencies = bystander.latencies();
      Duration cpu = server.cpu().minus(before).dividedBy(count);
      return new Figures(count, slowest, cpu, percentile(latencies, 50), percentile(latencies, 99));
    }
  }

  /** Returns the time from the first octet to GOAWAY. */
  private static Duration flood(FloodServer server, FloodKind kind, byte[] octets)
      throws IOException {
    try (Http2Client client = Http2Client.connect(server.port(), kind.settings())) {
      client.keepWindowsShut().settings();
      client.awaitSettings();
      long start = System.nanoTime();
      CompletableFuture<Long> end = new CompletableFuture<>();
      Thread.ofPlatform().name("flood-reader").start(() -> read(client, end));
      try {
        client.send(octets);
      } catch (IOException e) {
        // The server has closed; why, its GOAWAY says.
      }
      return Duration.ofNanos(end.join() - start);
    }
  }

  private static void read(Http2Client client, CompletableFuture<Long> end) {
    try {
      int code = client.goAway(1).errorCode();
      long now = System.nanoTime();
      assertEquals(ErrorCode.ENHANCE_YOUR_CALM.code(), code);
      end.complete(now);
    } catch (IOException e) {
      end.completeExceptionally(new UncheckedIOException(e));
    } catch (AssertionError e) {
      end.completeExceptionally(e);
    }
  }

  private void judge(FloodKind kind, Figures figures, double idle) {
    check(kind, "slowest to GOAWAY", millis(figures.slowest), millis(LONGEST));
    check(kind, "CPU for each", millis(figures.cpu), millis(MOST_CPU));
    check(kind, "p99 of the bystander", figures.p99, SLOWEST_BYSTANDER * idle);
  }

  private void check(FloodKind kind, String what, double millis, double bound) {
    if (millis >= bound) {
      broken.add(
          String.format(Locale.ROOT, "%s: %s %.3f ms, bound %.3f ms", kind, what, millis, bound));
    }
  }

  private static String line(FloodKind kind, Figures figures, double idle) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d | %.1f | %.1f | %.3f | %.3f | %.1f |",
        kind.row(),
        kind.what(),
        figures.count,
        millis(figures.slowest),
        millis(figures.cpu),
        figures.p50,
        figures.p99,
        figures.p99 / idle);
  }

  private static double percentile(long[] sortedNanos, int percent) {
    return sortedNanos[sortedNanos.length * percent / 100] / 1e6;
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
