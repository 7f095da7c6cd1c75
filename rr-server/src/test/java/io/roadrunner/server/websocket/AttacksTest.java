package io.roadrunner.server.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.deflate.DeflateConfig;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Route.Execution;
import io.roadrunner.server.Routes;
import io.roadrunner.server.ServerLimits;
import io.roadrunner.server.WebSocketGroup;
import io.roadrunner.server.WebSocketHandler;
import io.roadrunner.server.WebSocketMessage;
import io.roadrunner.server.WebSocketOptions;
import io.roadrunner.server.WebSocketSession;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import io.roadrunner.server.testkit.WsClient;
import io.roadrunner.websocket.Close;
import io.roadrunner.websocket.WebSocketLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.zip.Deflater;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that break the rules of WebSocket or abuse them, on a socket. */
class AttacksTest {

  private static final WebSocketOptions SMALL =
      WebSocketOptions.builder()
          .limits(WebSocketLimits.defaults().withMaxFrameBytes(10_000).withMaxMessageBytes(20_000))
          .closeTimeout(Duration.ofSeconds(1))
          .build();

  private final RecordingHandler handler = new RecordingHandler();

  private TestServer start(WebSocketOptions options, Execution execution) throws IOException {
    return start(options, execution, ServerLimits.defaults());
  }

  private TestServer start(WebSocketOptions options, Execution execution, ServerLimits limits)
      throws IOException {
    Route route = Route.get("/ws", request -> Response.webSocket(options, handler));
    return TestServer.start(
        Routes.builder().add(execution == Execution.INLINE ? route.inline() : route), limits);
  }

