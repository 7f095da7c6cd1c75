package io.roadrunner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.testkit.EngineClient;
import io.roadrunner.server.testkit.TlsClient;
import io.roadrunner.server.testkit.TlsFixture;
import io.roadrunner.server.testkit.Wait;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Clients that begin a handshake, and do not end it. */
class TlsStalledHandshakeTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  private final List<EngineClient> stalled = new ArrayList<>();

  @AfterEach
  void hangUp() throws IOException {
    for (EngineClient client : stalled) {
      client.close();
    }
  }

  private static TlsFixture serving(Duration timeout, int most) throws Exception {
    return TlsFixture.start(
        Routes.builder().get("/hello", request -> Response.text("Hello")),
        options -> options.limits(ServerLimits.defaults().withDrainQuiet(Duration.ofMillis(50))),
        tls -> tls.handshakeTimeout(timeout).maxConcurrentHandshakes(most));
  }

  private EngineClient stalling(TlsFixture server) throws IOException {
    EngineClient client = server.connectSilently();
    stalled.add(client);
    return client;
  }

  private static void serves(TlsFixture server) throws IOException {
    try (TlsClient client = server.connect()) {
      assertEquals("Hello", client.ask("/hello", "localhost").body());
    }
  }

  private static boolean isOpen(EngineClient client) {
    try {
      client.socket().setSoTimeout(1);
      return client.socket().getInputStream().read() >= 0;
    } catch (SocketTimeoutException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  @DisplayName("L02 a handshake that is stalled at any byte of its first flight meets its deadline")
  void stalledInTheFirstFlight() throws Exception {
    try (TlsFixture server = serving(Duration.ofSeconds(1), 1000)) {
      byte[] hello = stalling(server).flight();
      for (int bytes = 0; bytes < hello.length; bytes++) {
        stalling(server).send(hello, bytes);
      }
      serves(server);
      for (EngineClient client : stalled) {
        client.alertUntilEnd();
      }
      Wait.until("all are gone", () -> server.server().server().info().openConnections() == 0);
    }
  }

  @Test
  @DisplayName("L02 a handshake that is stalled at any byte of its last flight meets its deadline")
  void stalledInTheLastFlight() throws Exception {
    try (TlsFixture server = serving(Duration.ofSeconds(2), 1000)) {
      int length = lastFlight(stalling(server)).length;
      for (int bytes = 0; bytes < length; bytes++) {
        EngineClient client = stalling(server);
        client.send(lastFlight(client), bytes);
      }
      serves(server);
      for (EngineClient client : stalled) {
        client.alertUntilEnd();
      }
      Wait.until("all are gone", () -> server.server().server().info().openConnections() == 0);
    }
  }

  private static byte[] lastFlight(EngineClient client) throws IOException {
    client.send(client.flight());
    client.listen();
    return client.flight();
  }

  @Test
  @DisplayName("L02 a handshake whose bytes come one by one is a good one")
  void dripped() throws Exception {
    try (TlsFixture server = serving(LONG, 1000);
        EngineClient client = server.connectSilently()) {
      for (byte b : client.flight()) {
        client.send(new byte[] {b});
      }
      client.listen();
      for (byte b : client.flight()) {
        client.send(new byte[] {b});
      }
      client.handshake();
      for (byte b :
          client.encrypt(
              "GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII))) {
        client.send(new byte[] {b});
      }
      String answer = "";
      while (answer.isEmpty()) {
        answer = new String(client.decrypt(client.record()), StandardCharsets.US_ASCII);
      }
      assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    }
  }

  @Test
  @DisplayName("L02 the deadline is for the handshake only")
  void connectedInTime() throws Exception {
    Duration timeout = Duration.ofMillis(500);
    try (TlsFixture server = serving(timeout, 1000);
        TlsClient client = server.connect();
        EngineClient silent = server.connectSilently()) {
      // Once this one is gone, the other is older than the deadline, too.
      silent.alertUntilEnd();
      assertEquals("Hello", client.ask("/hello", "localhost").body());
    }
  }

  @Test
  @DisplayName("L02 as many handshakes as are allowed may be stalled; one more ends the first")
  void theEldestGivesWay() throws Exception {
    try (TlsFixture server = serving(LONG, 3)) {
      for (int i = 0; i < 3; i++) {
        stalling(server);
        int count = i + 1;
        Wait.until("accepted", () -> server.server().server().info().openConnections() == count);
      }
      for (EngineClient client : stalled) {
        assertTrue(isOpen(client));
      }
      EngineClient one = stalling(server);
      stalled.getFirst().socket().setSoTimeout((int) Wait.PATIENCE.toMillis());
      assertEquals(-1, stalled.getFirst().alertUntilEnd());
      assertTrue(isOpen(stalled.get(1)));
      assertTrue(isOpen(stalled.get(2)));
      one.socket().setSoTimeout((int) Wait.PATIENCE.toMillis());
      one.handshake();
      assertTrue(isOpen(stalled.get(1)), "one that has finished is not counted");
    }
  }

  @Test
  @DisplayName("L02 thousands of half handshakes do not stop an innocent one, and few are kept")
  void crowd() throws Exception {
    try (TlsFixture server = serving(LONG, 100)) {
      byte[] hello = stalling(server).flight();
      for (int i = 0; i < 2000; i++) {
        try (EngineClient client = server.connectSilently()) {
          client.send(hello, i % hello.length);
          if (i % 200 == 0) {
            serves(server);
          }
        }
      }
      for (int i = 0; i < 500; i++) {
        stalling(server).send(hello, i % hello.length);
        if (i % 100 == 0) {
          serves(server);
        }
      }
      serves(server);
      Wait.until("few are left", () -> server.server().server().info().openConnections() <= 100);
      assertFalse(isOpen(stalled.get(1)));
      assertTrue(isOpen(stalled.getLast()));
    }
  }

  @Test
  @DisplayName("L02 with one thread for their arithmetic, handshakes take turns, and all succeed")
  void manyAtOnce() throws Exception {
    try (TlsFixture server =
            TlsFixture.start(
                Routes.builder().get("/hello", request -> Response.text("Hello")),
                options -> {},
                tls -> tls.handshakeThreads(1));
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        all.add(
            clients.submit(
                () -> {
                  serves(server);
                  return 0;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  @Test
  @DisplayName("L02 a drain waits for a handshake only while its client says something")
  void drain() throws Exception {
    try (TlsFixture server = serving(LONG, 1000)) {
      EngineClient silent = stalling(server);
      EngineClient halfway = stalling(server);
      halfway.send(halfway.flight());
      halfway.listen();
      DrainReport report = server.server().server().drain(Duration.ofMinutes(1));
      assertEquals(0, report.stragglers());
      assertFalse(isOpen(silent));
    }
  }

  @Test
  void aServerThatClosesEndsHandshakesToo() throws Exception {
    try (TlsFixture server = serving(LONG, 1000)) {
      EngineClient silent = stalling(server);
      server.server().close();
      assertEquals(-1, silent.alertUntilEnd());
    }
  }
}
