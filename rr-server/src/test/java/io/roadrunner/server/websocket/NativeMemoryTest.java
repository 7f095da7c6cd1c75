package io.roadrunner.server.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.deflate.ContextTakeover;
import io.roadrunner.deflate.DeflateConfig;
import io.roadrunner.deflate.NativeCodecs;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Route.Execution;
import io.roadrunner.server.Routes;
import io.roadrunner.server.WebSocketOptions;
import io.roadrunner.server.WebSocketOutput;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import io.roadrunner.server.testkit.WsClient;
import io.roadrunner.websocket.MessageKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compressors of sessions: when they are taken, and that they always come back. */
class NativeMemoryTest {

  private static final int SESSIONS = 60;
  private static final String MESSAGE = "a message that is to be compressed ".repeat(10);

  /** Knows what is out, and lets nobody have a compressor before the gate is open. */
  private static final class Counted implements NativeCodecs {
    private final NativeCodecs codecs = NativeCodecs.unpooled();
    private final AtomicInteger deflaters = new AtomicInteger();
    private final AtomicInteger inflaters = new AtomicInteger();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch gate;

    Counted(int gates) {
      gate = new CountDownLatch(gates);
    }

    @Override
    public Deflater takeDeflater(int level) {
      deflaters.incrementAndGet();
      asked.countDown();
      try {
        assertTrue(gate.await(Wait.PATIENCE.toSeconds(), TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return codecs.takeDeflater(level);
    }

    @Override
    public void giveBack(Deflater deflater) {
      codecs.giveBack(deflater);
      deflaters.decrementAndGet();
    }

    @Override
    public Inflater takeInflater() {
      inflaters.incrementAndGet();
      return codecs.takeInflater();
    }

    @Override
    public void giveBack(Inflater inflater) {
      codecs.giveBack(inflater);
      inflaters.decrementAndGet();
    }

    void expect(int each) {
      assertEquals(each, deflaters.get());
      assertEquals(each, inflaters.get());
    }

    void awaitAll() throws Exception {
      Wait.until("all are given back", () -> deflaters.get() == 0 && inflaters.get() == 0);
    }
  }

  private final RecordingHandler handler = new RecordingHandler();

  private TestServer start(Counted counted, DeflateConfig config, Execution execution)
      throws IOException {
    WebSocketOptions options =
        WebSocketOptions.builder()
            .compression(config)
            .codecs(counted)
            .closeTimeout(Duration.ofMillis(200))
            .build();
    Route route = Route.get("/ws", request -> Response.webSocket(options, handler));
    return TestServer.start(
        Routes.builder().add(execution == Execution.INLINE ? route.inline() : route));
  }

  private static List<WsClient> open(TestServer server, DeflateConfig config) throws IOException {
    List<WsClient> clients = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      clients.add(WsClient.compressed(server, "/ws", config));
    }
    return clients;
  }

  private static void echo(WsClient client) throws IOException {
    assertEquals(MESSAGE, client.text(MESSAGE).nextText());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("D05 sessions hold one compressor each way, from the first message to the end")
  void contextTakeover(Execution execution) throws Exception {
    Counted counted = new Counted(0);
    try (TestServer server = start(counted, DeflateConfig.defaults(), execution)) {
      List<WsClient> clients = open(server, DeflateConfig.defaults());
      counted.expect(0);
      for (WsClient client : clients) {
        echo(client);
        echo(client);
      }
      counted.expect(SESSIONS);
      for (int i = 0; i < SESSIONS; i++) {
        // In good order, broken by the peer, or without a word.
        switch (i % 3) {
          case 0 -> clients.get(i).close(1000, "");
          case 1 -> clients.get(i).raw(new byte[] {(byte) 0xFF, 0});
          default -> clients.get(i).close();
        }
      }
      counted.awaitAll();
      for (WsClient client : clients) {
        client.close();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("D05 sessions without context takeover hold nothing between messages")
  void noContextTakeover(Execution execution) throws Exception {
    DeflateConfig config =
        DeflateConfig.defaults()
            .withServerContext(ContextTakeover.NONE)
            .withClientContext(ContextTakeover.NONE);
    Counted counted = new Counted(0);
    try (TestServer server = start(counted, config, execution)) {
      for (WsClient client : open(server, config)) {
        echo(client);
        counted.expect(0);
        client.close();
      }
    }
  }

  @Test
  @DisplayName("D05 the end of the server ends what its sessions hold")
  void endOfServer() throws Exception {
    Counted counted = new Counted(0);
    List<WsClient> clients;
    try (TestServer server = start(counted, DeflateConfig.defaults(), Execution.VIRTUAL_THREAD)) {
      clients = open(server, DeflateConfig.defaults());
      for (WsClient client : clients) {
        echo(client);
      }
      counted.expect(SESSIONS);
    }
    counted.awaitAll();
    for (WsClient client : clients) {
      client.close();
    }
  }

  @Test
  @DisplayName("D05 a message in parts that nobody ends holds nothing beyond its session")
  void forgottenMessage() throws Exception {
    Counted counted = new Counted(0);
    try (TestServer server = start(counted, DeflateConfig.defaults(), Execution.VIRTUAL_THREAD)) {
      WebSocketOutput out;
      try (WsClient client = WsClient.compressed(server, "/ws", DeflateConfig.defaults())) {
        assertEquals("open", handler.next());
        out = handler.session().begin(MessageKind.TEXT);
        out.write(ByteBuffer.wrap(MESSAGE.getBytes(StandardCharsets.US_ASCII)));
        out.flush();
        assertEquals(1, counted.deflaters.get());
        assertTrue(client.head().startsWith("HTTP/1.1 101 "));
      }
      counted.awaitAll();
      out.write(ByteBuffer.allocate(1));
      assertThrows(IOException.class, out::flush);
      assertThrows(IOException.class, out::close);
      counted.expect(0);
    }
  }

  @Test
  @DisplayName("D05 whoever compresses at the end of the session gives the compressor back")
  void endWhileCompressing() throws Exception {
    Counted counted = new Counted(1);
    try (TestServer server = start(counted, DeflateConfig.defaults(), Execution.VIRTUAL_THREAD)) {
      try (WsClient client = WsClient.compressed(server, "/ws", DeflateConfig.defaults())) {
        assertEquals("open", handler.next());
        client.text(MESSAGE);
        assertTrue(counted.asked.await(Wait.PATIENCE.toSeconds(), TimeUnit.SECONDS));
      }
      Wait.until("the session has ended", () -> !handler.session().isOpen());
      Wait.until("the decompressor is back", () -> counted.inflaters.get() == 0);
      assertEquals(1, counted.deflaters.get());
      counted.gate.countDown();
      counted.awaitAll();
    }
  }
}
