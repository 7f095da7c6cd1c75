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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Crowds of peers that take their time, and one among them that does not. */
class SlowPeerTest {

  private static final int CROWD = 30;
  private static final String GET = "GET /good HTTP/1.1\r\nHost: x\r\n\r\n";

  private static final ServerLimits SHORT =
      ServerLimits.defaults()
          .withHeadTimeout(Duration.ofMillis(150))
          .withKeepAliveTimeout(Duration.ofMillis(150));
  private static final ServerLimits IMPATIENT =
      ServerLimits.defaults()
          .withMinBytesPerSecond(10_000)
          .withSlowPeerGrace(Duration.ofMillis(50))
          .withMaxPeerStall(Duration.ofMillis(150));

  private final AtomicInteger handled = new AtomicInteger();

  private Routes.Builder routes() {
    return Routes.builder()
        .get("/good", request -> Response.text("good"))
        .add(Route.get("/counted", this::count).inline())
        .post("/read", this::read)
        .add(Route.post("/inline", this::read).inline())
        .post("/ignore", request -> Response.text("ignored"));
  }

  private Response count(Request request) {
    handled.incrementAndGet();
    return Response.text("counted");
  }

  private Response read(Request request) throws IOException {
    byte[] body = request.body().bytes();
    handled.incrementAndGet();
    return Response.bytes("a/b", body);
  }

