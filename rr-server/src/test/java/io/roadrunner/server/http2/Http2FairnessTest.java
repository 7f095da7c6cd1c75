package io.roadrunner.server.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.http2.frame.PriorityUpdateFrame;
import io.roadrunner.http2.frame.SettingsFrame;
import io.roadrunner.http2.frame.WindowUpdateFrame;
import io.roadrunner.server.Response;
import io.roadrunner.server.ResponseStream;
import io.roadrunner.server.Routes;
import io.roadrunner.server.ServerLimits;
import io.roadrunner.server.testkit.Http2Client;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Who gets the wire: by priority (RFC 9218), and not those who do not read. */
class Http2FairnessTest {

  private static final int SIZE = 200_000;
  private static final int WINDOW = 65_535;
  private static final int STEP = 8192;

  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicReference<String> failure = new AtomicReference<>("");
  private TestServer server;

  @BeforeEach
  void begin() throws IOException {
    server = start(ServerLimits.defaults());
  }

  private TestServer start(ServerLimits limits) throws IOException {
    byte[] content = new byte[SIZE];
    Routes.Builder routes =
        Routes.builder()
            .get("/big", request -> Response.bytes("a/b", content))
            .get("/small", request -> Response.text("small"))
            .get("/endless", request -> Response.stream("a/b", this::endless));
    return TestServer.start(routes, limits);
  }

