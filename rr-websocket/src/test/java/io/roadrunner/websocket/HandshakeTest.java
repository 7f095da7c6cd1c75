package io.roadrunner.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {

  private static final HandshakePolicy POLICY = HandshakePolicy.defaults();
  private static final HandshakeField VERSION = new HandshakeField("sec-websocket-version", "13");

  private static Accepted accepted(TestRequest request, HandshakePolicy policy) {
    return assertInstanceOf(Accepted.class, Handshake.accept(request, policy));
  }

  private static Refused refused(TestRequest request) {
    return assertInstanceOf(Refused.class, Handshake.accept(request, POLICY));
  }

  private static void assertBadRequest(TestRequest request) {
    assertEquals(400, refused(request).status());
    assertTrue(refused(request).reason().matches(".+, RFC \\d+ §[\\d.]+"));
  }

  @Nested
  class S4_2_1_Reading {
    @Test
    void theExampleOfTheRfc() {
      Accepted accepted = accepted(TestRequest.upgrade(), POLICY);
      assertEquals(Optional.of("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), accepted.acceptKey());
      assertEquals(101, accepted.status());
      assertEquals(
          List.of(
              new HandshakeField("upgrade", "websocket"),
              new HandshakeField("connection", "Upgrade"),
              new HandshakeField("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")),
          accepted.responseFields(List.of()));
    }

    @Test
    void tokensInAnyCaseAndAnywhereInTheirLists() {
      accepted(
          TestRequest.upgrade()
              .with("upgrade", "h2c, WebSocket")
              .with("connection", "keep-alive ,\tuPGRADE"),
          POLICY);
      accepted(TestRequest.upgrade().with("connection", "keep-alive", "Upgrade"), POLICY);
      accepted(TestRequest.upgrade().with("content-length", "0"), POLICY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "HEAD", "get", "CONNECT"})
    @DisplayName("W01: not a GET")
    void method(String method) {
      assertBadRequest(TestRequest.upgrade().withMethod(method));
    }

    @Test
    @DisplayName("W01: HTTP/1.0 and below")
    void httpVersion() {
      assertBadRequest(TestRequest.upgrade().withVersion(1, 0));
      assertBadRequest(TestRequest.upgrade().withVersion(0, 9));
    }

    @Test
    void body() {
      assertBadRequest(TestRequest.upgrade().with("content-length", "5"));
      assertBadRequest(TestRequest.upgrade().with("transfer-encoding", "chunked"));
    }

    @ParameterizedTest
    @CsvSource({
      "upgrade,websockets",
      "upgrade,web socket",
      "upgrade,''",
      "connection,keep-alive",
      "connection,upgraded"
    })
    @DisplayName("W01: missing tokens")
    void tokens(String name, String value) {
      assertBadRequest(TestRequest.upgrade().with(name, value));
      assertBadRequest(TestRequest.upgrade().without(name));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "dGhlIHNhbXBsZSBub25jZQ=",
          "dGhlIHNhbXBsZSBub25jZQ",
          "dGhlIHNhbXBsZSBub25jZ===",
          "dGhlIHNhbXBsZSBub25jZQQ=",
          "dGhlIHNhbXBsZSBub25jZQ==A",
          "dGhlIHNhbXBsZSBub25jZQQQ",
          "dGhlIHNhbXBsZSBub2-jZQ==",
          "dGhlIHNhbXBsZSBub2_jZQ==",
          "dGhlIHNhbXBsZSBub2[jZQ==",
          "dGhlIHNhbXBsZSBub2{jZQ==",
          "dGhlIHNhbXBsZSBub2:jZQ==",
          "dGhlIHNhbXBsZSBub2ñjZQ=="
        })
    @DisplayName("W01: malformed key")
    void malformedKey(String key) {
      assertBadRequest(TestRequest.upgrade().with("sec-websocket-key", key));
    }

    @Test
    @DisplayName("W01: missing or repeated key")
    void keyCount() {
      String key = "dGhlIHNhbXBsZSBub25jZQ==";
      assertBadRequest(TestRequest.upgrade().without("sec-websocket-key"));
      assertBadRequest(TestRequest.upgrade().with("sec-websocket-key", key, key));
    }

    @Test
    void keysMayHaveEveryCharacterOfBase64() {
      accepted(TestRequest.upgrade().with("sec-websocket-key", "AZaz09+/AZaz09+/AZaz0g=="), POLICY);
    }
  }

  @Nested
  class S4_2_2_Answering {
    private final HandshakePolicy policy = POLICY.withSubprotocols("mqtt", "chat", "soap");

    private Optional<String> chosen(String... values) {
      return accepted(TestRequest.upgrade().with("sec-websocket-protocol", values), policy)
          .subprotocol();
    }

    @Test
    void theServersFavouriteWins() {
      assertEquals(Optional.of("chat"), chosen("soap, chat"));
      assertEquals(Optional.of("mqtt"), chosen("soap,,chat ,", " mqtt"));
      Accepted accepted =
          accepted(TestRequest.upgrade().with("sec-websocket-protocol", "soap"), policy);
      assertTrue(
          accepted
              .responseFields(List.of())
              .contains(new HandshakeField("sec-websocket-protocol", "soap")));
    }

    @Test
    @DisplayName("W03: a subprotocol that was not offered is not chosen")
    void notOffered() {
      assertEquals(Optional.empty(), chosen("Chat, wamp"));
      assertEquals(Optional.empty(), chosen());
      assertEquals(Optional.empty(), accepted(TestRequest.upgrade(), policy).subprotocol());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a, a", "a b", "a,\"b\"", "a;b", "ä"})
    void malformedSubprotocols(String value) {
      assertBadRequest(TestRequest.upgrade().with("sec-websocket-protocol", value));
    }

    @Test
    @DisplayName("W16: too many subprotocols")
    void tooManySubprotocols() {
      String many = "p" + String.join(",p", numbers(65));
      assertBadRequest(TestRequest.upgrade().with("sec-websocket-protocol", many));
      String enough = "p" + String.join(",p", numbers(64));
      accepted(TestRequest.upgrade().with("sec-websocket-protocol", enough), policy);
    }

    private List<String> numbers(int count) {
      return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    @Test
    @DisplayName("W03: an extension that was not offered cannot be answered")
    void extensions() {
      Accepted accepted =
          accepted(
              TestRequest.upgrade().with("sec-websocket-extensions", "permessage-deflate; a=1, x"),
              policy);
      ExtensionOffer answer = ExtensionOffer.of("x", ExtensionOffer.Parameter.of("b", "2"));
      assertEquals(List.of("permessage-deflate; a=1", "x"), texts(accepted.extensionOffers()));
      assertTrue(
          accepted
              .responseFields(List.of(answer))
              .contains(new HandshakeField("sec-websocket-extensions", "x; b=2")));
      List<ExtensionOffer> other = List.of(ExtensionOffer.of("y"));
      assertThrows(IllegalArgumentException.class, () -> accepted.responseFields(other));
    }

    private List<String> texts(List<ExtensionOffer> offers) {
      return offers.stream().map(ExtensionOffer::toString).toList();
    }

    @Test
    void malformedExtensions() {
      assertBadRequest(TestRequest.upgrade().with("sec-websocket-extensions", "a;"));
    }

    @Test
    void policiesNameTokens() {
      assertThrows(IllegalArgumentException.class, () -> POLICY.withSubprotocols("a b"));
      assertThrows(IllegalArgumentException.class, () -> POLICY.withSubprotocols(""));
    }
  }

  @Nested
  class S4_4_Versions {
    @ParameterizedTest
    @ValueSource(strings = {"0", "8", "12", "14", "013", "13, 8", "x"})
    @DisplayName("W01: another version is answered with 426 and the right one")
    void otherVersion(String version) {
      Refused refused = refused(TestRequest.upgrade().with("sec-websocket-version", version));
      assertEquals(426, refused.status());
      assertEquals(
          List.of(
              VERSION,
              new HandshakeField("upgrade", "websocket"),
              new HandshakeField("connection", "Upgrade")),
          refused.fields());
    }

    @Test
    void noSingleVersion() {
      assertBadRequest(TestRequest.upgrade().without("sec-websocket-version"));
      assertBadRequest(TestRequest.upgrade().with("sec-websocket-version", "13", "13"));
      Refused refused = refused(TestRequest.upgrade().without("sec-websocket-version"));
      assertEquals(List.of(VERSION), refused.fields());
    }
  }

  @Nested
  class S10_2_Origins {
    private int status(OriginPolicy origins, String... origin) {
      TestRequest request = TestRequest.upgrade().with("origin", origin);
      return switch (Handshake.accept(request, POLICY.withOrigins(origins))) {
        case Accepted accepted -> accepted.status();
        case Refused refused -> refused.status();
      };
    }

    @ParameterizedTest
    @CsvSource({
      "https://server.example.com,101",
      "HTTPS://Server.Example.COM,101",
      "https://server.example.com:443,101",
      "http://server.example.com,403",
      "https://server.example.com:8443,403",
      "https://evil.example.com,403",
      "https://server.example.com.evil.example,403",
      "https://server.example.com@evil.example,403",
      "https://,403",
      "://server.example.com,403",
      "server.example.com,403",
      "https://server.example.com:,403",
      "https://server.example.com:4x3,403",
      "https://server.example.com/,403",
      "'https://server.example.com ',403",
      "https://sérver.example.com,403",
      "null,403"
    })
    @DisplayName("W02: by default only pages of the same origin")
    void sameOrigin(String origin, int status) {
      assertEquals(status, status(OriginPolicy.sameOrigin(), origin));
    }

    @Test
    @DisplayName("W02: no Origin at all does not come from a page")
    void absent() {
      assertEquals(101, status(OriginPolicy.sameOrigin()));
      assertEquals(101, status(OriginPolicy.allowing(List.of())));
    }

    @Test
    void severalAreNone() {
      String same = "https://server.example.com";
      assertEquals(403, status(OriginPolicy.sameOrigin(), same, same));
    }

    @Test
    @DisplayName("W02: pages that hide their origin, if the list says so")
    void hiddenOrigin() {
      OriginPolicy policy = OriginPolicy.allowing(List.of("null", "https://example.com"));
      assertEquals(101, status(policy, "null"));
      assertEquals(101, status(policy, "https://example.com"));
      assertEquals(403, status(policy, "NULL"));
      assertEquals(403, status(policy, "null", "null"));
      assertEquals(403, status(policy, "https://server.example.com"));
    }

    @Test
    @DisplayName("W02: only the origins of the list")
    void allowList() {
      OriginPolicy policy =
          OriginPolicy.allowing(List.of("https://Example.com", "http://[::1]:8080", "wss://x"));
      assertEquals(101, status(policy, "https://example.com"));
      assertEquals(101, status(policy, "http://[::1]:8080"));
      assertEquals(101, status(policy, "wss://x:443"));
      assertEquals(403, status(policy, "http://[::1]"));
      assertEquals(403, status(policy, "https://server.example.com"));
      assertEquals(403, status(policy, "null"));
      assertThrows(
          IllegalArgumentException.class, () -> OriginPolicy.allowing(List.of("example.com")));
    }

    @Test
    void anyIncludesNull() {
      assertEquals(101, status(OriginPolicy.any(), "null"));
      assertEquals(101, status(OriginPolicy.any(), "https://evil.example.com"));
    }
  }

  @Nested
  class Rfc8441_S5_ExtendedConnect {
    @Test
    void accepted() {
      Accepted accepted =
          HandshakeTest.accepted(
              TestRequest.connect().with("sec-websocket-protocol", "chat"),
              POLICY.withSubprotocols("chat").withLimits(WebSocketLimits.defaults()));
      assertEquals(200, accepted.status());
      assertEquals(
          List.of(new HandshakeField("sec-websocket-protocol", "chat")),
          accepted.responseFields(List.of()));
    }

    @Test
    @DisplayName("W02, W03, W16: the rules of the fields are those of an upgrade")
    void sameRules() {
      HandshakePolicy policy = POLICY.withSubprotocols("mqtt");
      TestRequest request =
          TestRequest.connect()
              .with("origin", "https://server.example.com")
              .with("sec-websocket-protocol", "chat")
              .with("sec-websocket-extensions", "x; a=1");
      Accepted accepted = HandshakeTest.accepted(request, policy);
      assertEquals(Optional.empty(), accepted.acceptKey());
      assertEquals(Optional.empty(), accepted.subprotocol());
      assertEquals(
          List.of(new HandshakeField("sec-websocket-extensions", "x")),
          accepted.responseFields(List.of(ExtensionOffer.of("x"))));
      List<ExtensionOffer> other = List.of(ExtensionOffer.of("y"));
      assertThrows(IllegalArgumentException.class, () -> accepted.responseFields(other));
      assertEquals(403, refused(request.with("origin", "null")).status());
      assertBadRequest(request.with("sec-websocket-protocol", "a b"));
      assertBadRequest(request.with("sec-websocket-extensions", "x;"));
      assertBadRequest(request.with("sec-websocket-extensions", "x,".repeat(65)));
      assertBadRequest(request.without("sec-websocket-version"));
    }

    @Test
    void aKeyHasNoMeaning() {
      TestRequest request = TestRequest.connect().with("sec-websocket-key", "short");
      assertEquals(Optional.empty(), HandshakeTest.accepted(request, POLICY).acceptKey());
    }

    @Test
    @DisplayName("W01: not an extended CONNECT for websocket")
    void refusedOnes() {
      assertBadRequest(TestRequest.connect().withMethod("GET"));
      assertBadRequest(TestRequest.connect().withProtocol(Optional.empty()));
      assertBadRequest(TestRequest.connect().withProtocol(Optional.of("connect-udp")));
      Refused refused = refused(TestRequest.connect().with("sec-websocket-version", "8"));
      assertEquals(400, refused.status());
      assertEquals(Collections.singletonList(VERSION), refused.fields());
      assertEquals(
          403, refused(TestRequest.connect().with("origin", "https://evil.example")).status());
    }
  }
}
