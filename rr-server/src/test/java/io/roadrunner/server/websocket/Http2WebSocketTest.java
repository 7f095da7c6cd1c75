package io.roadrunner.server.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.http2.frame.DataFrame;
import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Route.Execution;
import io.roadrunner.server.Routes;
import io.roadrunner.server.WebSocketHandler;
import io.roadrunner.server.WebSocketOptions;
import io.roadrunner.server.testkit.Http2Client;
import io.roadrunner.server.testkit.Http2Reply;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import io.roadrunner.server.testkit.WsClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The handlers of {@link SessionTest} on streams of HTTP/2 (RFC 8441). */
class Http2WebSocketTest {

  private static final int STREAM = 1;
  private static final int FRAME = 16 << 10;

  private final RecordingHandler handler = new RecordingHandler();

  private TestServer start(Execution execution) throws IOException {
    return start(execution, handler);
  }

  private static TestServer start(Execution execution, WebSocketHandler handler)
      throws IOException {
    WebSocketOptions options = WebSocketOptions.builder().subprotocols("chat").build();
    Route route = Route.get("/ws", request -> Response.webSocket(options, handler));
    return TestServer.start(
        Routes.builder().add(execution == Execution.INLINE ? route.inline() : route));
  }

  private static Http2Reply connect(Http2Client client, int stream, String... fields)
      throws IOException {
    String[] all = new String[fields.length + 4];
    all[0] = ":protocol";
    all[1] = "websocket";
    all[2] = "sec-websocket-version";
    all[3] = "13";
    System.arraycopy(fields, 0, all, 4, fields.length);
    client.awaitSettings();
    client.send(client.request(stream, "CONNECT", "/ws", EndStream.NO, all));
    client.readUntil("the answer", () -> client.reply(stream).status() > 0);
    return client.reply(stream);
  }

  private static WsClient open(Http2Client client, int stream) throws IOException {
    assertEquals(200, connect(client, stream).status());
    return WsClient.over(new In(client, stream), new Out(client, stream), client::close);
  }

  /** What comes on a stream. */
  private static final class In extends InputStream {
    private final Http2Client client;
    private final int stream;
    private int at;

    In(Http2Client client, int stream) {
      this.client = client;
      this.stream = stream;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      Http2Reply reply = client.reply(stream);
      client.readUntil(
          "more of the stream",
          () -> reply.body().length() > at || reply.ended() || reply.reset().isPresent());
      String body = reply.body();
      int count = Math.min(length, body.length() - at);
      for (int i = 0; i < count; i++) {
        bytes[offset + i] = (byte) body.charAt(at + i);
      }
      at += count;
      return count == 0 ? -1 : count;
    }
  }

  /** What goes out on a stream. */
  private static final class Out extends OutputStream {
    private final Http2Client client;
    private final int stream;

