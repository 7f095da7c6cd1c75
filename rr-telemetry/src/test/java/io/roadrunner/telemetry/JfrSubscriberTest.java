package io.roadrunner.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JfrSubscriberTest {

  @TempDir Path folder;

  @Test
  void isAvailableInAFullRuntime() {
    assertTrue(JfrSubscriber.available());
  }

  @Test
  void isNotMadeWhereTheModuleIsMissing() {
    assertThrows(IllegalStateException.class, () -> JfrSubscriber.createIn(ModuleLayer.empty()));
  }

  @Test
  void recordsWhatHasEnded() throws IOException {
    List<RecordedEvent> events = record(Samples.ONE_OF_EACH);

    assertEquals(
        List.of(
            "io.roadrunner.Request",
            "io.roadrunner.Request",
            "io.roadrunner.RequestTurnedAway",
            "io.roadrunner.RequestTurnedAway",
            "io.roadrunner.Connection",
            "io.roadrunner.ConnectionRefused"),
        events.stream().map(event -> event.getEventType().getName()).toList());
  }

  @Test
  void recordsRequestsThatWereAnswered() throws IOException {
    RecordedEvent event = record(List.of(Samples.STOPPED)).getFirst();

    assertEquals("00112233445566aa", event.getString("requestId"));
    assertEquals("main", event.getString("listener"));
    assertEquals("192.0.2.7:4711", event.getString("peer"));
    assertEquals("HTTP/1.1", event.getString("protocol"));
    assertEquals("GET", event.getString("method"));
    assertEquals("/users/7", event.getString("target"));
    assertEquals("/users/:id", event.getString("route"));
    assertEquals(200, event.getInt("status"));
    assertEquals("BYTES", event.getString("responseKind"));
    assertEquals(0, event.getLong("requestBodyBytes"));
    assertEquals(13, event.getLong("responseBodyBytes"));
    assertEquals("", event.getString("error"));
    assertEquals(Duration.ofNanos(2_500_000), event.getDuration("elapsed"));
    assertEquals(Instant.ofEpochMilli(Samples.NOW - 2), event.getInstant("startedAt"));
  }

  @Test
  void recordsRequestsThatFailed() throws IOException {
    RecordedEvent event = record(List.of(Samples.FAILED)).getFirst();

    assertEquals("java.lang.ArithmeticException: x", event.getString("error"));
    assertEquals(500, event.getInt("status"));
    assertEquals("/users/:id", event.getString("route"));
    assertEquals(Duration.ofMillis(9), event.getDuration("elapsed"));
  }

  @Test
  void recordsRequestsThatWereTurnedAway() throws IOException {
    List<RecordedEvent> events = record(List.of(Samples.REJECTED, Samples.THROTTLED));

    assertEquals("BAD_CHUNK_SIZE", events.get(0).getString("reason"));
    assertEquals(400, events.get(0).getInt("status"));
    assertEquals("RATE_LIMIT", events.get(1).getString("reason"));
    assertEquals(503, events.get(1).getInt("status"));
    assertEquals("main", events.get(1).getString("listener"));
    assertEquals("192.0.2.7:4711", events.get(1).getString("peer"));
  }

  @Test
  void recordsConnections() throws IOException {
    List<RecordedEvent> events = record(List.of(Samples.CLOSED, Samples.REFUSED));

    RecordedEvent closed = events.get(0);
    assertEquals("IDLE_TIMEOUT", closed.getString("reason"));
    assertEquals(12, closed.getLong("requestsServed"));
    assertEquals(Duration.ofMinutes(1), closed.getDuration("elapsed"));
    assertEquals(Instant.ofEpochMilli(Samples.NOW - 60_000), closed.getInstant("startedAt"));
    assertEquals("192.0.2.7:4711", closed.getString("peer"));
    assertEquals("CONNECTION_LIMIT", events.get(1).getString("reason"));
    assertEquals("main", events.get(1).getString("listener"));
  }

  private List<RecordedEvent> record(List<TelemetryEvent> events) throws IOException {
    Path file = folder.resolve("recording.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      try (Telemetry telemetry = Telemetry.to(JfrSubscriber.create())) {
        events.forEach(telemetry::publish);
      }
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().startsWith("io.roadrunner."))
        .toList();
  }
}
