package io.roadrunner.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.ResponseBody;
import io.roadrunner.server.ServerInfo;
import io.roadrunner.telemetry.Recorder;
import io.roadrunner.telemetry.ServerMetrics;
import io.roadrunner.telemetry.Writers;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The figures of the welcome page, with a clock of the test's own. */
class LiveStatusTest {

  private static final long SECOND = 1_000_000_000L;

  private final ServerMetrics metrics = ServerMetrics.create();
  private final Recorder recorder = metrics.newRecorder(Writers.ONE);
  private final LiveStatus status = new LiveStatus("1.2.3", this::info);
  private long now = 5 * SECOND;

  private ServerInfo info() {
    return new ServerInfo(
        "http",
        new InetSocketAddress(0),
        ServerInfo.Status.SERVING,
        Duration.ofNanos(now),
        3,
        0,
        metrics.snapshotAt(now));
  }

  private void requests(int count, int statusCode, long nanos) {
    for (int i = 0; i < count; i++) {
      recorder.requestStarted();
      recorder.requestCompleted(statusCode, nanos);
    }
  }

  @Test
  @DisplayName("The first look shows what there is since the start, and no rate yet")
  void firstLook() {
    requests(10, 200, 2_000_000);
    requests(1, 503, 2_000_000);
    LiveStatus.Figures figures = status.figures();
    assertEquals("1.2.3", figures.version());
    assertEquals(5, figures.uptimeSeconds());
    assertEquals(3, figures.connectionsOpen());
    assertEquals(11, figures.requests());
    assertEquals(1, figures.serverErrors());
    assertEquals(0.0, figures.requestsPerSecond());
    assertTrue(figures.p50Micros() >= 2000 && figures.p50Micros() < 2100);
  }

  @Test
  @DisplayName("Later looks show rate and latency of the last second or more, not of all time")
  void laterLooks() {
    requests(1000, 200, 9_000_000);
    status.figures();
    now += 2 * SECOND;
    requests(50, 200, 1_000_000);
    LiveStatus.Figures figures = status.figures();
    assertEquals(25.0, figures.requestsPerSecond(), 0.001);
    assertTrue(figures.maxMicros() < 1100, () -> "the maximum is " + figures.maxMicros());
    assertEquals(1050, figures.requests());
    // A look right behind it keeps the older one to compare with.
    now += SECOND / 10;
    assertEquals(50 / 2.1, status.figures().requestsPerSecond(), 0.001);
    now += SECOND;
    assertEquals(0.0, status.figures().requestsPerSecond(), 0.001);
  }

  @Test
  @DisplayName("The page and the JSON show those figures, and nothing unescaped")
  void pageAndJson() {
    requests(7, 200, 1_000_000);
    LiveStatus.Figures figures = status.figures();
    String expected =
        "{\"version\":\"1.2.3\",\"uptime_seconds\":5,\"connections_open\":3,\"requests\":7,"
            + "\"responses_5xx\":0,\"requests_per_second\":0.0,\"latency_micros\":"
            + "{\"p50\":#,\"p99\":#,\"max\":#}}\n";
    assertEquals(expected, figures.json().replaceAll("(?<=p50\":|p99\":|max\":)\\d+", "#"));
    ServeOptions options = ServeOptions.defaults().withRoot(Path.of("<script>"));
    String page = text(new WelcomePage(options).show(figures, "a\"b<c>").body());
    assertTrue(page.contains("1.2.3"));
    assertTrue(page.contains("a&quot;b&lt;c&gt;"));
    assertTrue(page.contains("&lt;script&gt;"));
    assertTrue(page.contains(">7<"));
  }

  private static String text(ResponseBody body) {
    return body instanceof ResponseBody.Bytes bytes
        ? StandardCharsets.UTF_8.decode(bytes.asByteBuffer()).toString()
        : "";
  }
}
