package io.roadrunner.server.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.http2.Http2Limits;
import io.roadrunner.http2.frame.Ack;
import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.http2.frame.PingFrame;
import io.roadrunner.http2.frame.RstStreamFrame;
import io.roadrunner.server.HttpVersion;
import io.roadrunner.server.Request;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.ServerBuilder;
import io.roadrunner.server.ServerLimits;
import io.roadrunner.server.testkit.CapturedLog;
import io.roadrunner.server.testkit.Http2Client;
import io.roadrunner.server.testkit.Http2Reply;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import io.roadrunner.telemetry.MetricsSnapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How connections, streams and handlers of HTTP/2 begin, wait for each other, and end. */
class Http2LifeTest {

  private static final OptionalInt REFUSED = OptionalInt.of(ErrorCode.REFUSED_STREAM.code());

  private final Semaphore go = new Semaphore(0);
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger interrupted = new AtomicInteger();
  private final AtomicInteger disconnected = new AtomicInteger();
  private final AtomicReference<Boolean> connected = new AtomicReference<>(true);
  private TestServer server;

  @BeforeEach
  void begin() throws IOException {
    server = make(builder -> {});
  }

  private void start(Consumer<ServerBuilder> options) throws IOException {
    server.close();
    server = make(options);
  }

  private void start(ServerLimits limits) throws IOException {
    start(builder -> builder.limits(limits));
  }

  private TestServer make(Consumer<ServerBuilder> options) throws IOException {
    Routes.Builder routes =
        Routes.builder()
            .get("/now", request -> Response.text("now"))
            .get("/wait", this::await)
            .post("/wait", this::await)
            .add(Route.get("/inline", request -> Response.text("inline")).inline());
    return TestServer.start(routes, options);
  }

  private Response await(Request request) {
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    request.onDisconnect(disconnected::incrementAndGet);
    try {
      go.acquire();
      return Response.text("waited");
    } catch (InterruptedException e) {
      interrupted.incrementAndGet();
      connected.set(request.connected());
      return Response.text("interrupted");
    } finally {
      running.decrementAndGet();
    }
  }

  @AfterEach
  void stop() {
    go.release(1000);
    server.close();
  }

  private Http2Client connect() throws IOException {
    return Http2Client.connect(server.port());
  }

  private static void cancel(Http2Client client, int id) throws IOException {
    client.send(new RstStreamFrame(id, ErrorCode.CANCEL.code()));
  }

  private void awaitRunning(int count) {
    Wait.until(count + " handlers run", () -> running.get() == count);
  }

  @Nested
  class S5_1_2_Concurrency {
    @Test
    @DisplayName("S04 a stream more than allowed is refused, and its head is decoded all the same")
    void streamsOverTheLimit() throws IOException {
      start(b -> b.http2Limits(Http2Limits.defaults().withMaxConcurrentStreams(2)));
      try (Http2Client client = connect()) {
        client.get(1, "/wait").get(3, "/wait").get(5, "/wait", "x-new", "indexed");
        assertEquals(ErrorCode.REFUSED_STREAM.code(), client.resetCode(5));
        awaitRunning(2);
        go.release(2);
        assertEquals("waited", client.answer(1).body());
        assertEquals("waited", client.answer(3).body());
        client.get(7, "/now", "x-new", "indexed");
        assertEquals("now", client.answer(7).body());
        assertEquals(2, most.get());
      }
    }

    @Test
    @DisplayName("S01 handlers of streams that were reset count until they end")
    void handlersOfResetStreams() throws IOException {
      start(b -> b.http2Limits(Http2Limits.defaults().withMaxConcurrentStreams(2)));
      try (CapturedLog log = CapturedLog.begin();
          Http2Client client = connect()) {
        // Handlers that do not listen to interrupts would be worse: these end soon, but not at
        // once.
        client.get(1, "/wait").get(3, "/wait");
        awaitRunning(2);
        cancel(client, 1);
        cancel(client, 3);
        Wait.until("both have been interrupted", () -> interrupted.get() == 2);
        assertEquals(2, disconnected.get());
        assertEquals(false, connected.get());
        Wait.until("permits are back", () -> server.server().info().runningHandlers() == 0);
        client.get(5, "/now");
        assertEquals("now", client.answer(5).body());
        assertEquals(0, log.count(Level.WARNING));
      }
    }

    @Test
    @DisplayName("E05 no permit: REFUSED_STREAM, and no thread is made")
    void noPermits() throws IOException {
      start(ServerLimits.defaults().withMaxConcurrentRequests(1));
      try (Http2Client client = connect()) {
        client.get(1, "/wait");
        awaitRunning(1);
        for (int id = 3; id < 100; id += 2) {
          client.get(id, "/wait");
        }
        for (int id = 3; id < 100; id += 2) {
          assertEquals(ErrorCode.REFUSED_STREAM.code(), client.resetCode(id));
        }
        client.get(101, "/inline");
        assertEquals("inline", client.answer(101).body());
        go.release();
        assertEquals("waited", client.answer(1).body());
        assertEquals(1, most.get());
        assertEquals(49, server.server().info().metrics().requestsThrottled());
        client.get(103, "/now");
        assertEquals("now", client.answer(103).body());
      }
    }
  }

