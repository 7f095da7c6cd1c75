package io.roadrunner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.testkit.Answer;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.Wait;
import io.roadrunner.telemetry.MetricsSnapshot;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Servers that follow each other on one port while clients do not let go of it. */
class DrainUnderLoadTest {

  private static final int CLIENTS = 4;

  // No client is silent for so long, so nothing is closed for being idle.
  private static final ServerLimits LIMITS =
      ServerLimits.defaults().withDrainQuiet(Duration.ofSeconds(20));

  private final List<Server> servers = new ArrayList<>();
  private final AtomicLong answers = new AtomicLong();
  private final AtomicLong connections = new AtomicLong();
  private final Queue<Throwable> lost = new ConcurrentLinkedQueue<>();
  private volatile boolean ending;
  private volatile int port;

  private static Routes routes() {
    return Routes.builder()
        .get("/virtual", request -> Response.text("virtual"))
        .add(Route.get("/inline", request -> Response.text("inline")).inline())
        .get("/stream", request -> Response.stream("text/plain", out -> out.write("stream")))
        .build();
  }

  private Server start(int port) throws IOException {
    Server server =
        Server.builder().host("127.0.0.1").port(port).routes(routes()).limits(LIMITS).start();
    servers.add(server);
    return server;
  }

  /** Starts a server as soon as the port is free. */
  private Server successor(int port) throws IOException {
    long end = System.nanoTime() + Wait.PATIENCE.toNanos();
    while (true) {
      try {
        return start(port);
      } catch (BindException e) {
        assertTrue(System.nanoTime() - end < 0, "the port did not become free");
        Thread.onSpinWait();
      }
    }
  }

  /** Hands the port over, again and again, while the clients are at work. */
  private void handOver(int rounds, Runnable client) throws Exception {
    Server serving = start(0);
    port = serving.port();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(Thread.ofPlatform().name("client-" + i).start(client));
    }
    for (int round = 0; round < rounds; round++) {
      long before = answers.get();
      Wait.until("the clients are served", () -> answers.get() > before + 20 || failed());
      Server leaving = serving;
      Thread drain = Thread.ofPlatform().start(() -> drain(leaving));
      serving = successor(port);
      assertTrue(drain.join(Wait.PATIENCE));
    }
    ending = true;
    for (Thread thread : clients) {
      assertTrue(thread.join(Wait.PATIENCE));
    }
    serving.close();
  }

  private boolean failed() {
    return !lost.isEmpty();
  }

  private void drain(Server server) {
    try {
      DrainReport report = server.drain(Wait.PATIENCE);
      if (report.stragglers() != 0) {
        lost.add(new AssertionError("cut off at the deadline: " + report));
      }
    } catch (InterruptedException e) {
      lost.add(e);
    }
  }

  private void expectNothingLost() {
    assertEquals(List.of(), List.copyOf(lost));
    long started = 0;
    long completed = 0;
    long failed = 0;
    for (Server server : servers) {
      MetricsSnapshot metrics = server.info().metrics();
      started += metrics.requestsStarted();
      completed += metrics.requestsCompleted();
      failed += metrics.requestsFailed() + metrics.requestsRejected() + metrics.requestsThrottled();
    }
    assertEquals(answers.get(), started);
    assertEquals(answers.get(), completed);
    assertEquals(0, failed);
  }

  @Test
  @DisplayName("Port handed over 20 times under keep-alive clients: every request is answered")
  void keepAliveClients() throws Exception {
    handOver(20, this::rawClient);
    expectNothingLost();
    long accepted = 0;
    for (Server server : servers) {
      accepted += server.info().metrics().connectionsAccepted();
    }
    assertEquals(connections.get(), accepted);
  }

  private void rawClient() {
    try {
      while (!ending) {
        Optional<RawClient> connected = connect();
        if (connected.isPresent()) {
          try (RawClient client = connected.get()) {
            untilClosed(client);
          }
        }
      }
    } catch (Throwable e) {
      lost.add(e);
    }
  }

  /** Connects if somebody listens: otherwise the system refuses, or resets, what it began. */
  private Optional<RawClient> connect() {
    try {
      return Optional.of(RawClient.connect(address()));
    } catch (IOException e) {
      Thread.onSpinWait();
      return Optional.empty();
    }
  }

  private InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /**
   * Asks on one connection until the server says that it ends. Only the first request may find that
   * nobody has accepted the connection: the system takes connections for a socket that is just
   * being closed. The servers' own count of connections tells the one from the other.
   */
  private void untilClosed(RawClient client) throws IOException {
    String[] paths = {"virtual", "inline", "stream"};
    int asked = 0;
    Answer answer;
    do {
      String path = paths[asked % paths.length];
      try {
        client.send("GET /" + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
        answer = client.answer();
      } catch (IOException | AssertionError e) {
        if (asked == 0) {
          return;
        }
        throw e;
      }
      if (asked == 0) {
        connections.incrementAndGet();
      }
      asked++;
      assertEquals(path, answer.body());
      answers.incrementAndGet();
    } while (!answer.closes() && !ending);
  }

  @Test
  @DisplayName("Port handed over 5 times under the JDK's client: every request is answered once")
  void jdkClient() throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      handOver(5, () -> jdkClient(client));
    }
    expectNothingLost();
  }

  private void jdkClient(HttpClient client) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/virtual")).build();
    try {
      while (!ending) {
        try {
          assertEquals("virtual", client.send(request, BodyHandlers.ofString()).body());
          answers.incrementAndGet();
        } catch (IOException e) {
          // Nobody listens at the moment; what was accepted and lost shows in the servers' counts.
          Thread.onSpinWait();
        }
      }
    } catch (Throwable e) {
      lost.add(e);
    }
  }
}
