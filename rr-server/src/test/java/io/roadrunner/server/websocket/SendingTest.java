package io.roadrunner.server.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.deflate.DeflateConfig;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Route.Execution;
import io.roadrunner.server.Routes;
import io.roadrunner.server.ServerLimits;
import io.roadrunner.server.WebSocketMessage;
import io.roadrunner.server.WebSocketOptions;
import io.roadrunner.server.WebSocketOutput;
import io.roadrunner.server.WebSocketSession;
import io.roadrunner.server.WebSocketSession.Offer;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import io.roadrunner.server.testkit.WsClient;
import io.roadrunner.websocket.MessageKind;
import io.roadrunner.websocket.Ping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What applications send, from any thread, plain and compressed. */
class SendingTest {

  enum Form {
    PLAIN,
    COMPRESSED
  }

  private static final int QUEUE = 64 << 10;

  private final RecordingHandler handler = new RecordingHandler();

  private TestServer start(WebSocketOptions.Builder options) throws IOException {
    return start(options, Execution.VIRTUAL_THREAD, ServerLimits.defaults());
  }

  private TestServer start(
      WebSocketOptions.Builder options, Execution execution, ServerLimits limits)
      throws IOException {
    WebSocketOptions built = options.outgoingQueueBytes(QUEUE).build();
    Route route = Route.get("/ws", request -> Response.webSocket(built, handler));
    return TestServer.start(
        Routes.builder().add(execution == Execution.INLINE ? route.inline() : route), limits);
  }

  private static WebSocketOptions.Builder options(Form form) {
    WebSocketOptions.Builder builder = WebSocketOptions.builder();
    return form == Form.COMPRESSED ? builder.compression(DeflateConfig.defaults()) : builder;
  }

  private WsClient open(TestServer server, Form form) throws Exception {
    WsClient client =
        form == Form.COMPRESSED
            ? WsClient.compressed(server, "/ws", DeflateConfig.defaults())
            : WsClient.open(server, "/ws");
    assertEquals("open", handler.next());
    return client;
  }

  @ParameterizedTest
  @EnumSource
  void messagesOfManyThreadsKeepTheirOrderAndAreNeverMixed(Form form) throws Exception {
    int threads = 8;
    int each = 200;
    try (TestServer server = start(options(form));
        WsClient client = open(server, form)) {
      WebSocketSession session = handler.session();
      for (int t = 0; t < threads; t++) {
        int number = t;
        Thread.ofVirtual().start(() -> sendMany(session, number, each));
      }
      int[] next = new int[threads];
      for (int i = 0; i < threads * each; i++) {
        String[] parts = client.nextText().split(" ", 3);
        int thread = Integer.parseInt(parts[0]);
        assertEquals(next[thread]++, Integer.parseInt(parts[1]));
        assertEquals(padding(thread), parts[2]);
      }
    }
  }

