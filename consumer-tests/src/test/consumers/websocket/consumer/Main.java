package consumer;

import io.roadrunner.websocket.Accepted;
import io.roadrunner.websocket.ClientHandshake;
import io.roadrunner.websocket.Close;
import io.roadrunner.websocket.CloseCode;
import io.roadrunner.websocket.Handshake;
import io.roadrunner.websocket.HandshakeField;
import io.roadrunner.websocket.HandshakePolicy;
import io.roadrunner.websocket.HandshakeRequest;
import io.roadrunner.websocket.Message;
import io.roadrunner.websocket.MessageKind;
import io.roadrunner.websocket.MessageReader;
import io.roadrunner.websocket.NeedInput;
import io.roadrunner.websocket.PayloadForm;
import io.roadrunner.websocket.Ping;
import io.roadrunner.websocket.Pong;
import io.roadrunner.websocket.Refused;
import io.roadrunner.websocket.WebSocketLimits;
import io.roadrunner.websocket.WebSocketWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Shakes hands with itself, then sends itself a message, and prints what arrives. */
final class Main {

  private Main() {}

  private record Request(List<HandshakeField> fields) implements HandshakeRequest {
    @Override
    public String method() {
      return "GET";
    }

    @Override
    public int majorVersion() {
      return 1;
    }

    @Override
    public int minorVersion() {
      return 1;
    }

    @Override
    public Optional<String> protocol() {
      return Optional.empty();
    }

    @Override
    public String scheme() {
      return "http";
    }

    @Override
    public String authority() {
      return "localhost";
    }

    @Override
    public List<String> fieldValues(String name) {
      return fields.stream()
          .filter(field -> field.name().equals(name))
          .map(HandshakeField::value)
          .toList();
    }
  }

  public static void main(String[] args) {
    ByteBuffer nonce = ByteBuffer.wrap("the sample nonce".getBytes(StandardCharsets.US_ASCII));
    ClientHandshake client = ClientHandshake.upgrade(nonce, List.of(), List.of());
    switch (Handshake.accept(new Request(client.requestFields()), HandshakePolicy.defaults())) {
      case Accepted accepted -> System.out.println("accept " + accepted.acceptKey().orElseThrow());
      case Refused refused -> System.out.println("refused " + refused.reason());
    }

    WebSocketWriter writer = WebSocketWriter.client(() -> 0x12345678);
    ByteBuffer wire = ByteBuffer.allocate(64);
    ByteBuffer hello = ByteBuffer.wrap("Hello".getBytes(StandardCharsets.UTF_8));
    writer.message(MessageKind.TEXT, PayloadForm.PLAIN, hello, wire);
    writer.close(CloseCode.NORMAL, "", wire);
    MessageReader reader = MessageReader.server(WebSocketLimits.defaults());
    wire.flip();
    while (wire.hasRemaining()) {
      switch (reader.next(wire)) {
        case Message message -> System.out.println("text " + message.text());
        case Close close -> System.out.println("close " + close.code());
        case Ping ping -> System.out.println("ping");
        case Pong pong -> System.out.println("pong");
        case NeedInput needInput -> System.out.println("need input");
      }
    }
  }
}