  @Nested
  class Cancelling {
    @Test
    @DisplayName(
        "S11 permits come back once, whatever a reset meets: the handler, its answer, both")
    void resetsRaceEverything() throws IOException {
      start(ServerLimits.defaults().withMaxConcurrentRequests(20));
      try (Http2Client client = connect()) {
        int id = 1;
        for (int round = 0; round < 100; round++, id += 8) {
          client.get(id, "/now");
          cancel(client, id);
          client.post(id + 2, "/wait");
          go.release();
          cancel(client, id + 2);
          client.send(client.request(id + 4, "POST", "/wait", EndStream.NO));
          client.send(
              Http2Client.data(id + 4, "x", EndStream.YES),
              new RstStreamFrame(id + 4, ErrorCode.CANCEL.code()));
          client.get(id + 6, "/now");
          Http2Reply reply = client.answer(id + 6);
          assertTrue(reply.status() == 200 || reply.reset().equals(REFUSED), "" + reply.reset());
        }
        Wait.until("no permit is taken", () -> server.server().info().runningHandlers() == 0);
        go.drainPermits();
        for (int i = 0; i < 20; i++) {
          client.get(id + 2 * i, "/wait");
        }
        awaitRunning(20);
        client.get(id + 40, "/wait");
        assertEquals(ErrorCode.REFUSED_STREAM.code(), client.resetCode(id + 40));
        go.release(20);
        assertEquals("waited", client.answer(id).body());
        MetricsSnapshot metrics = server.server().info().metrics();
        Wait.until(
            "all that began has ended",
            () ->
                server.server().info().metrics().requestsEnded()
                    == server.server().info().metrics().requestsStarted());
        assertTrue(metrics.requestsFailed() <= 300, metrics.toString());
      }
    }

    @Test
    void aHandlerThatTakesTooLong() throws IOException {
      start(ServerLimits.defaults().withHandlerTimeout(Duration.ofMillis(50)));
      try (CapturedLog log = CapturedLog.begin();
          Http2Client client = connect()) {
        client.get(1, "/wait");
        assertEquals(ErrorCode.INTERNAL_ERROR.code(), client.resetCode(1));
        Wait.until("it was interrupted", () -> interrupted.get() == 1);
        client.get(3, "/now");
        assertEquals("now", client.answer(3).body());
        assertEquals(0, log.count(Level.SEVERE));
      }
    }

    @Test
    void theConnectionGoes() throws IOException {
      start(ServerLimits.defaults());
      try (Http2Client client = connect()) {
        client.get(1, "/wait").get(3, "/wait");
        awaitRunning(2);
        client.reset();
      }
      Wait.until("both were interrupted", () -> interrupted.get() == 2);
      Wait.until("the connection is gone", () -> server.server().info().openConnections() == 0);
    }

    @Test
    void aClientThatOnlySendsNoMoreGetsItsAnswers() throws IOException {
      start(ServerLimits.defaults());
      try (Http2Client client = connect()) {
        client.get(1, "/wait").get(3, "/now").finish();
        assertEquals("now", client.answer(3).body());
        go.release();
        assertEquals("waited", client.answer(1).body());
        client.readToEnd();
      }
    }
  }

  @Nested
  class Idle {
    @Test
    @DisplayName("C04 PING does not keep an idle connection alive")
    void pingsAreNoRequests() throws IOException {
      start(ServerLimits.defaults().withKeepAliveTimeout(Duration.ofMillis(200)));
      try (Http2Client client = connect()) {
        client.get(1, "/now");
        assertEquals("now", client.answer(1).body());
        long begin = System.nanoTime();
        long opaque = 0;
        while (client.goAways().isEmpty()) {
          LockSupport.parkNanos(5_000_000);
          client.send(new PingFrame(Ack.NO, ++opaque));
          long expected = opaque;
          client.readUntil(
              "PING or GOAWAY", () -> client.hasPong(expected) || !client.goAways().isEmpty());
        }
        assertEquals(ErrorCode.NO_ERROR.code(), client.goAway(1).errorCode());
        assertTrue(System.nanoTime() - begin >= 150_000_000L);
        client.readToEnd();
      }
    }

    @Test
    void aRequestThatIsBeingAnsweredIsNotIdle() throws Exception {
      start(ServerLimits.defaults().withKeepAliveTimeout(Duration.ofMillis(50)));
      try (Http2Client client = connect()) {
        client.get(1, "/wait");
        awaitRunning(1);
        try (Http2Client idle = connect()) {
          idle.get(1, "/now").goAway(1);
        }
        assertEquals(0, client.roundTrip(1).goAways().size());
        go.release();
        assertEquals("waited", client.answer(1).body());
        client.goAway(1);
      }
    }

    @Test
    void theLastRequestOfAConnection() throws IOException {
      start(ServerLimits.defaults().withMaxRequestsPerConnection(2));
      try (Http2Client client = connect()) {
        client.get(1, "/now").get(3, "/now");
        assertEquals("now", client.answer(1).body());
        assertEquals("now", client.answer(3).body());
        assertEquals(3, client.goAway(2).lastStreamId());
        client.readToEnd();
      }
    }

    @Test
    @DisplayName("H01 a client that never says what it speaks")
    void noPreface() throws IOException {
      start(
          b ->
              b.protocols(HttpVersion.HTTP_2)
                  .http2Limits(
                      Http2Limits.defaults()
                          .withDeadlines(
                              Http2Limits.defaults().deadlines().withPrefaceNanos(50_000_000L))));
      try (Http2Client client = Http2Client.silent(server.port())) {
        client.goAway(1);
        client.readToEnd();
      }
    }
  }
}
