package io.roadrunner.server.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.Request;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.ServerLimits;
import io.roadrunner.server.testkit.Answer;
import io.roadrunner.server.testkit.ClosedConnections;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import io.roadrunner.telemetry.CloseReason;
import io.roadrunner.telemetry.MetricsSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** More connections, more requests and more work than there is room for. */
class CrowdTest {

  private static final String GET = "GET %s HTTP/1.1\r\nHost: x\r\n\r\n";

  private static Routes.Builder routes() {
    return Routes.builder()
        .get("/virtual", request -> Response.text("ok"))
        .add(Route.get("/inline", request -> Response.text("ok")).inline());
  }

  private static MetricsSnapshot metrics(TestServer server) {
    return server.server().info().metrics();
  }

  @Test
  @DisplayName("C05: connections beyond the cap are closed at accept and counted, others go on")
  void connectionsBeyondTheCap() throws Exception {
    int cap = 5;
    int beyond = 300;
    ServerLimits limits = ServerLimits.defaults().withMaxConnections(cap);
    try (TestServer server = TestServer.start(routes(), limits)) {
      List<RawClient> inside = new ArrayList<>();
      for (int i = 0; i < cap; i++) {
        inside.add(server.connect());
        assertEquals("ok", inside.getLast().send(GET.formatted("/virtual")).answer().body());
      }
      for (int i = 0; i < beyond; i++) {
        try (RawClient refused = server.connect()) {
          refused.expectEnd();
        }
      }
      assertEquals(beyond, metrics(server).connectionsRefused());
      assertEquals(cap, metrics(server).connectionsAccepted());
      for (RawClient client : inside) {
        assertEquals("ok", client.send(GET.formatted("/inline")).answer().body());
      }
      inside.getFirst().close();
      Wait.until("one is gone", () -> server.server().info().openConnections() == cap - 1);
      assertEquals("ok", server.ask(GET.formatted("/virtual")).body());
      for (RawClient client : inside) {
        client.close();
      }
      Wait.until("all are gone", () -> server.server().info().openConnections() == 0);
    }
  }

  @Test
  @DisplayName("C05: a storm of connections that come and go leaves nothing behind")
  void stormLeavesNothingBehind() throws Exception {
    ServerLimits limits = ServerLimits.defaults().withMaxConnections(20);
    try (TestServer server = TestServer.start(routes(), limits);
        RawClient bystander = server.connect()) {
      List<RawClient> storm = new ArrayList<>();
      for (int round = 0; round < 10; round++) {
        for (int i = 0; i < 50; i++) {
          storm.add(server.connect());
        }
        assertEquals("ok", bystander.send(GET.formatted("/inline")).answer().body());
        for (RawClient client : storm) {
          client.reset();
        }
        storm.clear();
      }
      Wait.until("all have been seen", () -> seen(server) == 501);
      Wait.until("all are gone", () -> server.server().info().openConnections() == 1);
      assertEquals("ok", bystander.send(GET.formatted("/virtual")).answer().body());
    }
  }

  private static long seen(TestServer server) {
    return metrics(server).connectionsAccepted() + metrics(server).connectionsRefused();
  }

