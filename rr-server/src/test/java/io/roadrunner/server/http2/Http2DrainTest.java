package io.roadrunner.server.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.http2.frame.GoAwayFrame;
import io.roadrunner.http2.frame.SettingsFrame;
import io.roadrunner.server.DrainReport;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.ServerLimits;
import io.roadrunner.server.testkit.Http2Client;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A server of HTTP/2 that ends: two-phase GOAWAY, and no request is lost (RFC 9113 §6.8). */
class Http2DrainTest {

  private final Semaphore go = new Semaphore(0);
  private final AtomicInteger running = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private TestServer server;

  @BeforeEach
  void begin() throws IOException {
    server = start(ServerLimits.defaults());
  }

  private TestServer start(ServerLimits limits) throws IOException {
    Routes.Builder routes =
        Routes.builder()
            .get("/now", request -> Response.text("now"))
            .get(
                "/wait",
                request -> {
                  running.incrementAndGet();
                  go.acquire();
                  return Response.text("waited");
                })
            .add(Route.get("/inline", request -> Response.text("inline")).inline());
    return TestServer.start(routes, limits);
  }

  private Http2Client connect() throws IOException {
    return Http2Client.connect(server.port());
  }

  private void awaitRunning(int count) {
    Wait.until(count + " handlers run", () -> running.get() == count);
  }

  @AfterEach
  void stop() {
    go.release(1000);
    server.close();
    threads.close();
  }

  private CompletableFuture<DrainReport> drain() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return server.server().drain(Wait.PATIENCE);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        },
        threads);
  }

  @Test
  @DisplayName("S13 GOAWAY for 2^31-1, a round trip, then the last stream that is served")
  void twoPhases() throws Exception {
    try (Http2Client client = connect()) {
      client.get(1, "/wait");
      awaitRunning(1);
      CompletableFuture<DrainReport> report = drain();
      GoAwayFrame first = client.goAway(1);
      assertEquals(Integer.MAX_VALUE, first.lastStreamId());
      assertEquals(ErrorCode.NO_ERROR.code(), first.errorCode());
      // On its way when the client had not seen GOAWAY: it is served.
      client.get(3, "/now");
      GoAwayFrame last = client.goAway(2);
      assertTrue(last.lastStreamId() == 1 || last.lastStreamId() == 3, last.toString());
      go.release();
      assertEquals("waited", client.answer(1).body());
      client.readToEnd();
      assertEquals(last.lastStreamId() == 3 ? 200 : 0, client.reply(3).status());
      assertEquals(0, report.get().stragglers());
    }
  }

  @Test
  @DisplayName("S13 nothing that a draining server has not refused is lost")
  void underLoad() throws Exception {
    CountDownLatch warm = new CountDownLatch(3);
    AtomicInteger served = new AtomicInteger();
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      clients.add(CompletableFuture.runAsync(() -> askUntilGoAway(warm, served), threads));
    }
    Wait.on(warm);
    CompletableFuture<DrainReport> report = drain();
    for (CompletableFuture<Void> client : clients) {
      client.get();
    }
    assertEquals(0, report.get().stragglers());
    assertTrue(served.get() >= 300, served.get() + " served");
  }

  /** Four requests on their way at any time; all up to the last stream have to be answered. */
  private void askUntilGoAway(CountDownLatch warm, AtomicInteger served) {
    try (Http2Client client = connect()) {
      int next = 1;
      while (client.goAways().isEmpty()) {
        client.get(next, "/now").get(next + 2, "/inline");
        client.answer(next);
        client.answer(next + 2);
        next += 4;
        if (next == 401) {
          warm.countDown();
        }
      }
      client.get(next, "/now").get(next + 2, "/inline");
      int last = client.goAway(2).lastStreamId();
      client.readToEnd();
      for (int id = 1; id <= Math.min(last, next + 2); id += 2) {
        assertEquals(200, client.reply(id).status(), "stream " + id + " of " + last);
        assertTrue(client.reply(id).ended(), "stream " + id + " of " + last);
        served.incrementAndGet();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void connectionsThatHadNotSpokenYet() throws Exception {
    server.close();
    server = start(ServerLimits.defaults().withDrainQuiet(Duration.ofSeconds(5)));
    try (Http2Client client = Http2Client.silent(server.port())) {
      client.send(Http2Client.PREFACE.substring(0, 10).getBytes(StandardCharsets.US_ASCII));
      Wait.until("it is there", () -> server.server().info().openConnections() == 1);
      CompletableFuture<DrainReport> report = drain();
      Wait.until("drain", () -> !server.server().info().status().name().equals("SERVING"));
      client.send(Http2Client.PREFACE.substring(10).getBytes(StandardCharsets.US_ASCII));
      client.send(SettingsFrame.of());
      client.get(1, "/now");
      assertEquals("now", client.answer(1).body());
      client.goAway(2);
      client.finish();
      assertEquals(0, report.get().stragglers());
    }
  }
}
