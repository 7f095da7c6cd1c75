package io.roadrunner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.testkit.Answer;
import io.roadrunner.server.testkit.TlsClient;
import io.roadrunner.server.testkit.TlsFixture;
import io.roadrunner.server.testkit.Wait;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/1.1 behaves over TLS as it does on clear text. */
@ParameterizedClass
@ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
class TlsHttp1Test {

  private static final String BIG = text(3_000_000);
  private static final CountDownLatch GO_ON = new CountDownLatch(1);
  private static @TempDir Path folder;
  private static TlsFixture server;

  private final String version;

  TlsHttp1Test(String version) {
    this.version = version;
  }

  private static String text(int length) {
    StringBuilder text = new StringBuilder();
    Random random = new Random(1);
    while (text.length() < length) {
      text.append((char) random.nextInt(256));
    }
    return text.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @BeforeAll
  static void start() throws Exception {
    Path file = Files.write(folder.resolve("file"), bytes(BIG));
    server =
        TlsFixture.start(
            Routes.builder()
                .get("/hello", request -> Response.text("Hello"))
                .add(Route.get("/inline/:n", r -> Response.text(r.param("n"))).inline())
                .get("/virtual/:n", r -> Response.text(r.param("n")))
                .get("/big", request -> Response.bytes("a/b", bytes(BIG)))
                .get("/file", request -> Response.file("a/b", file, 0, BIG.length()))
                .post("/echo", request -> Response.bytes("a/b", request.body().bytes()))
                .get("/stream", request -> Response.stream("a/b", TlsHttp1Test::stream)));
  }

  private static void stream(ResponseStream out) throws Exception {
    out.write(ByteBuffer.wrap(bytes("first")));
    out.flush();
    Wait.on(GO_ON);
    out.write(ByteBuffer.wrap(bytes("second")));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private TlsClient connect() throws IOException {
    return server.connect(version);
  }

  @Test
  void aConnectionIsKept() throws Exception {
    try (TlsClient client = connect()) {
      for (int i = 0; i < 100; i++) {
        assertEquals("" + i, client.ask("/virtual/" + i, "localhost").body());
        assertEquals("" + i, client.ask("/inline/" + i, "localhost").body());
      }
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      String kind = i % 3 == 0 ? "inline" : "virtual";
      requests.append("GET /%s/%d HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(kind, i));
    }
    try (TlsClient client = connect()) {
      Thread sending = Thread.startVirtualThread(() -> sendAll(client, requests.toString()));
      for (int i = 0; i < 2000; i++) {
        assertEquals("" + i, client.answer().body());
      }
      sending.join();
    }
  }

  private static void sendAll(TlsClient client, String text) {
    try {
      client.send(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void muchContentGoesBothWays() throws Exception {
    try (TlsClient client = connect()) {
      client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000000\r\n\r\n");
      client.send(BIG);
      assertTrue(BIG.equals(client.answer().body()));
      client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (int at = 0; at < BIG.length(); at += 100_000) {
        client.send(Integer.toHexString(100_000) + "\r\n");
        client.send(BIG.substring(at, at + 100_000) + "\r\n");
      }
      client.send("0\r\n\r\n");
      assertTrue(BIG.equals(client.answer().body()));
      assertTrue(BIG.equals(client.ask("/big", "localhost").body()));
      assertTrue(BIG.equals(client.ask("/file", "localhost").body()));
      assertEquals("Hello", client.ask("/hello", "localhost").body());
    }
  }

  @Test
  void aPartOfAFileIsSent() throws Exception {
    Path file = Files.write(folder.resolve(version), bytes(BIG));
    try (TlsFixture files =
            TlsFixture.start(Routes.builder().get("/*path", StaticFiles.below(folder)));
        TlsClient client = TlsClient.connect(files.port(), files.context())) {
      client.send("GET /" + file.getFileName() + " HTTP/1.1\r\nHost: localhost\r\n");
      Answer answer = client.send("Range: bytes=100000-299999\r\n\r\n").answer();
      assertEquals(206, answer.status());
      assertTrue(BIG.substring(100_000, 300_000).equals(answer.body()));
    }
  }

  @Test
  void streamsArriveAsTheyAreWritten() throws Exception {
    try (TlsClient client = connect()) {
      client.send("GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
      StringBuilder seen = new StringBuilder();
      while (seen.indexOf("first") < 0) {
        seen.append((char) client.read());
      }
      GO_ON.countDown();
      while (seen.indexOf("0\r\n\r\n") < 0) {
        seen.append((char) client.read());
      }
      assertTrue(seen.indexOf("second") > 0);
    }
  }

  private static boolean ends(TlsClient client) {
    try {
      while (client.plain().getInputStream().read() >= 0) {
        Thread.onSpinWait();
      }
      return true;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  @DisplayName("E05 the only permit comes back, however a request ends")
  void permits() throws Exception {
    try (TlsFixture one =
        TlsFixture.start(
            Routes.builder()
                .get("/hello", request -> Response.text("Hello"))
                .post("/echo", request -> Response.bytes("a/b", request.body().bytes()))
                .get("/big", request -> Response.bytes("a/b", new byte[8 << 20])),
            options -> options.limits(ServerLimits.defaults().withMaxConcurrentRequests(1)),
            tls -> tls)) {
      for (String request :
          new String[] {
            "GET /big HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc"
          }) {
        try (TlsClient client = one.connect(version)) {
          client.send(request);
          Wait.until("it runs", () -> one.server().server().info().runningHandlers() == 1);
          try (TlsClient other = one.connect(version)) {
            assertEquals(503, other.ask("/hello", "localhost").status());
          }
        }
        Wait.until("it ends", () -> one.server().server().info().runningHandlers() == 0);
        try (TlsClient other = one.connect(version)) {
          assertEquals(200, other.ask("/hello", "localhost").status());
        }
      }
    }
  }

  @Test
  @DisplayName("C02, C03 a client that reads nothing is left, and one that sends nothing as well")
  void slowPeers() throws Exception {
    try (TlsFixture strict =
        TlsFixture.start(
            Routes.builder()
                .get("/big", request -> Response.bytes("a/b", new byte[32 << 20]))
                .post("/echo", request -> Response.bytes("a/b", request.body().bytes())),
            options ->
                options.limits(
                    ServerLimits.defaults()
                        .withSlowPeerGrace(Duration.ofMillis(200))
                        .withMaxPeerStall(Duration.ofMillis(400))
                        .withDrainQuiet(Duration.ofMillis(50))),
            tls -> tls)) {
      for (String request :
          new String[] {
            "GET /big HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc"
          }) {
        try (TlsClient client = strict.connect(version)) {
          client.send(request);
          Wait.until("left", () -> strict.server().server().info().openConnections() == 0);
          Wait.until("ended", () -> strict.server().server().info().runningHandlers() == 0);
        }
      }
    }
  }

  @Test
  void aDrainLetsTheAnswerOutAndSaysGoodbye() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    try (TlsFixture draining =
            TlsFixture.start(
                Routes.builder()
                    .get("/hello", request -> Response.text("Hello"))
                    .get(
                        "/wait",
                        request -> {
                          arrived.countDown();
                          Wait.on(answer);
                          return Response.text("waited");
                        }));
        TlsClient idle = draining.connect(version);
        TlsClient busy = draining.connect(version)) {
      assertEquals("Hello", idle.ask("/hello", "localhost").body());
      busy.send("GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n");
      Wait.on(arrived);
      AtomicReference<DrainReport> report = new AtomicReference<>();
      Thread drain =
          Thread.startVirtualThread(
              () -> {
                try {
                  report.set(draining.server().server().drain(Duration.ofMinutes(1)));
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
      assertEquals(-1, idle.read(), "close_notify");
      answer.countDown();
      Answer last = busy.answer();
      assertEquals("waited", last.body());
      assertTrue(last.closes());
      assertEquals(-1, busy.read(), "close_notify");
      busy.plain().close();
      drain.join();
      assertEquals(0, report.get().stragglers());
    }
  }

  @Test
  @DisplayName("C03 the last bytes reach a client that reads late, and wait for it")
  void lastBytes() throws Exception {
    try (TlsFixture hasty =
        TlsFixture.start(
            Routes.builder()
                .get(
                    "/:size",
                    request ->
                        Response.bytes(
                            "a/b",
                            bytes(BIG.substring(0, Integer.parseInt(request.param("size")))))),
            options ->
                options.limits(
                    ServerLimits.defaults()
                        .withLingerTimeout(Duration.ofMillis(50))
                        .withDrainQuiet(Duration.ofMillis(50))),
            tls -> tls)) {
      List<TlsClient> late = new ArrayList<>();
      for (int size = 50_000; size < 3_000_000; size += 50_000) {
        TlsClient client = hasty.connect(version);
        late.add(client);
        client.send("GET /" + size + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      }
      // After these the others have been at the end for longer than the server lingers.
      for (int i = 0; i < 3; i++) {
        TlsClient silent = hasty.connect(version);
        Answer last =
            silent.send("GET /1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").answer();
        assertEquals(1, last.body().length());
        Wait.until("lingered", () -> ends(silent));
      }
      int size = 50_000;
      for (TlsClient client : late) {
        assertEquals(size, client.answer().body().length());
        client.close();
        size += 50_000;
      }
    }
  }

  /** Sends what a client of HTTP/1.1 sends in many small records. */
  @Test
  void requestsMayComeInRecordsOfOneByte() throws Exception {
    try (TlsClient client = connect()) {
      OutputStream out = client.socket().getOutputStream();
      for (byte b :
          bytes("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nabcd")) {
        out.write(b);
        out.flush();
      }
      assertEquals("abcd", client.answer().body());
    }
  }
}
