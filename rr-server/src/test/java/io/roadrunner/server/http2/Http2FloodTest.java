package io.roadrunner.server.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.http2.frame.Ack;
import io.roadrunner.http2.frame.ContinuationFrame;
import io.roadrunner.http2.frame.DataFrame;
import io.roadrunner.http2.frame.EndHeaders;
import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.http2.frame.Frame;
import io.roadrunner.http2.frame.GoAwayFrame;
import io.roadrunner.http2.frame.HeadersFrame;
import io.roadrunner.http2.frame.PingFrame;
import io.roadrunner.http2.frame.PriorityUpdateFrame;
import io.roadrunner.http2.frame.RstStreamFrame;
import io.roadrunner.http2.frame.SettingsFrame;
import io.roadrunner.http2.frame.WindowUpdateFrame;
import io.roadrunner.server.Request;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.testkit.Http2Client;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Floods over a socket (RFC 9113 §10.5): they end soon, and others are answered meanwhile. */
class Http2FloodTest {

  private static final int FRAMES_AT_ONCE = 500;

  /** In octets; more than the buffers of two sockets hold while the server is reading nothing. */
  private static final long FAR_TOO_MUCH = 64 << 20;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    byte[] content = new byte[1 << 20];
    server =
        TestServer.start(
            Routes.builder()
                .get("/now", this::now)
                .get("/big", request -> Response.bytes("a/b", content))
                .add(Route.get("/inline", request -> Response.text("now")).inline())
                .post("/sum", request -> Response.text("" + request.body().bytes().length)));
  }

  private Response now(Request request) {
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      return Response.text("now");
    } finally {
      running.decrementAndGet();
    }
  }

  @AfterEach
  void stop() {
    server.close();
    threads.close();
  }

  /** Makes the next frames of a flood. */
  @FunctionalInterface
  private interface Flood {
    byte[] octets(Http2Client client, int number) throws IOException;
  }

  /** Sends until the server has had enough. The bystander asks all the time. */
  private void assertCalmed(Flood flood, long... settings) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Integer> bystander =
        CompletableFuture.supplyAsync(() -> askUntil(over), threads);
    try (Http2Client client = Http2Client.connect(server.port(), settings)) {
      client.keepWindowsShut().settings();
      client.awaitSettings();
      CompletableFuture<GoAwayFrame> goAway =
          CompletableFuture.supplyAsync(() -> readGoAway(client), threads);
      long sent = sendUntil(client, flood, goAway);
      assertEquals(ErrorCode.ENHANCE_YOUR_CALM.code(), goAway.get().errorCode());
      assertTrue(sent < FAR_TOO_MUCH, sent + " octets");
    }
    over.set(true);
    assertTrue(bystander.get() > 0);
    Wait.until("only the handlers' own time", () -> server.server().info().runningHandlers() == 0);
    Wait.until("it is gone", () -> server.server().info().openConnections() == 0);
    assertTrue(most.get() <= 101, most.get() + " handlers at a time");
  }

  private int askUntil(AtomicBoolean over) {
    try (Http2Client client = Http2Client.connect(server.port())) {
      int asked = 0;
      // At least once, for a flood may be over before the first answer.
      do {
        int id = 2 * asked + 1;
        client.get(id, id % 4 == 1 ? "/now" : "/inline");
        assertEquals("now", client.answer(id).body());
        asked++;
      } while (!over.get());
      return asked;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GoAwayFrame readGoAway(Http2Client client) {
    try {
      return client.goAway(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long sendUntil(Http2Client client, Flood flood, CompletableFuture<GoAwayFrame> end)
      throws IOException {
    int number = 0;
    long sent = 0;
    while (sent < FAR_TOO_MUCH && !end.isDone()) {
      ByteArrayOutputStream batch = new ByteArrayOutputStream();
      for (int i = 0; i < FRAMES_AT_ONCE; i++) {
        batch.writeBytes(flood.octets(client, number++));
      }
      try {
        client.send(batch.toByteArray());
        sent += batch.size();
      } catch (IOException e) {
        // The server has closed; why, its GOAWAY says.
        break;
      }
    }
    return sent;
  }

  private static byte[] octets(Frame... frames) {
    return Http2Client.bytes(frames);
  }

  private static int id(int number) {
    return 2 * number + 1;
  }

  @Nested
  class OfControlFrames {
    @Test
    @DisplayName("H08 SETTINGS")
    void settings() throws Exception {
      assertCalmed((client, n) -> octets(SettingsFrame.of()));
    }

    @Test
    @DisplayName("H10 PING")
    void ping() throws Exception {
      assertCalmed((client, n) -> octets(new PingFrame(Ack.NO, n)));
    }

    @Test
    @DisplayName("H11 frames of unknown types")
    void unknown() throws Exception {
      assertCalmed((client, n) -> Http2Client.raw(0x42, 0xff, n, 1, 2, 3));
    }

    @Test
    @DisplayName("H22 PRIORITY, and PRIORITY_UPDATE for streams that there are not")
    void priorities() throws Exception {
      ByteBuffer urgent = StandardCharsets.US_ASCII.encode("u=0");
      assertCalmed(
          (client, n) ->
              n % 2 == 0
                  ? octets(new PriorityUpdateFrame(id(n % 1000), urgent.duplicate()))
                  : Http2Client.raw(2, 0, id(n), 0, 0, 0, 0, 1));
    }
  }

  @Nested
  class OfHeaderBlocks {
    @Test
    @DisplayName("H15 CONTINUATION without end, of no octets at all")
    void empty() throws Exception {
      assertCalmed((client, n) -> n == 0 ? begin(client) : more(new byte[0]));
    }

    @Test
    @DisplayName("H15 CONTINUATION without end, of single octets")
    void tiny() throws Exception {
      assertCalmed((client, n) -> n == 0 ? begin(client) : more(new byte[1]));
    }

    @Test
    @DisplayName("H15 CONTINUATION without end, of 16 KiB")
    void large() throws Exception {
      assertCalmed((client, n) -> n == 0 ? begin(client) : more(new byte[16_384]));
    }

    private static byte[] begin(Http2Client client) {
      HeadersFrame whole = client.request(1, "GET", "/now", EndStream.YES);
      return octets(
          new HeadersFrame(1, whole.fragment(), EndStream.YES, EndHeaders.NO, Optional.empty()));
    }

    private static byte[] more(byte[] fragment) {
      return octets(new ContinuationFrame(1, ByteBuffer.wrap(fragment), EndHeaders.NO));
    }
  }

  @Nested
  class OfContentAndWindows {
    @Test
    @DisplayName("H18 a response that is to dribble away, one octet of window at a time")
    void dribble() throws Exception {
      assertCalmed(
          (client, n) ->
              n == 0
                  ? octets(client.request(1, "GET", "/big", EndStream.YES))
                  : octets(new WindowUpdateFrame(1, 1)),
          SettingsFrame.INITIAL_WINDOW_SIZE,
          0);
    }

    @Test
    @DisplayName("H20 DATA without content")
    void emptyData() throws Exception {
      assertCalmed((client, n) -> n == 0 ? post(client) : data(0));
    }

    @Test
    @DisplayName("H21 DATA of single octets")
    void tinyData() throws Exception {
      assertCalmed((client, n) -> n == 0 ? post(client) : data(1));
    }

    private static byte[] post(Http2Client client) {
      return octets(client.request(1, "POST", "/sum", EndStream.NO));
    }

    private static byte[] data(int size) {
      return octets(DataFrame.of(1, ByteBuffer.allocate(size), EndStream.NO));
    }
  }

  @Nested
  class OfStreams {
    @Test
    @DisplayName("S01 rapid reset")
    void rapidReset() throws Exception {
      assertCalmed(
          (client, n) ->
              octets(
                  client.request(id(n), "GET", "/now", EndStream.YES),
                  new RstStreamFrame(id(n), ErrorCode.CANCEL.code())));
    }

    @Test
    @DisplayName("S02 resets that the server is made to send")
    void madeYouReset() throws Exception {
      assertCalmed(
          (client, n) ->
              octets(
                  client.request(id(n), "GET", "/now", EndStream.YES),
                  new WindowUpdateFrame(id(n), Integer.MAX_VALUE)));
    }
  }

  @Nested
  class WhatIsNoFlood {
    @Test
    @DisplayName("H21 100 000 small DATA frames in one upload")
    void smallData() throws Exception {
      try (Http2Client client = Http2Client.connect(server.port())) {
        client.settings();
        client.post(1, "/sum");
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int i = 0; i < 1000; i++) {
          frames.writeBytes(octets(DataFrame.of(1, ByteBuffer.allocate(10), EndStream.NO)));
        }
        byte[] batch = frames.toByteArray();
        for (int sent = 0; sent < 100; sent++) {
          client.send(batch).roundTrip(sent);
        }
        client.send(DataFrame.of(1, ByteBuffer.allocate(0), EndStream.YES));
        assertEquals("1000000", client.answer(1).body());
        assertTrue(client.goAways().isEmpty());
      }
    }

    @Test
    @DisplayName("K13 100 cookies, each in a field of its own")
    void cookies() throws IOException {
      try (Http2Client client = Http2Client.connect(server.port())) {
        String[] fields = new String[200];
        for (int i = 0; i < 100; i++) {
          fields[2 * i] = "cookie";
          fields[2 * i + 1] = "name" + i + "=value" + i;
        }
        client.get(1, "/now", fields);
        assertEquals("now", client.answer(1).body());
      }
    }

    @Test
    @DisplayName("S02 50 resets by the server over a long connection")
    void resets() throws IOException {
      try (Http2Client client = Http2Client.connect(server.port())) {
        int id = 1;
        for (int i = 0; i < 50; i++, id += 4) {
          client.get(id, "/now", "Upper", "case");
          assertEquals(ErrorCode.PROTOCOL_ERROR.code(), client.resetCode(id));
          client.get(id + 2, "/now");
          assertEquals("now", client.answer(id + 2).body());
        }
        assertFalse(client.roundTrip(1).goAways().size() > 0);
      }
    }

    @Test
    @DisplayName("S01 300 cancels as of a browser that scrolls, ten at a time")
    void cancels() throws IOException {
      try (Http2Client client = Http2Client.connect(server.port())) {
        client.keepWindowsShut();
        int id = 1;
        for (int round = 0; round < 30; round++) {
          for (int i = 0; i < 10; i++, id += 2) {
            client.get(id, "/big").send(new RstStreamFrame(id, ErrorCode.CANCEL.code()));
          }
          client.get(id, "/inline").roundTrip(round);
          id += 2;
        }
        client.get(id, "/now").roundTrip(1000);
        assertTrue(client.goAways().isEmpty());
      }
    }
  }
}
