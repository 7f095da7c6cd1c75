package io.roadrunner.server.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.deflate.DeflateConfig;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.WebSocketHandler;
import io.roadrunner.server.WebSocketOptions;
import io.roadrunner.server.testkit.Answer;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.WsClient;
import io.roadrunner.websocket.OriginPolicy;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The opening handshake, as it stands on the wire (RFC 6455 §4.2). */
class HandshakeOverSocketTest {

  private static final WebSocketHandler SILENT = new WebSocketHandler() {};

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    WebSocketOptions options =
        WebSocketOptions.builder()
            .subprotocols("chat", "news")
            .compression(DeflateConfig.defaults())
            .build();
    WebSocketOptions friends =
        WebSocketOptions.builder()
            .origins(OriginPolicy.allowing(List.of("https://friend.example")))
            .build();
    server =
        TestServer.start(
            Routes.builder()
                .get("/ws", request -> Response.webSocket(options, SILENT).with("x-own", "yes"))
                .add(Route.get("/inline", request -> Response.webSocket(options, SILENT)).inline())
                .get("/friends", request -> Response.webSocket(friends, SILENT))
                .get("/no", request -> Response.webSocket(SILENT).status(404))
                .post("/ws", request -> Response.webSocket(SILENT)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer ask(String request) throws IOException {
    return server.ask(request);
  }

  private static String without(String line) {
    return WsClient.handshake("/ws").replaceFirst(line + "[^\r]*\r\n", "");
  }

  @Test
  @DisplayName("W03 the answer has the accept key, and neither subprotocol nor extension unasked")
  void theAnswer() throws IOException {
    try (WsClient client = WsClient.open(server, "/ws")) {
      String head = client.head();
      assertTrue(head.startsWith("HTTP/1.1 101 Switching Protocols\r\n"), head);
      assertTrue(head.contains("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"), head);
      assertTrue(head.contains("upgrade: websocket\r\n"), head);
      assertTrue(head.contains("connection: Upgrade\r\n"), head);
      assertTrue(head.contains("x-own: yes\r\n"), head);
      assertFalse(head.contains("sec-websocket-protocol"), head);
      assertFalse(head.contains("sec-websocket-extensions"), head);
      assertFalse(head.contains("content-length"), head);
    }
  }

  @Test
  @DisplayName("W03 the server's favourite among the offered subprotocols is chosen")
  void subprotocol() throws IOException {
    String offer = "Sec-WebSocket-Protocol: other, news, chat";
    try (WsClient client = WsClient.open(server, "/ws", offer)) {
      assertTrue(client.head().contains("sec-websocket-protocol: chat\r\n"), client.head());
    }
    try (WsClient client = WsClient.open(server, "/ws", "Sec-WebSocket-Protocol: other")) {
      assertFalse(client.head().contains("sec-websocket-protocol"), client.head());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Upgrade:",
        "Connection:",
        "Sec-WebSocket-Key:",
        "Sec-WebSocket-Version:",
      })
  @DisplayName("W01 a handshake without one of its fields is answered 400")
  void missingField(String line) throws IOException {
    assertEquals(400, ask(without(line)).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"12", "8", "013", "13, 8"})
  @DisplayName("W01 another version is answered 426 with the one that is spoken")
  void otherVersion(String version) throws IOException {
    String line = "Sec-WebSocket-Version: ";
    Answer answer = ask(WsClient.handshake("/ws").replace(line + "13", line + version));
    assertEquals(426, answer.status());
    assertEquals("13", answer.header("sec-websocket-version"));
    assertEquals("websocket", answer.header("upgrade"));
    assertEquals("upgrade", answer.header("connection"));
  }

  @ParameterizedTest
  @CsvSource({"POST,HTTP/1.1", "GET,HTTP/1.0"})
  @DisplayName("W01 another method or an older version is answered 400, and the connection goes on")
  void otherMethod(String method, String version) throws IOException {
    String request =
        WsClient.handshake("/ws").replaceFirst("GET", method).replaceFirst("HTTP/1.1", version);
    try (RawClient client = server.connect()) {
      assertEquals(400, client.send(request).answer(method).status());
      if (version.equals("HTTP/1.1")) {
        String next = "GET /no HTTP/1.1\r\nHost: x\r\n\r\n";
        assertEquals(404, client.send(next).answer().status());
      }
    }
  }

  @Test
  @DisplayName("W01 a key that is repeated or short is answered 400")
  void badKey() throws IOException {
    String key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    String request = WsClient.handshake("/ws");
    assertEquals(400, ask(request.replace(key, key + "\r\n" + key)).status());
    assertEquals(400, ask(request.replace(key, "Sec-WebSocket-Key: c2hvcnQ=")).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ws", "/inline"})
  @DisplayName("W02 a foreign or hidden origin is answered 403, the own one and none are let in")
  void origins(String path) throws IOException {
    for (String origin : List.of("https://evil.example", "null", "http://localhost:81")) {
      assertEquals(403, ask(WsClient.handshake(path, "Origin: " + origin)).status());
    }
    WsClient.open(server, path, "Origin: http://localhost").close();
    WsClient.open(server, path).close();
  }

  @Test
  @DisplayName("W02 an origin on the list is let in, and no other")
  void allowedOrigin() throws IOException {
    WsClient.open(server, "/friends", "Origin: https://friend.example").close();
    assertEquals(403, ask(WsClient.handshake("/friends", "Origin: http://localhost")).status());
  }

  @Test
  void aResponseWithAnotherStatusIsPlain() throws IOException {
    assertEquals(404, ask(WsClient.handshake("/no")).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server_max_window_bits=7",
        "server_max_window_bits=16",
        "server_max_window_bits=08",
        "server_max_window_bits",
        "client_no_context_takeover; client_no_context_takeover",
        "unknown=1",
      })
  @DisplayName("D03 a faulty offer is declined, and the session is without compression")
  void faultyOffer(String parameter) throws IOException {
    String line = "Sec-WebSocket-Extensions: permessage-deflate; " + parameter;
    try (WsClient client = WsClient.open(server, "/ws", line)) {
      assertFalse(client.head().contains("extensions"), client.head());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "server_max_window_bits=9,permessage-deflate; server_max_window_bits=9",
    "server_no_context_takeover,permessage-deflate; server_no_context_takeover",
    "client_max_window_bits=10,permessage-deflate; client_max_window_bits=10",
  })
  @DisplayName("D04 every parameter is honoured")
  void honouredOffer(String parameter, String answer) throws IOException {
    String line = "Sec-WebSocket-Extensions: permessage-deflate; " + parameter;
    try (WsClient client = WsClient.open(server, "/ws", line)) {
      assertTrue(
          client.head().contains("sec-websocket-extensions: " + answer + "\r\n"), client.head());
    }
  }

  @Test
  @DisplayName("W16 a thousand extension offers are refused")
  void manyOffers() throws IOException {
    String offers = "x;".repeat(500) + "a, b" + ", c".repeat(1000);
    assertEquals(
        400, ask(WsClient.handshake("/ws", "Sec-WebSocket-Extensions: " + offers)).status());
  }
}