  /** Sends bytes in hexadecimal, and expects a Close frame and the end. */
  private void refused(String hex, int code, Execution execution) throws Exception {
    try (TestServer server = start(SMALL, execution);
        WsClient client = WsClient.open(server, "/ws")) {
      client.raw(HexFormat.of().parseHex(hex.replace(" ", "")));
      assertEquals(code, client.nextClose().code());
      client.expectEnd();
      assertEquals("open", handler.next());
      assertTrue(handler.next().startsWith("close " + code + " "));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("W04 an unmasked frame closes 1002")
  void unmasked(Execution execution) throws Exception {
    refused("81 01 61", 1002, execution);
  }

  @ParameterizedTest
  @ValueSource(strings = {"c1", "a1", "91", "d1 80", "f9"})
  @DisplayName("W05 a reserved bit without an extension closes 1002")
  void reservedBits(String first) throws Exception {
    refused(first + " 80 00000000", 1002, Execution.INLINE);
  }

  @Test
  @DisplayName("W05 RSV1 on a continuation closes 1002, also with compression")
  void compressedContinuation() throws Exception {
    WebSocketOptions options =
        WebSocketOptions.builder().compression(DeflateConfig.defaults()).build();
    try (TestServer server = start(options, Execution.INLINE);
        WsClient client = WsClient.compressed(server, "/ws", DeflateConfig.defaults())) {
      client.raw(HexFormat.of().parseHex("018100000000" + "61" + "c08100000000" + "62"));
      assertEquals(1002, client.nextClose().code());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"83", "87", "8b", "8f", "09", "89 fe 007e", "88 fe 007e"})
  @DisplayName("W06 reserved opcodes and bad control frames close 1002")
  void opcodes(String start) throws Exception {
    String rest = start.length() == 2 ? " 80 00000000" : " 00000000";
    refused(start + rest, 1002, Execution.VIRTUAL_THREAD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"80 80 00000000", "01 80 00000000 81 80 00000000"})
  @DisplayName("W07 a continuation of nothing, or a message within one, closes 1002")
  void fragments(String hex) throws Exception {
    refused(hex, 1002, Execution.INLINE);
  }

  @ParameterizedTest
  @CsvSource({
    "82 ff 8000000000000000 00000000,1002",
    "82 ff 4000000000000000 00000000,1009",
    "82 ff 0000000000000001 00000000,1002",
    "82 fe 0001 00000000,1002",
  })
  @DisplayName("W08 impossible lengths close 1002, huge ones 1009 before there is memory for them")
  void lengths(String hex, int code) throws Exception {
    refused(hex, code, Execution.VIRTUAL_THREAD);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("W09 a frame or a message over the limit closes 1009, one at the limit does not")
  void sizes(Execution execution) throws Exception {
    try (TestServer server = start(SMALL, execution)) {
      try (WsClient client = WsClient.open(server, "/ws")) {
        assertEquals(10_000, client.binary(new byte[10_000]).nextBinary().length);
        client.raw(HexFormat.of().parseHex("82fe271100000000"));
        assertEquals(1009, client.nextClose().code());
      }
      try (WsClient client = WsClient.open(server, "/ws")) {
        client.raw(WsClient.frame(0x02, new byte[10_000]));
        client.raw(WsClient.frame(0x80, new byte[10_000]));
        assertEquals(20_000, client.nextBinary().length);
        client.raw(WsClient.frame(0x02, new byte[10_000]));
        client.raw(WsClient.frame(0x00, new byte[10_000]));
        client.raw(WsClient.frame(0x80, new byte[1]));
        assertEquals(1009, client.nextClose().code());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  @DisplayName("W10 endless tiny fragments are charged, and close 1009")
  void tinyFragments(int size) throws Exception {
    try (TestServer server = start(SMALL, Execution.INLINE);
        WsClient client = WsClient.open(server, "/ws")) {
      client.raw(WsClient.frame(0x02, new byte[size]));
      ByteArrayOutputStream many = new ByteArrayOutputStream();
      // 64 bytes are charged for each: 20 000 are reached before the 320th.
      for (int i = 0; i < 320; i++) {
        many.writeBytes(WsClient.frame(0x00, new byte[size]));
      }
      client.raw(many.toByteArray());
      assertEquals(1009, client.nextClose().code());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff", "c080", "eda080", "f4908080", "c3"})
  @DisplayName("W11 text that is no UTF-8 closes 1007")
  void badText(String text) throws Exception {
    byte[] bytes = HexFormat.of().parseHex(text);
    String frame = HexFormat.of().formatHex(WsClient.frame(0x81, bytes));
    refused(frame, 1007, Execution.VIRTUAL_THREAD);
  }

  @Test
  @DisplayName("W11 the first impossible byte closes 1007, in the middle of a message")
  void badTextInTheMiddle() throws Exception {
    refused("01 82 00000000 61c0", 1007, Execution.INLINE);
  }

  @ParameterizedTest
  @CsvSource({
    "61,1002",
    "03e7,1002",
    "03ec,1002",
    "03ed,1002",
    "03ee,1002",
    "03f7,1002",
    "03f8,1002",
    "0bb7,1002",
    "03e8ff,1007",
  })
  @DisplayName("W12 Close frames with impossible content close 1002 or 1007")
  void badClose(String payload, int code) throws Exception {
    byte[] bytes = HexFormat.of().parseHex(payload);
    String frame = HexFormat.of().formatHex(WsClient.frame(0x88, bytes));
    refused(frame, code, Execution.VIRTUAL_THREAD);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("W13 pings of a peer that does not read: the last is owed, and then it is cut off")
  void pingFlood(Execution execution) throws Exception {
    ServerLimits limits = ServerLimits.defaults().withMaxPeerStall(Duration.ofMillis(300));
    try (TestServer server =
            start(WebSocketOptions.defaults(), execution, limits.withMinBytesPerSecond(0));
        WsClient client = WsClient.slowReader(server, "/ws")) {
      byte[] ping = WsClient.frame(0x89, new byte[125]);
      ByteBuffer many = ByteBuffer.allocate(500 * ping.length);
      while (many.hasRemaining()) {
        many.put(ping);
      }
      long most = 0;
      try {
        long end = System.nanoTime() + Wait.PATIENCE.toNanos();
        while (System.nanoTime() - end < 0) {
          client.raw(many.array());
          if (!handler.rest().isEmpty()) {
            most = Math.max(most, handler.session().queuedBytes());
          }
        }
        throw new AssertionError("the flood was taken");
      } catch (SocketException cutOff) {
        assertTrue(most < 256 << 10, "queued: " + most);
      }
      assertEquals("open", handler.next());
      assertEquals("close 1008 the peer reads too slowly", handler.next());
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("W14 frames behind a Close frame are dropped")
  void framesBehindClose(Execution execution) throws Exception {
    try (TestServer server = start(SMALL, execution);
        WsClient client = WsClient.open(server, "/ws")) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(WsClient.frame(0x81, "a".getBytes(StandardCharsets.US_ASCII)));
      all.writeBytes(WsClient.frame(0x88, new byte[] {3, (byte) 0xE8}));
      all.writeBytes(WsClient.frame(0x81, "b".getBytes(StandardCharsets.US_ASCII)));
      client.raw(all.toByteArray());
      assertEquals("a", client.nextText());
      assertEquals(1000, client.nextClose().code());
      client.expectEnd();
    }
    assertEquals("open", handler.next());
    assertEquals("text a", handler.next());
    assertEquals("close 1000 ", handler.next());
    assertTrue(handler.rest().isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("W14 a half-closed connection without a Close frame ends with 1006")
  void halfClose(Execution execution) throws Exception {
    try (TestServer server = start(SMALL, execution);
        WsClient client = WsClient.open(server, "/ws")) {
      assertEquals("open", handler.next());
      client.shutdownOutput();
      client.expectEnd();
      assertEquals("close 1006 ", handler.next());
    }
  }

  @Test
  @DisplayName("W14 a peer that goes away without a word ends its session with 1006")
  void reset() throws Exception {
    try (TestServer server = start(SMALL, Execution.VIRTUAL_THREAD)) {
      try (WsClient client = WsClient.open(server, "/ws")) {
        assertEquals("open", handler.next());
        assertTrue(client.head().startsWith("HTTP/1.1 101 "));
      }
      assertEquals("close 1006 ", handler.next());
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "W15 a member of a group that does not read is closed, and the others get everything")
  void slowMember(WebSocketGroup.WhenFull policy) throws Exception {
    WebSocketGroup group = WebSocketGroup.of(policy);
    WebSocketOptions options =
        WebSocketOptions.builder()
            .outgoingQueueBytes(64 << 10)
            .closeTimeout(Duration.ofMillis(200))
            .build();
    WebSocketHandler members =
        new WebSocketHandler() {
          @Override
          public void open(WebSocketSession session) {
            group.add(session);
          }

          @Override
          public void close(WebSocketSession session, int code, String reason) {
            handler.note("closed " + code);
          }
        };
    Routes.Builder routes =
        Routes.builder().get("/ws", request -> Response.webSocket(options, members));
    WebSocketMessage message = WebSocketMessage.binary(ByteBuffer.allocate(16 << 10));
    try (TestServer server = TestServer.start(routes);
        WsClient slow = WsClient.slowReader(server, "/ws");
        WsClient quick = WsClient.open(server, "/ws")) {
      Wait.until("both are members", () -> group.size() == 2);
      for (int i = 0; i < 1000; i++) {
        group.send(message);
        assertEquals(16 << 10, quick.nextBinary().length);
      }
      if (policy == WebSocketGroup.WhenFull.CLOSE) {
        assertEquals("closed 1013", handler.next());
        Wait.until("the slow one has left", () -> group.size() == 1);
      } else {
        assertEquals(2, group.size());
      }
      assertTrue(slow.head().startsWith("HTTP/1.1 101 "));
    }
  }

  private static byte[] deflated(byte[] plain) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(plain);
    byte[] out = new byte[plain.length + 100];
    int count = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
    deflater.end();
    return java.util.Arrays.copyOf(out, count - 4);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("D01 6 MB of zeros in 6 KB close 1009, and are never held")
  void bomb(Execution execution) throws Exception {
    WebSocketOptions options =
        WebSocketOptions.builder().compression(DeflateConfig.defaults()).build();
    byte[] bomb = WsClient.frame(0xC2, deflated(new byte[6_000_000]));
    assertTrue(bomb.length < 10_000);
    try (TestServer server = start(options, execution)) {
      long before = 0;
      for (int i = 0; i < 10; i++) {
        try (WsClient client = WsClient.compressed(server, "/ws", DeflateConfig.defaults())) {
          client.raw(bomb);
          assertEquals(1009, client.nextClose().code());
        }
        if (i == 2) {
          before = usedHeap();
        }
      }
      long grown = usedHeap() - before;
      assertTrue(grown < 4_000_000, "grown by " + grown);
    }
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ffffffff", "0501", "4a4d"})
  @DisplayName("D02 compressed bytes that make no sense close 1007")
  void corrupt(String payload) throws Exception {
    WebSocketOptions options =
        WebSocketOptions.builder().compression(DeflateConfig.defaults()).build();
    try (TestServer server = start(options, Execution.VIRTUAL_THREAD);
        WsClient client = WsClient.compressed(server, "/ws", DeflateConfig.defaults())) {
      client.raw(WsClient.frame(0xC1, HexFormat.of().parseHex(payload)));
      Close close = client.nextClose();
      assertEquals(1007, close.code());
    }
  }
}