  private static void sendMany(WebSocketSession session, int thread, int count) {
    try {
      for (int i = 0; i < count; i++) {
        String text = thread + " " + i + " " + padding(thread);
        switch (i % 3) {
          case 0 -> session.sendText(text);
          case 1 -> session.send(WebSocketMessage.text(text));
          default -> {
            try (WebSocketOutput out = session.begin(MessageKind.TEXT)) {
              ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
              out.write(bytes.slice(0, 3));
              out.flush();
              out.write(bytes.slice(3, bytes.remaining() - 3));
            }
          }
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String padding(int thread) {
    return ("thread " + thread + " ").repeat(20 + 300 * (thread % 2));
  }

  @ParameterizedTest
  @EnumSource
  void aMessageInPartsIsOneMessage(Form form) throws Exception {
    byte[] bytes = new byte[3_000_000];
    new Random(3).nextBytes(bytes);
    try (TestServer server = start(options(form));
        WsClient client = open(server, form)) {
      Thread sender = Thread.ofVirtual().start(() -> sendInParts(bytes));
      assertArrayEquals(bytes, client.nextBinary());
      assertTrue(sender.join(Wait.PATIENCE));
      assertEquals("", client.nextText());
    }
  }

  private void sendInParts(byte[] bytes) {
    try {
      WebSocketOutput out = handler.session().begin(MessageKind.BINARY);
      for (int at = 0; at < bytes.length; at += 70_000) {
        out.write(ByteBuffer.wrap(bytes, at, Math.min(70_000, bytes.length - at)));
        out.flush();
      }
      out.close();
      out.close();
      assertThrows(IOException.class, () -> out.write(ByteBuffer.allocate(1)));
      handler.session().begin(MessageKind.TEXT).close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void pingsGoBetweenTheFragmentsOfAMessage() throws Exception {
    try (TestServer server = start(options(Form.PLAIN));
        WsClient client = open(server, Form.PLAIN)) {
      WebSocketSession session = handler.session();
      WebSocketOutput out = session.begin(MessageKind.TEXT);
      out.write(ByteBuffer.wrap(new byte[] {'a'}));
      out.flush();
      session.ping(ByteBuffer.wrap(new byte[] {'p'}));
      assertTrue(client.next() instanceof Ping);
      assertEquals(Offer.TAKEN, session.offer(WebSocketMessage.text("later")));
      out.write(ByteBuffer.wrap(new byte[] {'b'}));
      out.close();
      assertEquals("ab", client.nextText());
      assertEquals("later", client.nextText());
    }
  }

  @Test
  void aFullQueueLetsSendersWaitAndOffersFail() throws Exception {
    ServerLimits patient = ServerLimits.defaults().withMinBytesPerSecond(0);
    try (TestServer server = start(options(Form.PLAIN), Execution.VIRTUAL_THREAD, patient);
        WsClient client = WsClient.slowReader(server, "/ws")) {
      assertEquals("open", handler.next());
      WebSocketSession session = handler.session();
      // More than the buffers of the operating system hold.
      int count = 4000;
      Thread sender = Thread.ofVirtual().start(() -> sendMuch(session, count));
      WebSocketMessage message = WebSocketMessage.binary(ByteBuffer.allocate(8 << 10));
      int offered = 0;
      while (session.offer(message) != Offer.FULL) {
        offered++;
        assertTrue(session.queuedBytes() < QUEUE + (20 << 10));
      }
      for (int i = 0; i < count + offered; i++) {
        assertEquals(8 << 10, client.nextBinary().length);
      }
      assertEquals("last", client.nextText());
      assertTrue(sender.join(Wait.PATIENCE));
    }
  }

  private static void sendMuch(WebSocketSession session, int count) {
    try {
      for (int i = 0; i < count; i++) {
        session.sendBinary(ByteBuffer.allocate(8 << 10));
      }
      session.sendText("last");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whoWaitsToSendHearsOfTheEnd() throws Exception {
    ServerLimits patient = ServerLimits.defaults().withMinBytesPerSecond(0);
    try (TestServer server = start(options(Form.PLAIN), Execution.VIRTUAL_THREAD, patient)) {
      List<AtomicReference<Exception>> failures = new ArrayList<>();
      List<Thread> senders = new ArrayList<>();
      try (WsClient client = WsClient.slowReader(server, "/ws")) {
        assertEquals("open", handler.next());
        WebSocketSession session = handler.session();
        ByteBuffer much = ByteBuffer.allocate(8 << 10);
        senders.add(failing(failures, () -> session.sendBinary(much.duplicate())));
        senders.add(failing(failures, () -> session.send(WebSocketMessage.binary(much))));
        senders.add(failing(failures, () -> session.ping(ByteBuffer.allocate(100))));
        senders.add(failing(failures, () -> sendPart(session, much.duplicate())));
        for (Thread each : senders) {
          Wait.until("it waits", () -> each.getState() == Thread.State.WAITING);
        }
        assertFalse(client.head().isEmpty());
      }
      for (int i = 0; i < senders.size(); i++) {
        assertTrue(senders.get(i).join(Wait.PATIENCE));
        assertTrue(failures.get(i).get() instanceof IOException, "" + failures.get(i).get());
      }
      assertEquals("close 1006 ", handler.next());
      assertEquals(Offer.CLOSED, handler.session().offer(WebSocketMessage.text("x")));
      assertEquals(0, handler.session().queuedBytes());
    }
  }

  private static void sendPart(WebSocketSession session, ByteBuffer bytes) throws IOException {
    try (WebSocketOutput out = session.begin(MessageKind.BINARY)) {
      out.write(bytes);
    }
  }

  private interface Sending {
    void send() throws Exception;
  }

  private static Thread failing(List<AtomicReference<Exception>> failures, Sending sending) {
    AtomicReference<Exception> failure = new AtomicReference<>();
    failures.add(failure);
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  sending.send();
                }
              } catch (Exception e) {
                failure.set(e);
              }
            });
  }

  @Test
  void anEndWithinAMessageInParts() throws Exception {
    try (TestServer server = start(options(Form.COMPRESSED));
        WsClient client = open(server, Form.COMPRESSED)) {
      WebSocketSession session = handler.session();
      WebSocketOutput out = session.begin(MessageKind.TEXT);
      out.write(ByteBuffer.wrap(new byte[] {'a'}));
      session.offer(WebSocketMessage.text("never"));
      session.close();
      assertEquals(1000, client.nextClose().code());
      assertThrows(IOException.class, out::close);
      client.finish(1000);
      assertEquals("close 1000 ", handler.next());
    }
  }

  @Test
  void mistakesOfCallers() throws Exception {
    try (TestServer server = start(options(Form.PLAIN));
        WsClient client = open(server, Form.PLAIN)) {
      WebSocketSession session = handler.session();
      assertThrows(IllegalArgumentException.class, () -> session.sendText("\ud800"));
      assertThrows(IllegalArgumentException.class, () -> WebSocketMessage.text("\udc00"));
      assertThrows(IllegalArgumentException.class, () -> session.close(1005, ""));
      assertThrows(IllegalArgumentException.class, () -> session.close(999, ""));
      assertThrows(IllegalArgumentException.class, () -> session.close(1000, "x".repeat(124)));
      assertThrows(IllegalArgumentException.class, () -> session.ping(ByteBuffer.allocate(126)));
      session.sendText("unharmed");
      assertEquals("unharmed", client.nextText());
      assertEquals("/ws", session.request().path());
      assertEquals(session.request().peer(), session.peer());
      assertTrue(session.subprotocol().isEmpty());
      session.close(3001, "x".repeat(123));
      session.close(3002, "");
      assertEquals(3001, client.nextClose().code());
    }
  }

  /** Sends a lot when it gets a message. */
  private static final class Talkative extends RecordingHandler {
    @Override
    public void text(WebSocketSession session, String message) throws Exception {
      for (int i = 0; i < 100_000; i++) {
        session.sendBinary(ByteBuffer.allocate(8 << 10));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "begin"})
  void anEventLoopNeverWaits(String what) throws Exception {
    RecordingHandler talkative =
        what.equals("text")
            ? new Talkative()
            : new RecordingHandler() {
              @Override
              public void text(WebSocketSession session, String message) throws Exception {
                session.begin(MessageKind.TEXT);
              }
            };
    WebSocketOptions options =
        WebSocketOptions.builder()
            .outgoingQueueBytes(QUEUE)
            .closeTimeout(Duration.ofMillis(100))
            .build();
    Route route = Route.get("/ws", request -> Response.webSocket(options, talkative));
    try (TestServer server = TestServer.start(Routes.builder().add(route.inline()));
        WsClient client = WsClient.slowReader(server, "/ws")) {
      client.text("go");
      assertEquals("open", talkative.next());
      assertTrue(talkative.next().contains("an event loop must not wait"));
      assertEquals("close 1011 ", talkative.next());
    }
  }

  @ParameterizedTest
  @EnumSource
  void anEchoToASlowReaderLosesNothing(Execution execution) throws Exception {
    ServerLimits patient = ServerLimits.defaults().withMinBytesPerSecond(0);
    try (TestServer server = start(options(Form.PLAIN), execution, patient);
        WsClient client = WsClient.slowReader(server, "/ws")) {
      int count = 2000;
      byte[] message = new byte[4096];
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int i = 0; i < count; i++) {
                        client.binary(message);
                      }
                    } catch (IOException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
      assertEquals("open", handler.next());
      Wait.until("the server is full", () -> handler.session().queuedBytes() >= QUEUE);
      assertTrue(handler.session().queuedBytes() < QUEUE + (128 << 10));
      for (int i = 0; i < count; i++) {
        assertEquals(4096, client.nextBinary().length);
      }
      assertTrue(sender.join(Wait.PATIENCE));
    }
  }
}
