package io.roadrunner.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.websocket.ClientHandshake.Established;
import io.roadrunner.websocket.ClientHandshake.Rejected;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RFC 6455 §4.1, RFC 8441 §5. */
class ClientHandshakeTest {

  private static final List<ExtensionOffer> OFFERS =
      List.of(ExtensionOffer.of("permessage-deflate"), ExtensionOffer.of("x"));

  private static final ClientHandshake UPGRADE =
      ClientHandshake.upgrade(
          ByteBuffer.wrap(Frames.utf8("the sample nonce")), List.of("chat", "soap"), OFFERS);

  private static final ClientHandshake CONNECT =
      ClientHandshake.extendedConnect(List.of(), List.of());

  private static final TestRequest GOOD =
      TestRequest.response(101)
          .with("upgrade", "WebSocket")
          .with("connection", "upgrade")
          .with("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");

  @Test
  void requestOfAnUpgrade() {
    assertEquals(
        List.of(
            new HandshakeField("upgrade", "websocket"),
            new HandshakeField("connection", "Upgrade"),
            new HandshakeField("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
            new HandshakeField("sec-websocket-version", "13"),
            new HandshakeField("sec-websocket-protocol", "chat, soap"),
            new HandshakeField("sec-websocket-extensions", "permessage-deflate, x")),
        UPGRADE.requestFields());
  }

  @Test
  void requestOfAnExtendedConnect() {
    assertEquals(
        List.of(new HandshakeField("sec-websocket-version", "13")), CONNECT.requestFields());
  }

  @Test
  void goodAnswers() {
    assertEquals(new Established(Optional.empty(), List.of()), UPGRADE.verify(GOOD));
    assertEquals(
        new Established(Optional.of("soap"), List.of(ExtensionOffer.of("x"))),
        UPGRADE.verify(
            GOOD.with("sec-websocket-protocol", "soap").with("sec-websocket-extensions", "x")));
    assertEquals(
        new Established(Optional.empty(), List.of()), CONNECT.verify(TestRequest.response(204)));
  }

  @Test
  void badAnswers() {
    rejected(UPGRADE, TestRequest.response(200));
    rejected(UPGRADE, GOOD.with("upgrade", "h2c"));
    rejected(UPGRADE, GOOD.without("connection"));
    rejected(UPGRADE, GOOD.without("sec-websocket-accept"));
    rejected(UPGRADE, GOOD.with("sec-websocket-accept", "S3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
    rejected(UPGRADE, GOOD.with("sec-websocket-protocol", "wamp"));
    rejected(UPGRADE, GOOD.with("sec-websocket-protocol", "chat", "soap"));
    rejected(UPGRADE, GOOD.with("sec-websocket-extensions", "y"));
    rejected(UPGRADE, GOOD.with("sec-websocket-extensions", "x;"));
    rejected(CONNECT, TestRequest.response(199));
    rejected(CONNECT, TestRequest.response(300));
    rejected(CONNECT, TestRequest.response(200).with("sec-websocket-extensions", "x"));
  }

  private static void rejected(ClientHandshake handshake, TestRequest response) {
    Rejected rejected = assertInstanceOf(Rejected.class, handshake.verify(response));
    assertTrue(rejected.reason().matches(".+, RFC \\d+ §[\\d.]+"));
  }

  @Test
  void bothSidesAgree() {
    HandshakePolicy policy = HandshakePolicy.defaults().withSubprotocols("soap");
    TestRequest upgrade =
        TestRequest.upgrade().without("upgrade").without("connection").without("sec-websocket-key");
    TestRequest request = upgrade.without("sec-websocket-version").with(UPGRADE.requestFields());
    Accepted accepted = assertInstanceOf(Accepted.class, Handshake.accept(request, policy));
    List<HandshakeField> answer = accepted.responseFields(OFFERS.subList(0, 1));
    assertEquals(
        new Established(Optional.of("soap"), OFFERS.subList(0, 1)),
        UPGRADE.verify(TestRequest.response(accepted.status()).with(answer)));
  }

  @Test
  void mistakesOfTheCaller() {
    ByteBuffer shortNonce = ByteBuffer.allocate(15);
    assertThrows(
        IllegalArgumentException.class,
        () -> ClientHandshake.upgrade(shortNonce, List.of(), List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> ClientHandshake.extendedConnect(List.of("a b"), List.of()));
  }
}
