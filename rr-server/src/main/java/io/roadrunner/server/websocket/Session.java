package io.roadrunner.server.websocket;

import io.roadrunner.server.Attributes;
import io.roadrunner.server.Request;
import io.roadrunner.server.WebSocketMessage;
import io.roadrunner.server.WebSocketOutput;
import io.roadrunner.server.WebSocketSession;
import io.roadrunner.websocket.Close;
import io.roadrunner.websocket.CloseCode;
import io.roadrunner.websocket.MessageKind;
import io.roadrunner.websocket.WebSocketViolation;
import io.roadrunner.websocket.WebSocketWriter;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The application's view of a session. */
final class Session implements WebSocketSession {

  private static final int MOST_REASON = WebSocketWriter.MAX_CONTROL_PAYLOAD - 2;

  private final Agreement agreement;
  private final Sender sender;
  private final Outlet outlet;

  Session(Agreement agreement, Sender sender, Outlet outlet) {
    this.agreement = agreement;
    this.sender = sender;
    this.outlet = outlet;
  }

  @Override
  public void sendText(String message) throws IOException {
    ByteBuffer payload;
    try {
      payload = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(message));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the text has an unpaired surrogate", e);
    }
    sender.send(MessageKind.TEXT, payload);
  }

  @Override
  public void sendBinary(ByteBuffer message) throws IOException {
    sender.send(MessageKind.BINARY, message);
  }

  @Override
  public void send(MessageKind kind, ByteBuffer payload) throws IOException {
    sender.send(kind, payload);
  }

  @Override
  public void send(WebSocketMessage message) throws IOException {
    sender.send(message);
  }

  @Override
  public Offer offer(WebSocketMessage message) {
    return sender.offer(message);
  }

  @Override
  public WebSocketOutput begin(MessageKind kind) throws IOException {
    sender.takeTurn();
    return new MessageOutput(sender, kind);
  }

  @Override
  public void ping(ByteBuffer payload) throws IOException {
    if (payload.remaining() > WebSocketWriter.MAX_CONTROL_PAYLOAD) {
      throw new IllegalArgumentException("a ping of " + payload.remaining() + " bytes, over 125");
    }
    sender.ping(payload);
  }

  @Override
  public void close(int code, String reason) {
    if (!CloseCode.isForWire(code)) {
      throw new IllegalArgumentException(
          "the close code " + code + " is not for the wire (RFC 6455 §7.4)");
    }
    int bytes = reason.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_REASON) {
      throw new IllegalArgumentException("the reason has " + bytes + " bytes, over " + MOST_REASON);
    }
    outlet.close(code, reason);
  }

  /** Answers the peer's Close frame. */
  void answer(Close received) {
    outlet.answer(received);
  }

  /** Tells the peer what it has broken. */
  void fail(WebSocketViolation violation) {
    outlet.fail(violation);
  }

  @Override
  public boolean isOpen() {
    return outlet.state().maySend();
  }

  @Override
  public long queuedBytes() {
    return outlet.queuedBytes();
  }

  @Override
  public Request request() {
    return agreement.request();
  }

  @Override
  public SocketAddress peer() {
    return agreement.request().peer();
  }

  @Override
  public Optional<String> subprotocol() {
    return agreement.subprotocol();
  }

  @Override
  public Attributes attributes() {
    return agreement.request().attributes();
  }
}