  @ParameterizedTest
  @CsvSource({"/virtual, 1", "/virtual, 3", "/inline, 1", "/inline, 3"})
  @DisplayName("C08: the last request that a connection may have is answered with close")
  void requestsPerConnection(String path, int most) throws Exception {
    ServerLimits limits = ServerLimits.defaults().withMaxRequestsPerConnection(most);
    String request = GET.formatted(path);
    try (ClosedConnections closed = ClosedConnections.begin();
        TestServer server = closed.server(routes(), limits)) {
      try (RawClient oneByOne = server.connect();
          RawClient pipelined = server.connect()) {
        for (int i = 1; i <= most; i++) {
          assertEquals(i == most, oneByOne.send(request).answer().closes());
        }
        oneByOne.expectEnd();
        List<Answer> answers = pipelined.send(request.repeat(most + 2)).answersUntilEnd();
        assertEquals(most, answers.size());
        assertTrue(answers.getLast().closes());
      }
      closed.expect(2, CloseReason.LAST_MESSAGE);
      assertEquals(most, closed.first().requestsServed());
      assertEquals(2L * most, metrics(server).requestsCompleted());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/virtual", "/inline"})
  @DisplayName("C08: a connection takes any number of requests by default")
  void manyRequestsOnOneConnection(String path) throws Exception {
    long rounds = 100;
    int depth = 200;
    String requests = GET.formatted(path).repeat(depth);
    try (ClosedConnections closed = ClosedConnections.begin();
        TestServer server = closed.server(routes(), ServerLimits.defaults())) {
      try (RawClient client = server.connect()) {
        for (int i = 0; i < rounds; i++) {
          client.send(requests);
          for (int k = 0; k < depth; k++) {
            assertEquals(200, client.answer().status());
          }
        }
      }
      assertEquals(rounds * depth, closed.first().requestsServed());
      assertEquals(rounds * depth, metrics(server).requestsCompleted());
    }
  }

  @Test
  @DisplayName("E05: without a permit no thread is made: 503 with Retry-After, and none is lost")
  void noThreadWithoutPermit(@TempDir Path folder) throws Exception {
    int permits = 3;
    int beyond = 100;
    Gate gate = new Gate(permits);
    Routes.Builder routes = routes().get("/wait", gate::handle).post("/wait", gate::handle);
    ServerLimits limits = ServerLimits.defaults().withMaxConcurrentRequests(permits);
    Path file = folder.resolve("threads.jfr");
    try (Recording recording = new Recording();
        TestServer server = TestServer.start(routes, limits)) {
      recording.enable("jdk.VirtualThreadStart").withoutThreshold();
      recording.start();
      List<RawClient> inside = new ArrayList<>();
      for (int i = 0; i < permits; i++) {
        inside.add(server.connect().send(GET.formatted("/wait")));
      }
      Wait.on(gate.full);
      try (RawClient client = server.connect()) {
        for (int i = 0; i < beyond; i++) {
          Answer busy = client.send(GET.formatted("/wait")).answer();
          assertEquals(503, busy.status());
          assertEquals("1", busy.header("retry-after"));
        }
        assertEquals("ok", client.send(GET.formatted("/inline")).answer().body());
        assertEquals(permits, server.server().info().runningHandlers());
      }
      recording.stop();
      recording.dump(file);
      gate.open.countDown();
      for (RawClient client : inside) {
        assertEquals("waited", client.answer().body());
        client.close();
      }
      assertEquals(beyond, metrics(server).requestsThrottled());
      Wait.until("no permit is taken", () -> server.server().info().runningHandlers() == 0);
      assertEquals("waited", server.ask(GET.formatted("/wait")).body());
    }
    assertEquals(permits, handlerThreads(file));
  }

  private static long handlerThreads(Path recording) throws IOException {
    return RecordingFile.readAllEvents(recording).stream()
        .map(event -> event.getThread("eventThread"))
        .filter(thread -> thread != null && name(thread).startsWith("test-handler "))
        .count();
  }

  private static String name(RecordedThread thread) {
    return String.valueOf(thread.getJavaName());
  }

  @Test
  @DisplayName("E05: a client that sends a body without a permit for it gets 503, then the end")
  void bodyWithoutPermit() throws Exception {
    Gate gate = new Gate(1);
    Routes.Builder routes = routes().post("/wait", gate::handle);
    ServerLimits limits = ServerLimits.defaults().withMaxConcurrentRequests(1);
    String post = "POST /wait HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody";
    try (TestServer server = TestServer.start(routes, limits);
        RawClient inside = server.connect();
        RawClient outside = server.connect()) {
      inside.send(post);
      Wait.on(gate.full);
      List<Answer> answers = outside.send(post + post).answersUntilEnd();
      assertEquals(List.of(503), answers.stream().map(Answer::status).toList());
      assertTrue(answers.getFirst().closes());
      gate.open.countDown();
      assertEquals("waited", inside.answer().body());
      assertEquals(1, gate.entered.get());
    }
  }

  @Test
  @DisplayName("E05: a pipelined request gives the permit of the one before back first")
  void pipelinedRequestsNeedOnePermitEach() throws Exception {
    ServerLimits limits = ServerLimits.defaults().withMaxConcurrentRequests(1);
    try (TestServer server = TestServer.start(routes(), limits);
        RawClient client = server.connect()) {
      client.send(GET.formatted("/virtual").repeat(50));
      for (int i = 0; i < 50; i++) {
        assertEquals("ok", client.answer().body());
      }
      Wait.until("no permit is taken", () -> server.server().info().runningHandlers() == 0);
      assertEquals(0, metrics(server).requestsThrottled());
    }
  }

  /** Handlers that wait until they may go on. */
  private static final class Gate {
    private final CountDownLatch full;
    private final CountDownLatch open = new CountDownLatch(1);
    private final AtomicInteger entered = new AtomicInteger();

    Gate(int size) {
      full = new CountDownLatch(size);
    }

    Response handle(Request request) throws InterruptedException {
      entered.incrementAndGet();
      full.countDown();
      Wait.on(open);
      return Response.text("waited");
    }
  }

  @Test
  @DisplayName("P24: ten thousand q-values are over the limit of a line, refused while they arrive")
  void manyQualityValues() throws Exception {
    try (TestServer server = TestServer.start(routes());
        RawClient client = server.connect()) {
      StringBuilder list = new StringBuilder("GET /virtual HTTP/1.1\r\nHost: x\r\nAccept: a/b");
      for (int i = 0; i < 10_000; i++) {
        list.append(",a/").append(i).append(";q=0.").append(i % 1000);
      }
      List<Answer> answers = client.send(list.toString()).answersUntilEnd();
      assertEquals(List.of(431), answers.stream().map(Answer::status).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Accept", "Accept-Encoding", "Accept-Language", "TE", "If-None-Match"})
  @DisplayName("P24: a list of preferences as long as a line may be is an ordinary field")
  void longestListOfPreferences(String name) throws Exception {
    String line = name + ": a;q=0.001" + ",a;q=0.001".repeat(800);
    try (TestServer server = TestServer.start(filesToo());
        RawClient client = server.connect()) {
      String head = " HTTP/1.1\r\nHost: x\r\n" + line + "\r\n\r\n";
      assertEquals("ok", client.send("GET /virtual" + head).answer().body());
      assertEquals("file", client.send("GET /f/file.txt" + head).answer().body());
    }
  }

  private static @TempDir Path files;

  private static Routes.Builder filesToo() throws IOException {
    Files.writeString(files.resolve("file.txt"), "file");
    return routes().get("/f/*path", io.roadrunner.server.StaticFiles.below(files));
  }
}