  private static List<RawClient> crowd(TestServer server, String first) throws IOException {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      clients.add(server.connect().send(first));
    }
    return clients;
  }

  /** Sends one byte to each client's server every few milliseconds, until all have an answer. */
  private static void dripUntilAnswered(TestServer server, List<RawClient> clients)
      throws IOException {
    long end = System.nanoTime() + Wait.PATIENCE.toNanos();
    List<RawClient> waiting = new ArrayList<>(clients);
    while (!waiting.isEmpty()) {
      assertTrue(System.nanoTime() - end < 0, () -> waiting.size() + " were not answered");
      for (RawClient client : List.copyOf(waiting)) {
        if (client.hasSomething()) {
          waiting.remove(client);
        } else {
          client.send("a");
        }
      }
      assertEquals("good", server.ask(GET).body());
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static void allFreed(TestServer server) {
    Wait.until("all are gone", () -> server.server().info().openConnections() == 0);
    Wait.until("no handler runs", () -> server.server().info().runningHandlers() == 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /counted HTTP/1.1\r\nHost: x\r\nX-Name: ",
        "GET /",
        "PRI /",
        GET + "GET /counted HTTP/1.1\r\nHost: x\r\nX-Name: "
      })
  @DisplayName("C01: a head that drips gets 408 when its time is up, whatever it drips")
  void drippedHeadsGet408(String first) throws Exception {
    try (ClosedConnections closed = ClosedConnections.begin();
        TestServer server = closed.server(routes(), SHORT)) {
      List<RawClient> clients = crowd(server, first);
      for (RawClient client : clients) {
        if (first.startsWith(GET)) {
          assertEquals("good", client.answer().body());
        }
      }
      dripUntilAnswered(server, clients);
      for (RawClient client : clients) {
        Answer answer = client.answer();
        assertEquals(408, answer.status());
        assertTrue(answer.closes());
        client.expectEnd();
        client.close();
      }
      allFreed(server);
      assertEquals(0, handled.get());
      closed.expect(CROWD, CloseReason.REQUEST_TIMEOUT);
    }
  }

  @Test
  @DisplayName("C01: the beginning of a preface of HTTP/2 is a head that did not arrive, too")
  void halfPrefaceGets408() throws Exception {
    try (TestServer server = TestServer.start(routes(), SHORT);
        RawClient client = server.connect()) {
      assertEquals(408, client.send("PRI * HTT").answer().status());
    }
  }

  @Test
  @DisplayName("C01: a head in small pieces is served if it is there in time")
  void slowHeadInTimeIsServed() throws Exception {
    try (TestServer server = TestServer.start(routes());
        RawClient client = server.connect()) {
      for (int i = 0; i < GET.length(); i++) {
        client.send(GET.substring(i, i + 1));
        LockSupport.parkNanos(1_000_000);
      }
      assertEquals("good", client.answer().body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\r\n", GET})
  @DisplayName(
      "C04: who says nothing is closed without a word, from the start and between requests")
  void silentConnectionsAreClosed(String first) throws Exception {
    try (ClosedConnections closed = ClosedConnections.begin();
        TestServer server = closed.server(routes(), SHORT)) {
      List<RawClient> clients = crowd(server, first);
      assertEquals("good", server.ask(GET).body());
      for (RawClient client : clients) {
        if (first.equals(GET)) {
          assertEquals("good", client.answer().body());
        }
        client.expectEnd();
        client.close();
      }
      allFreed(server);
      closed.expect(CROWD, CloseReason.IDLE_TIMEOUT);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/read, Content-Length: 1000",
    "/read, Transfer-Encoding: chunked",
    "/inline, Content-Length: 1000",
    "/inline, Transfer-Encoding: chunked"
  })
  @DisplayName("C02: a body below the least rate gets 408, and its handler an error")
  void slowBodiesGet408(String path, String framing) throws Exception {
    try (TestServer server = TestServer.start(routes(), IMPATIENT)) {
      String head = "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + framing + "\r\n\r\n";
      List<RawClient> clients = crowd(server, head + (framing.startsWith("T") ? "3e8\r\n" : ""));
      dripUntilAnswered(server, clients);
      for (RawClient client : clients) {
        Answer answer = client.answer();
        assertEquals(408, answer.status());
        assertTrue(answer.closes());
        client.expectEnd();
        client.close();
      }
      allFreed(server);
      assertEquals(0, handled.get());
    }
  }

  @Test
  @DisplayName("C02: a body that nobody reads and that never ends does not hold its connection")
  void slowUnreadBodyIsGivenUp() throws Exception {
    try (TestServer server = TestServer.start(routes(), IMPATIENT)) {
      List<RawClient> clients =
          crowd(server, "POST /ignore HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n1");
      for (RawClient client : clients) {
        assertEquals("ignored", client.answer().body());
        client.expectEnd();
        client.close();
      }
      allFreed(server);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bytes", "/bytes/inline", "/stream", "/file", "/pipelined"})
  @DisplayName("C03: a peer that does not read its answer is closed, and holds nothing")
  void peersThatDoNotReadAreClosed(String path, @TempDir Path folder) throws Exception {
    int size = 16 << 20;
    CountDownLatch streamFailed = new CountDownLatch(path.equals("/stream") ? 4 : 0);
    Path file = folder.resolve("large");
    Files.write(file, new byte[size]);
    Response large = Response.bytes("a/b", new byte[size]);
    Response part = Response.bytes("a/b", new byte[10_000]);
    Routes.Builder routes =
        routes()
            .get("/bytes", request -> large)
            .add(Route.get("/bytes/inline", request -> large).inline())
            .get("/file", request -> Response.file("a/b", file, 0, size))
            .add(Route.get("/pipelined", request -> part).inline())
            .get("/stream", request -> endless(streamFailed));
    String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
    try (ClosedConnections closed = ClosedConnections.begin();
        TestServer server = closed.server(routes, IMPATIENT);
        RawClient bystander = server.connect()) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        clients.add(RawClient.connectSlowReader(server.server().address()));
        clients.getLast().send(path.equals("/pipelined") ? request.repeat(1200) : request);
      }
      Wait.until(
          "all but one are closed",
          () -> {
            ask(bystander);
            return server.server().info().openConnections() == 1;
          });
      Wait.on(streamFailed);
      Wait.until("no handler runs", () -> server.server().info().runningHandlers() == 0);
      closed.expect(4, CloseReason.SLOW_PEER);
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  private static void ask(RawClient bystander) {
    try {
      assertEquals("good", bystander.send(GET).answer().body());
    } catch (IOException e) {
      throw new AssertionError("the bystander was not served", e);
    }
  }

  private static Response endless(CountDownLatch failed) {
    return Response.stream(
        "a/b",
        out -> {
          try {
            while (true) {
              out.write(new byte[20_000]);
            }
          } finally {
            failed.countDown();
          }
        });
  }
}
