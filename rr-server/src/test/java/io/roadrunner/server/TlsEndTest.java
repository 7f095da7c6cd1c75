package io.roadrunner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.testkit.EngineClient;
import io.roadrunner.server.testkit.TlsClient;
import io.roadrunner.server.testkit.TlsFixture;
import io.roadrunner.server.testkit.Wait;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What is complete is told apart from what was cut off, in both directions (RFC 8446 §6.1). */
@ParameterizedClass
@ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
class TlsEndTest {

  private static final BlockingQueue<String> READ = new LinkedBlockingQueue<>();
  private static TlsFixture server;

  private final String version;

  TlsEndTest(String version) {
    this.version = version;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @BeforeAll
  static void start() throws Exception {
    server =
        TlsFixture.start(
            Routes.builder()
                .get("/hello", request -> Response.text("Hello"))
                .get("/complete", request -> Response.stream("a/b", TlsEndTest::complete))
                .get("/broken", request -> Response.stream("a/b", TlsEndTest::broken))
                .post("/read", TlsEndTest::read));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void complete(ResponseStream out) throws Exception {
    out.write(ByteBuffer.wrap(bytes("first")));
    out.flush();
    out.write(ByteBuffer.wrap(bytes("second")));
  }

  private static void broken(ResponseStream out) throws Exception {
    out.write(ByteBuffer.wrap(bytes("first")));
    out.flush();
    throw new IOException("as the test wants it");
  }

  private static Response read(Request request) throws Exception {
    try {
      READ.add("complete: " + request.body().bytes().length);
    } catch (IOException | RuntimeException e) {
      READ.add("failed");
      throw e;
    }
    return Response.text("read");
  }

  private TlsClient connect() throws IOException {
    return server.connect(version);
  }

  @Test
  @DisplayName("L04 whoever has ended with close_notify gets the answer, where TLS allows that")
  void halfClose() throws Exception {
    try (TlsClient client = connect()) {
      client.send("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
      client.socket().shutdownOutput();
      // RFC 5246 §7.2.1 has TLS 1.2 end in both directions at once, RFC 8446 §6.1 does not.
      if (version.equals("TLSv1.3")) {
        assertEquals("Hello", client.answer().body());
        assertEquals(-1, client.read());
      } else {
        Wait.until("the connection ends", () -> ends(client));
      }
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
  @DisplayName("L04 an answer that ends with its connection is followed by close_notify")
  void completeUntilClose() throws Exception {
    try (EngineClient client = engine()) {
      client.send(client.encrypt(bytes("GET /complete HTTP/1.0\r\n\r\n")));
      String answer = untilEnd(client);
      assertTrue(answer.endsWith("firstsecond"), answer);
      assertTrue(client.engine().isInboundDone(), "close_notify");
    }
  }

  @Test
  @DisplayName("L04 an answer that is cut off is not followed by close_notify")
  void cutOff() throws Exception {
    try (EngineClient client = engine()) {
      client.send(client.encrypt(bytes("GET /broken HTTP/1.0\r\n\r\n")));
      String answer = untilEnd(client);
      assertTrue(answer.endsWith("first"), answer);
      assertFalse(client.engine().isInboundDone(), "close_notify");
    }
  }

  @Test
  @DisplayName("L04 close_notify is answered with close_notify")
  void goodbye() throws Exception {
    try (EngineClient client = engine()) {
      client.engine().closeOutbound();
      client.send(client.flight());
      assertEquals("", untilEnd(client));
      assertTrue(client.engine().isInboundDone(), "close_notify");
    }
  }

  private EngineClient engine() throws IOException {
    return EngineClient.connect(
            server.port(), server.context(), p -> p.setProtocols(new String[] {version}))
        .handshake();
  }

  private static String untilEnd(EngineClient client) throws IOException {
    StringBuilder content = new StringBuilder();
    for (byte[] record = client.record(); record.length > 0; record = client.record()) {
      content.append(new String(client.decrypt(record), StandardCharsets.ISO_8859_1));
    }
    return content.toString();
  }

  @Test
  @DisplayName("L04 content that the client cuts off is no content, with close_notify and without")
  void truncatedContent() throws Exception {
    for (String head : new String[] {"Content-Length: 100", "Transfer-Encoding: chunked"}) {
      for (boolean polite : new boolean[] {false, true}) {
        READ.clear();
        try (TlsClient client = connect()) {
          client.send("POST /read HTTP/1.1\r\nHost: localhost\r\n" + head + "\r\n\r\n5\r\nabcde");
          if (polite) {
            client.socket().shutdownOutput();
          } else {
            client.plain().shutdownOutput();
          }
          assertEquals("failed", READ.poll(10, TimeUnit.SECONDS));
        }
      }
    }
    Wait.until("no handler runs", () -> server.server().server().info().runningHandlers() == 0);
  }

  @Test
  @DisplayName("L04 a request that is cut off in the middle of a record is no request")
  void truncatedRecord() throws Exception {
    try (TlsClient client = connect()) {
      assertEquals("Hello", client.ask("/hello", "localhost").body());
      client.plain().getOutputStream().write(new byte[] {23, 3, 3, 1, 0, 1, 2, 3});
      client.plain().shutdownOutput();
      Wait.until("the connection ends", () -> ends(client));
    }
  }
}
