package io.roadrunner.websocket;

import static io.roadrunner.websocket.Frames.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 §5, from the sender's side. */
class WriterTest {

  private static final int KEY = 0x37FA213D;

  private static ByteBuffer payload(String text) {
    return ByteBuffer.wrap(Frames.utf8(text));
  }

  private static byte[] written(Consumer<ByteBuffer> write) {
    ByteBuffer out = ByteBuffer.allocate(200_000).order(ByteOrder.LITTLE_ENDIAN);
    write.accept(out);
    return Arrays.copyOf(out.array(), out.position());
  }

  @Test
  void vectorsOfTheRfc() {
    WebSocketWriter server = WebSocketWriter.server();
    WebSocketWriter client = WebSocketWriter.client(() -> KEY);
    MessageKind text = MessageKind.TEXT;
    PayloadForm plain = PayloadForm.PLAIN;
    assertArrayEquals(
        hex("81 05 48 65 6c 6c 6f"),
        written(out -> server.message(text, plain, payload("Hello"), out)));
    assertArrayEquals(
        hex("81 85 37 fa 21 3d 7f 9f 4d 51 58"),
        written(out -> client.message(text, plain, payload("Hello"), out)));
    assertArrayEquals(
        hex("01 03 48 65 6c 80 02 6c 6f"),
        written(
            out -> {
              server.firstFragment(text, plain, payload("Hel"), out);
              server.lastFragment(payload("lo"), out);
            }));
    assertArrayEquals(
        hex("89 05 48 65 6c 6c 6f"), written(out -> server.ping(payload("Hello"), out)));
    assertArrayEquals(
        hex("8a 85 37 fa 21 3d 7f 9f 4d 51 58"),
        written(out -> client.pong(payload("Hello"), out)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 127, 65535, 65536, 100_000})
  void lengthsInBothRoles(int length) {
    byte[] bytes = Frames.bytes(length);
    byte[] unmasked = Frames.unmasked(Frames.FIN | Frames.RSV1 | Frames.BINARY, bytes);
    byte[] masked = Frames.masked(Frames.FIN | Frames.RSV1 | Frames.BINARY, bytes);
    WebSocketWriter server = WebSocketWriter.server();
    WebSocketWriter client = WebSocketWriter.client(() -> KEY);
    ByteBuffer payload = ByteBuffer.wrap(bytes.clone());
    assertArrayEquals(unmasked, written(out -> binary(server, payload, out)));
    assertEquals(0, payload.remaining());
    assertArrayEquals(masked, written(out -> binary(client, payload.rewind(), out)));
    assertArrayEquals(bytes, payload.array());
    assertEquals(unmasked.length, server.frameBytes(length));
    assertEquals(masked.length, client.frameBytes(length));
  }

  private static void binary(WebSocketWriter writer, ByteBuffer payload, ByteBuffer out) {
    writer.message(MessageKind.BINARY, PayloadForm.COMPRESSED, payload, out);
  }

  @Test
  void headersAloneForGatheringWrites() {
    WebSocketWriter client = WebSocketWriter.client(() -> KEY);
    byte[] expected =
        Frames.join(
            Frames.masked(Frames.FIN | Frames.TEXT, "a"),
            Frames.masked(Frames.RSV1 | Frames.BINARY, "b"),
            Frames.masked(Frames.CONTINUATION, "c"),
            Frames.masked(Frames.FIN | Frames.CONTINUATION, "d"));
    assertArrayEquals(
        expected,
        written(
            out -> {
              put(client.messageHeader(MessageKind.TEXT, PayloadForm.PLAIN, 1, out), "a", out);
              int key =
                  client.firstFragmentHeader(MessageKind.BINARY, PayloadForm.COMPRESSED, 1, out);
              put(key, "b", out);
              put(client.nextFragmentHeader(1, out), "c", out);
              put(client.lastFragmentHeader(1, out), "d", out);
            }));
  }

  private static void put(int key, String text, ByteBuffer out) {
    ByteBuffer payload = payload(text);
    Masking.apply(payload, key);
    out.put(payload);
  }

  @Test
  void aHeaderForMoreThanABufferHolds() {
    WebSocketWriter server = WebSocketWriter.server();
    long huge = (5L << 32) + 3;
    assertArrayEquals(
        Frames.header(0x82, 0, huge, 8),
        written(out -> server.messageHeader(MessageKind.BINARY, PayloadForm.PLAIN, huge, out)));
    assertEquals(10, server.headerBytes(huge));
    ByteBuffer out = ByteBuffer.allocate(20);
    assertThrows(
        IllegalArgumentException.class,
        () -> server.messageHeader(MessageKind.TEXT, PayloadForm.PLAIN, -1, out));
  }

  @Test
  void fragmentsAndControlFramesBetween() {
    WebSocketWriter server = WebSocketWriter.server();
    assertArrayEquals(
        hex("02 01 61 89 01 70 00 00 80 00 81 00"),
        written(
            out -> {
              server.firstFragment(MessageKind.BINARY, PayloadForm.PLAIN, payload("a"), out);
              server.ping(payload("p"), out);
              server.nextFragment(payload(""), out);
              server.lastFragment(payload(""), out);
              server.message(MessageKind.TEXT, PayloadForm.PLAIN, payload(""), out);
            }));
  }

  @Test
  void closeFrames() {
    assertArrayEquals(
        hex("88 05 0f a1 62 79 65"),
        written(out -> WebSocketWriter.server().close(4001, "bye", out)));
    assertArrayEquals(hex("88 00"), written(out -> WebSocketWriter.server().closeWithoutCode(out)));
    assertArrayEquals(
        hex("88 02 03 e8"),
        written(out -> WebSocketWriter.server().answerClose(new Close(1000, "bye"), out)));
    assertArrayEquals(
        hex("88 00"),
        written(out -> WebSocketWriter.server().answerClose(new Close(1005, ""), out)));
  }

  @Test
  void whatNoPeerWouldAccept() {
    WebSocketWriter server = WebSocketWriter.server();
    ByteBuffer out = ByteBuffer.allocate(300);
    ByteBuffer over = ByteBuffer.allocate(126);
    assertThrows(IllegalArgumentException.class, () -> server.ping(over, out));
    assertThrows(IllegalArgumentException.class, () -> server.pong(over, out));
    assertThrows(IllegalArgumentException.class, () -> server.close(1005, "", out));
    assertThrows(IllegalArgumentException.class, () -> server.close(1000, "ä".repeat(62), out));
    assertEquals(0, out.position());
    server.close(1000, "ä".repeat(61), out);
    assertEquals(2 + 2 + 122, out.position());
  }

  @Test
  void whatMayNotComeNow() {
    ByteBuffer out = ByteBuffer.allocate(300);
    WebSocketWriter writer = WebSocketWriter.server();
    assertThrows(IllegalStateException.class, () -> writer.nextFragment(payload("a"), out));
    assertThrows(IllegalStateException.class, () -> writer.lastFragmentHeader(1, out));
    writer.firstFragment(MessageKind.TEXT, PayloadForm.PLAIN, payload("a"), out);
    assertThrows(IllegalStateException.class, () -> binary(writer, payload("b"), out));
    writer.closeWithoutCode(out);
    assertThrows(IllegalStateException.class, () -> writer.lastFragment(payload("a"), out));
    assertThrows(IllegalStateException.class, () -> writer.ping(payload("a"), out));
    assertThrows(IllegalStateException.class, () -> writer.close(1000, "", out));
    assertEquals(5, out.position());
  }

  @Test
  void tooLittleRoomWritesNothingAndChangesNothing() {
    WebSocketWriter client = WebSocketWriter.client(() -> KEY);
    ByteBuffer tight = ByteBuffer.allocate(10);
    ByteBuffer payload = payload("Hello");
    assertThrows(
        BufferOverflowException.class,
        () -> client.firstFragment(MessageKind.TEXT, PayloadForm.PLAIN, payload, tight));
    assertThrows(BufferOverflowException.class, () -> client.close(1000, "some reason", tight));
    assertEquals(0, tight.position());
    assertEquals(5, payload.remaining());
    ByteBuffer enough = ByteBuffer.allocate(11);
    client.message(MessageKind.TEXT, PayloadForm.PLAIN, payload, enough);
    assertEquals(0, enough.remaining());
  }

  @Test
  void constantsAreEnoughRoom() {
    WebSocketWriter client = WebSocketWriter.client(() -> KEY);
    assertEquals(
        WebSocketWriter.MAX_CONTROL_FRAME_BYTES,
        client.frameBytes(WebSocketWriter.MAX_CONTROL_PAYLOAD));
    assertEquals(WebSocketWriter.MAX_HEADER_BYTES, client.headerBytes(Long.MAX_VALUE));
  }
}
