package io.roadrunner.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameObserverTest {

  private static final WebSocketLimits LIMITS =
      WebSocketLimits.defaults().withMaxFrameBytes(1000).withMaxMessageBytes(1200);

  private final List<String> seen = new ArrayList<>();
  private final FrameObserver observer = (opcode, bytes) -> seen.add(opcode + ":" + bytes);
  private final WebSocketWriter client = WebSocketWriter.client(() -> 0x01020304);

  @Test
  void eachFrameIsToldOnceHoweverTheBytesCome() {
    ByteBuffer bytes = ByteBuffer.allocate(1000);
    client.firstFragment(MessageKind.TEXT, PayloadForm.PLAIN, payload(200), bytes);
    client.ping(payload(3), bytes);
    client.lastFragment(payload(1), bytes);
    client.close(1000, "", bytes);
    MessageReader reader = MessageReader.server(LIMITS, observer);
    for (int end = 1; end <= bytes.position(); end++) {
      ByteBuffer some = bytes.duplicate().limit(end).position(at);
      while (!(reader.next(some) instanceof NeedInput)) {
        at = some.position();
      }
      at = some.position();
    }
    assertEquals(List.of("1:200", "9:3", "0:1", "8:2"), seen);
  }

  private int at;

  @Test
  void aMessageThatIsThereAtOnceIsToldOnce() {
    ByteBuffer bytes = ByteBuffer.allocate(100);
    client.message(MessageKind.BINARY, PayloadForm.PLAIN, payload(5), bytes);
    MessageReader reader = MessageReader.server(LIMITS, observer);
    assertEquals(5, ((Message) reader.next(bytes.flip())).payload().remaining());
    assertEquals(List.of("2:5"), seen);
  }

  @Test
  void aFrameThatIsRefusedForItsSizeIsTold() {
    ByteBuffer bytes = ByteBuffer.allocate(100);
    client.messageHeader(MessageKind.BINARY, PayloadForm.PLAIN, 1001, bytes);
    WebSocketReader reader = WebSocketReader.server(LIMITS, Rsv1.RESERVED, observer);
    assertThrows(WebSocketException.class, () -> reader.next(bytes.flip()));
    assertEquals(List.of("2:1001"), seen);
  }

  @Test
  void aFragmentThatTakesItsMessageOverTheLimitIsTold() {
    ByteBuffer bytes = ByteBuffer.allocate(2000);
    client.firstFragment(MessageKind.BINARY, PayloadForm.PLAIN, payload(900), bytes);
    client.lastFragmentHeader(301, bytes);
    bytes.flip();
    MessageReader reader = MessageReader.server(LIMITS, observer);
    assertThrows(WebSocketException.class, () -> reader.next(bytes));
    assertEquals(List.of("2:900", "0:301"), seen);
  }

  private static ByteBuffer payload(int bytes) {
    return ByteBuffer.wrap("x".repeat(bytes).getBytes(StandardCharsets.US_ASCII));
  }
}
