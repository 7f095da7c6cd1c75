package io.roadrunner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.testkit.ClientHello;
import io.roadrunner.server.testkit.EngineClient;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.TlsClient;
import io.roadrunner.server.testkit.TlsFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are no TLS, or more of it than anybody needs. */
class TlsHostileTest {

  private static final byte[] REQUEST =
      "GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int GOOD_SUITE = 0xc02b;
  private static final int HANDSHAKE = 22;
  private static final int UNEXPECTED_MESSAGE = 10;

  private static TlsFixture server;

  @BeforeAll
  static void start() throws Exception {
    server =
        TlsFixture.start(
            Routes.builder()
                .get("/hello", request -> Response.text("Hello"))
                .post("/echo", request -> Response.bytes("a/b", request.body().bytes())));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void stillServes() throws IOException {
    try (TlsClient next = server.connect()) {
      assertEquals("Hello", next.ask("/hello", "localhost").body());
    }
  }

  private static byte[] record(int type, byte[] content) {
    return ClientHello.joined(
        ClientHello.number(type, 1), ClientHello.number(0x0303, 2), ClientHello.sized(content, 2));
  }

  /** Sends until the server has had enough. Returns how many bytes it took, at most. */
  private static long flood(EngineClient client, byte[] part, long most) {
    long sent = 0;
    try {
      while (sent < most) {
        client.send(part);
        sent += part.length;
      }
    } catch (IOException e) {
      return sent;
    }
    return sent;
  }

  @Nested
  class OtherProtocols {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
          "\0\0\0\0\0\0\0\0\0\0\0\0",
          "SSH-2.0-OpenSSH_9.6\r\n"
        })
    @DisplayName("P14 clear text on a port for TLS ends the connection at once")
    void clearTextOnTls(String text) throws Exception {
      try (EngineClient client = server.connectSilently()) {
        client.send(text.getBytes(StandardCharsets.ISO_8859_1));
        assertNotEquals(HANDSHAKE, client.alertUntilEnd());
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP_1_1", "HTTP_2"})
    @DisplayName("P14 a ClientHello on a port for clear text is refused")
    void tlsOnClearText(HttpVersion version) throws Exception {
      try (TestServer plain = TestServer.start(Routes.builder(), b -> b.protocols(version));
          RawClient client = plain.connect()) {
        String answer = client.send(ClientHello.of(0x0303, GOOD_SUITE)).restUntilEnd();
        assertTrue(version == HttpVersion.HTTP_2 || answer.startsWith("HTTP/1.1 400 "), answer);
      }
    }

    @Test
    @DisplayName("L03 whatever comes instead of a hello, the server goes on")
    void noise() throws Exception {
      Random random = new Random(7);
      byte[] hello;
      try (EngineClient client = server.connectSilently()) {
        hello = client.flight();
      }
      for (int i = 0; i < 300; i++) {
        byte[] bytes = hello.clone();
        for (int changes = random.nextInt(1, 5); changes > 0; changes--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        try (EngineClient client = server.connectSilently()) {
          client.send(bytes);
          client.socket().shutdownOutput();
          client.alertUntilEnd();
        }
      }
    }
  }

  @Nested
  class Hellos {

    @Test
    @DisplayName("L03 a ClientHello of 16 MB is refused long before it is complete")
    void huge() throws Exception {
      byte[] begin = ClientHello.joined(ClientHello.number(1, 1), ClientHello.number(0xffffff, 3));
      try (EngineClient client = server.connectSilently()) {
        client.send(record(HANDSHAKE, begin));
        long sent = flood(client, record(HANDSHAKE, new byte[16384]), 16 << 20);
        assertTrue(sent < 8 << 20, "sent: " + sent);
      }
    }

    @Test
    @DisplayName("L03 a ClientHello in fragments of one byte is understood")
    void fragmented() throws Exception {
      byte[] hello = ClientHello.of(0x0303, GOOD_SUITE);
      try (EngineClient client = server.connectSilently()) {
        for (int i = 5; i < hello.length; i++) {
          client.send(record(HANDSHAKE, new byte[] {hello[i]}));
        }
        assertEquals(HANDSHAKE, client.record()[0]);
      }
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 22, 23, 99})
    @DisplayName("L03 endless empty records instead of a hello are cut off")
    void emptyRecords(int type) throws Exception {
      ByteArrayOutputStream many = new ByteArrayOutputStream();
      for (int i = 0; i < 1000; i++) {
        many.writeBytes(record(type, new byte[0]));
      }
      try (EngineClient client = server.connectSilently()) {
        long sent = flood(client, many.toByteArray(), 64 << 20);
        assertTrue(sent < 64 << 20, "sent: " + sent);
      }
    }

    @Test
    @DisplayName("L04 a flood of warnings before the hello is cut off")
    void warnings() throws Exception {
      ByteArrayOutputStream many = new ByteArrayOutputStream();
      for (int i = 0; i < 1000; i++) {
        many.writeBytes(record(EngineClient.ALERT, new byte[] {1, 90}));
      }
      try (EngineClient client = server.connectSilently()) {
        long sent = flood(client, many.toByteArray(), 64 << 20);
        assertTrue(sent < 64 << 20, "sent: " + sent);
      }
    }

    private static byte[] serverName(byte[] list) {
      return ClientHello.joined(
          ClientHello.number(0, 2), ClientHello.sized(ClientHello.sized(list, 2), 2));
    }

    private static byte[] host(byte[] name) {
      return ClientHello.joined(ClientHello.number(0, 1), ClientHello.sized(name, 2));
    }

    private static byte[] ascii(String text) {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static Stream<Arguments> serverNames() {
      byte[] longest = new byte[65_000];
      Arrays.fill(longest, (byte) 'a');
      byte[] labels = ascii("a.".repeat(32_000) + "a");
      return Stream.of(
          Arguments.of("64 KB", serverName(host(longest))),
          Arguments.of("64 KB of labels", serverName(host(labels))),
          Arguments.of("NUL", serverName(host(ascii("local\0host")))),
          Arguments.of("CR LF ESC", serverName(host(ascii("a\r\nb\033[31m")))),
          Arguments.of("8 bits", serverName(host(ascii("\u00e4\u00f6.test")))),
          Arguments.of("empty name", serverName(host(new byte[0]))),
          Arguments.of("empty list", serverName(new byte[0])),
          Arguments.of("dots", serverName(host(ascii("a..b")))),
          Arguments.of("dot", serverName(host(ascii(".")))),
          Arguments.of("last dot", serverName(host(ascii("localhost.")))),
          Arguments.of("wildcard", serverName(host(ascii("*.test")))),
          Arguments.of("address", serverName(host(ascii("127.0.0.1")))),
          Arguments.of(
              "twice", serverName(ClientHello.joined(host(ascii("a.b")), host(ascii("c.d"))))),
          Arguments.of(
              "other type",
              serverName(
                  ClientHello.joined(
                      ClientHello.number(200, 1), ClientHello.sized(ascii("x"), 2)))),
          Arguments.of(
              "length beyond the end",
              ClientHello.joined(
                  ClientHello.number(0, 2),
                  ClientHello.sized(
                      ClientHello.joined(ClientHello.number(0xffff, 2), host(ascii("a"))), 2))));
    }

    private static byte[] alpn(byte[] list) {
      return ClientHello.joined(
          ClientHello.number(16, 2), ClientHello.sized(ClientHello.sized(list, 2), 2));
    }

    static Stream<Arguments> applicationProtocols() {
      byte[] name = ClientHello.sized(new byte[255], 1);
      byte[] many = new byte[0];
      for (int i = 0; i < 250; i++) {
        many = ClientHello.joined(many, name);
      }
      return Stream.of(
          Arguments.of("64 KB", alpn(many)),
          Arguments.of("empty list", alpn(new byte[0])),
          Arguments.of("empty name", alpn(ClientHello.sized(new byte[0], 1))),
          Arguments.of("empty name behind h2", alpn(new byte[] {2, 'h', '2', 0})),
          Arguments.of("length beyond the end", alpn(new byte[] {9, 'h', '2'})),
          Arguments.of("NUL", alpn(new byte[] {3, 'h', '2', 0})),
          Arguments.of("h2 twice", alpn(new byte[] {2, 'h', '2', 2, 'h', '2'})),
          Arguments.of(
              "extension twice", ClientHello.joined(alpn(new byte[] {1, 'x'}), alpn(many))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"serverNames", "applicationProtocols"})
    @DisplayName("L03 a strange server name or protocol gets the default certificate, or an alert")
    void strange(String what, byte[] extension) throws Exception {
      byte[] hello;
      try {
        hello = ClientHello.hello(0x0303, new int[] {GOOD_SUITE}, extension);
      } catch (IllegalArgumentException e) {
        throw new AssertionError(what, e);
      }
      try (EngineClient client = server.connectSilently()) {
        client.send(hello);
        byte[] answer = client.record();
        if (answer[0] == HANDSHAKE) {
          return;
        }
        assertEquals(EngineClient.ALERT, answer[0], what);
        client.alertUntilEnd();
      }
    }
  }

  @Nested
  class Records {

    @ParameterizedTest
    @ValueSource(ints = {(1 << 14) + 2049, 40_000, 0xffff})
    @DisplayName("L04 a record that is too large is refused when its header has come")
    void tooLarge(int length) throws Exception {
      byte[] header = {23, 3, 3, (byte) (length >>> 8), (byte) length};
      try (EngineClient client = server.connectSilently().handshake()) {
        client.send(header);
        // Far less than the record has, so that who waits for all of it waits for ever.
        client.send(new byte[64]);
        client.alertUntilEnd();
      }
      byte[] early = {22, 3, 1, (byte) (length >>> 8), (byte) length, 1};
      try (EngineClient client = server.connectSilently()) {
        client.send(early);
        client.alertUntilEnd();
      }
    }

    @Test
    @DisplayName("L04 a record of which a bit was changed ends the connection with an alert")
    void changed() throws Exception {
      try (EngineClient client = server.connectSilently().handshake()) {
        byte[] request = client.encrypt(REQUEST);
        request[request.length - 3] ^= 1;
        client.send(request);
        SSLException e = assertThrows(SSLException.class, () -> readAll(client));
        assertTrue(String.valueOf(e.getMessage()).contains("bad_record_mac"), e.toString());
        assertEquals(0, client.record().length);
      }
    }

    private static void readAll(EngineClient client) throws IOException {
      for (byte[] record = client.record(); record.length > 0; record = client.record()) {
        client.decrypt(record);
      }
    }

    @Test
    @DisplayName("L04 key updates with nothing between them are cut off after 64")
    void keyUpdates() throws Exception {
      try (EngineClient client = server.connectSilently().handshake()) {
        int count = 0;
        client.decrypt(client.record());
        while (!client.engine().isInboundDone() && count < 1000) {
          // RFC 8446 §4.6.3: the JDK's way of asking for new keys, which are answered by new keys.
          client.engine().beginHandshake();
          client.send(client.flight());
          client.decrypt(client.record());
          count++;
        }
        assertTrue(count >= 64 && count <= 66, "key updates: " + count);
      }
    }

    @Test
    @DisplayName("L04 an alert that is fatal ends the connection")
    void fatal() throws Exception {
      try (EngineClient client = server.connectSilently()) {
        client.send(client.flight());
        client.listen();
        client.send(record(EngineClient.ALERT, new byte[] {2, UNEXPECTED_MESSAGE}));
        client.alertUntilEnd();
      }
    }
  }
}