    Out(Http2Client client, int stream) {
      this.client = client;
      this.stream = stream;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int at = 0; at < length; at += FRAME) {
        ByteBuffer part = ByteBuffer.wrap(bytes, offset + at, Math.min(FRAME, length - at));
        client.send(DataFrame.of(stream, part, EndStream.NO));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void messagesComeBackAndTheSessionCloses(Execution execution) throws Exception {
    try (TestServer server = start(execution);
        Http2Client http2 = Http2Client.connect(server.port())) {
      WsClient client = open(http2, STREAM);
      assertEquals("one", client.text("one").nextText());
      String large = "0123456789".repeat(6000);
      assertEquals(large, client.text(large).nextText());
      assertEquals("p", client.ping("p").nextPong());
      client.close(4000, "done");
      assertEquals(4000, client.nextClose().code());
      http2.readUntil("the end of the stream", () -> http2.reply(STREAM).ended());
      assertEquals("open", handler.next());
      assertEquals("text one", handler.next());
      assertEquals("text " + large, handler.next());
      assertEquals("close 4000 done", handler.next());
    }
  }

  @ParameterizedTest
  @EnumSource
  void sessionsOnOneConnectionAreApart(Execution execution) throws Exception {
    try (TestServer server = start(execution);
        Http2Client http2 = Http2Client.connect(server.port())) {
      WsClient first = open(http2, 1);
      WsClient second = open(http2, 3);
      first.text("a");
      second.text("b");
      assertEquals("b", second.nextText());
      assertEquals("a", first.nextText());
      second.raw(new byte[] {(byte) 0x83, 0, 0, 0});
      assertEquals(1002, second.nextClose().code());
      assertEquals("still here", first.text("still here").nextText());
    }
  }

  @Test
  void aHandlerThatIsBusySlowsItsPeerDown() throws Exception {
    HangingHandler hanging = new HangingHandler();
    int size = 20_000;
    int batch = 10;
    try (TestServer server = start(Execution.VIRTUAL_THREAD, hanging);
        Http2Client http2 = Http2Client.connect(server.port())) {
      WsClient client = open(http2, STREAM);
      client.text("first");
      for (int i = 0; i < batch; i++) {
        client.binary(new byte[size]);
      }
      http2.roundTrip(1);
      assertFalse(http2.hasOpened(STREAM), "what nobody takes keeps its window");
      hanging.proceed();
      for (int i = 0; i < batch; i++) {
        assertEquals(size, client.nextBinary().length);
      }
      // Another batch fits only after the window has opened again.
      assertTrue(http2.awaitWindow(STREAM) > 0);
      for (int i = 0; i < batch; i++) {
        assertEquals(size, client.binary(new byte[size]).nextBinary().length);
      }
    }
  }

  @Test
  void aDrainCloses1001() throws Exception {
    try (TestServer server = start(Execution.VIRTUAL_THREAD);
        Http2Client http2 = Http2Client.connect(server.port())) {
      WsClient client = open(http2, STREAM);
      Thread drain = Thread.ofVirtual().start(() -> drain(server));
      assertEquals(1001, client.nextClose().code());
      client.close(1001, "");
      http2.readToEnd();
      assertTrue(drain.join(Wait.PATIENCE));
      assertEquals("open", handler.next());
      assertEquals("drain", handler.next());
      assertEquals("close 1001 ", handler.next());
    }
  }

  private static void drain(TestServer server) {
    try {
      server.server().drain(Duration.ofSeconds(20));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aResetEndsTheSession() throws Exception {
    try (TestServer server = start(Execution.VIRTUAL_THREAD);
        Http2Client http2 = Http2Client.connect(server.port())) {
      open(http2, STREAM);
      assertEquals("open", handler.next());
      http2.send(new io.roadrunner.http2.frame.RstStreamFrame(STREAM, 8));
      assertEquals("close 1006 ", handler.next());
    }
  }

  /** What is refused is plain HTTP. */
  @Nested
  class S5_Handshake {

    @Test
    void subprotocol() throws Exception {
      try (TestServer server = start(Execution.VIRTUAL_THREAD);
          Http2Client http2 = Http2Client.connect(server.port())) {
        Http2Reply reply = connect(http2, 1, "sec-websocket-protocol", "other, chat");
        assertEquals(200, reply.status());
        assertEquals("chat", reply.header("sec-websocket-protocol"));
        assertEquals("", reply.header("sec-websocket-accept"));
      }
    }

    @Test
    void foreignOrigin() throws Exception {
      try (TestServer server = start(Execution.INLINE);
          Http2Client http2 = Http2Client.connect(server.port())) {
        assertEquals(403, connect(http2, 1, "origin", "https://evil.example").status());
      }
    }

    @ParameterizedTest
    @EnumSource
    void aPlainGetIsNoHandshake(Execution execution) throws Exception {
      try (TestServer server = start(execution);
          Http2Client http2 = Http2Client.connect(server.port())) {
        assertEquals(400, http2.get(1, "/ws").answer(1).status());
      }
    }
  }
}