  private void endless(ResponseStream out) throws IOException {
    begun.incrementAndGet();
    byte[] part = new byte[10_000];
    try {
      while (true) {
        out.write(part);
      }
    } catch (IOException e) {
      failure.set("" + e.getMessage());
      throw e;
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** A client that has opened its streams' windows, and keeps that of the connection as it is. */
  private Http2Client connect() throws IOException {
    Http2Client client =
        Http2Client.connect(server.port(), SettingsFrame.INITIAL_WINDOW_SIZE, 1 << 20);
    return client.keepWindowsShut().awaitSettings();
  }

  private static int got(Http2Client client, int id) {
    return client.reply(id).body().length();
  }

  private static int all(Http2Client client, int... ids) {
    int sum = 0;
    for (int id : ids) {
      sum += got(client, id);
    }
    return sum;
  }

  /** Uses up the window of the connection, but for what is not worth a frame. */
  private static void exhaust(Http2Client client) throws IOException {
    client.get(1, "/big", "priority", "u=0");
    client.readUntil("the window is used up", () -> got(client, 1) > WINDOW - 1024);
  }

  /** Opens the window of the connection, in small steps, until so much has come. */
  private static void open(Http2Client client, int total, int... ids) throws IOException {
    for (long step = 100; all(client, ids) < total; step++) {
      client.send(new WindowUpdateFrame(0, STEP)).roundTrip(step);
    }
  }

  @Nested
  class Priorities {
    @Test
    void urgentOnesComeFirst() throws IOException {
      try (Http2Client client = connect()) {
        exhaust(client);
        client.get(3, "/big", "priority", "u=5").get(5, "/big", "priority", "u=2").roundTrip(1);
        client.readUntil("heads", () -> client.reply(3).status() + client.reply(5).status() == 400);
        open(client, SIZE - 2 * STEP, 1, 3, 5);
        assertEquals(0, got(client, 3) + got(client, 5), "less urgent");
        open(client, 2 * SIZE - 2 * STEP, 1, 3, 5);
        assertEquals(SIZE, got(client, 1));
        assertEquals(0, got(client, 3), "the least urgent");
        open(client, 3 * SIZE, 1, 3, 5);
        assertEquals(SIZE, got(client, 3));
      }
    }

    @Test
    void incrementalOnesTakeTurns() throws IOException {
      try (Http2Client client = connect()) {
        exhaust(client);
        client.get(3, "/big", "priority", "u=1, i").get(5, "/big", "priority", "u=1, i");
        client.get(7, "/big", "priority", "u=1, i").roundTrip(1);
        client.readUntil(
            "heads",
            () ->
                client.reply(3).status() + client.reply(5).status() + client.reply(7).status()
                    == 600);
        open(client, SIZE + 300_000, 1, 3, 5, 7);
        for (int id : new int[] {3, 5, 7}) {
          int share = got(client, id);
          assertTrue(share > 60_000 && share < 140_000, "stream " + id + " has " + share);
        }
      }
    }

    @Test
    void thoseThatAreNotIncrementalComeOneAfterTheOther() throws IOException {
      try (Http2Client client = connect()) {
        exhaust(client);
        client.get(3, "/big", "priority", "u=1").get(5, "/big", "priority", "u=1").roundTrip(1);
        client.readUntil("heads", () -> client.reply(3).status() + client.reply(5).status() == 400);
        open(client, SIZE + SIZE / 2, 1, 3, 5);
        assertEquals(0, got(client, 5));
      }
    }

    @Test
    void aPriorityCanBeChanged() throws IOException {
      try (Http2Client client = connect()) {
        exhaust(client);
        client.get(3, "/big", "priority", "u=2").get(5, "/big", "priority", "u=5");
        client
            .send(new PriorityUpdateFrame(5, StandardCharsets.US_ASCII.encode("u=1")))
            .roundTrip(1);
        client.readUntil("heads", () -> client.reply(3).status() + client.reply(5).status() == 400);
        open(client, 2 * SIZE - 2 * STEP, 1, 3, 5);
        assertEquals(0, got(client, 3));
      }
    }
  }

  @Nested
  class PeersThatDoNotRead {
    @BeforeEach
    void beStrict() throws IOException {
      server.close();
      server =
          start(
              ServerLimits.defaults()
                  .withMaxPeerStall(Duration.ofMillis(300))
                  .withSlowPeerGrace(Duration.ofMillis(100))
                  .withHeadTimeout(Duration.ofMillis(500)));
    }

    @Test
    @DisplayName("H23 a window that stays shut: the writer gets an error, the stream RST CANCEL")
    void aShutWindow() throws IOException {
      try (Http2Client client = Http2Client.connect(server.port())) {
        client.keepWindowsShut().get(1, "/endless").get(3, "/big");
        assertEquals(ErrorCode.CANCEL.code(), client.resetCode(1));
        assertEquals(ErrorCode.CANCEL.code(), client.resetCode(3));
        Wait.until("the writer has failed", () -> !failure.get().isEmpty());
        assertEquals("the peer reads too slowly", failure.get());
        client.send(new WindowUpdateFrame(0, 1000)).get(5, "/small");
        assertEquals("small", client.answer(5).body());
        Wait.until("permits are back", () -> server.server().info().runningHandlers() == 0);
      }
    }

    @Test
    @DisplayName(
        "H24 a client that stops reading: what is queued for it is bounded, then it is cut")
    void aDeafClient() throws IOException {
      try (Http2Client client =
          Http2Client.slowReader(
              server.port(), SettingsFrame.INITIAL_WINDOW_SIZE, Integer.MAX_VALUE)) {
        client.send(new WindowUpdateFrame(0, Integer.MAX_VALUE - WINDOW));
        for (int id = 1; id < 40; id += 2) {
          client.get(id, "/endless");
        }
        Wait.until("all have begun", () -> begun.get() == 20);
        Wait.until("it is cut off", () -> server.server().info().openConnections() == 0);
        Wait.until("permits are back", () -> server.server().info().runningHandlers() == 0);
        // 20 writers with 128 KiB each may have been under way, and what the sockets hold.
        long written = server.server().info().metrics().bytesWritten();
        assertTrue(written < 16 << 20, written + " bytes");
      }
    }

    @Test
    void otherConnectionsAreServedMeanwhile() throws IOException {
      try (Http2Client deaf =
              Http2Client.slowReader(
                  server.port(), SettingsFrame.INITIAL_WINDOW_SIZE, Integer.MAX_VALUE);
          Http2Client other = Http2Client.connect(server.port());
          RawClient http1 = server.connect()) {
        deaf.send(new WindowUpdateFrame(0, Integer.MAX_VALUE - WINDOW)).get(1, "/endless");
        Wait.until("it has begun", () -> begun.get() == 1);
        for (int id = 1; id < 200; id += 2) {
          other.get(id, "/small");
          assertEquals("small", other.answer(id).body());
        }
        assertEquals("small", http1.send("GET /small HTTP/1.1\r\nHost: x\r\n\r\n").answer().body());
      }
    }
  }
}
