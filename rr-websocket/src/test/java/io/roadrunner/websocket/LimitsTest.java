package io.roadrunner.websocket;

import static io.roadrunner.websocket.Frames.BINARY;
import static io.roadrunner.websocket.Frames.CONTINUATION;
import static io.roadrunner.websocket.Frames.FIN;
import static io.roadrunner.websocket.Frames.TEXT;
import static io.roadrunner.websocket.Frames.header;
import static io.roadrunner.websocket.Frames.masked;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 §10.4. */
class LimitsTest {

  private static final WebSocketLimits SMALL = new WebSocketLimits(200, 1000, 64, 8);

  private static List<String> small(byte[]... frames) {
    return Feed.frames(() -> WebSocketReader.server(SMALL, Rsv1.RESERVED), frames);
  }

  @Test
  @DisplayName("W09: a frame over the limit is refused by its header, at the limit it passes")
  void frame() {
    assertEquals(List.of("fail FRAME_TOO_LARGE"), small(header(FIN | BINARY, 0x80, 201)));
    assertEquals(
        List.of("start BINARY PLAIN", "bytes " + "00".repeat(200), "end"),
        small(masked(FIN | BINARY, new byte[200])));
    assertEquals(1009, WebSocketViolation.FRAME_TOO_LARGE.closeCode());
  }

  @Test
  @DisplayName("W09: a message over the limit is refused by the header that takes it there")
  void message() {
    byte[] first = masked(BINARY, new byte[200]);
    byte[] next = masked(CONTINUATION, new byte[200]);
    byte[] last = masked(FIN | CONTINUATION, new byte[200]);
    assertEquals(
        List.of("start BINARY PLAIN", "bytes " + "00".repeat(1000), "end", "start TEXT PLAIN"),
        small(first, next, next, next, last, masked(TEXT, new byte[0])));
    assertEquals(
        List.of("start BINARY PLAIN", "bytes " + "00".repeat(1000), "fail MESSAGE_TOO_LARGE"),
        small(first, next, next, next, next, header(FIN, 0x80, 0)));
    assertEquals(1009, WebSocketViolation.MESSAGE_TOO_LARGE.closeCode());
  }

  @Test
  void aMessageOfOneFrameIsHeldToTheMessageLimit() {
    WebSocketLimits limits = SMALL.withMaxMessageBytes(150);
    assertEquals(
        List.of("fail MESSAGE_TOO_LARGE"),
        Feed.frames(
            () -> WebSocketReader.server(limits, Rsv1.RESERVED), header(FIN | TEXT, 0x80, 151)));
  }

  @ParameterizedTest
  @CsvSource({"0,64,15", "1,64,15", "64,64,15", "100,64,10", "0,100,10", "1,0,1000"})
  @DisplayName("W10: each fragment is charged, however little it brings")
  void fragmentCharge(int bytes, int charge, int allowed) {
    WebSocketReader reader =
        WebSocketReader.server(SMALL.withMinFragmentCharge(charge), Rsv1.RESERVED);
    drain(reader, masked(BINARY, new byte[bytes]));
    for (int i = 1; i < allowed; i++) {
      drain(reader, masked(CONTINUATION, new byte[bytes]));
    }
    WebSocketException e =
        assertThrows(
            WebSocketException.class, () -> drain(reader, masked(CONTINUATION, new byte[bytes])));
    assertEquals(WebSocketViolation.MESSAGE_TOO_LARGE, e.violation());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  @DisplayName("W10: a million tiny fragments end with 1009, messages of one tiny frame do not")
  void millionFragments(int bytes) {
    MessageReader reader = MessageReader.server(Feed.LIMITS);
    ByteBuffer first = ByteBuffer.wrap(masked(BINARY, new byte[bytes]));
    assertEquals(NeedInput.INSTANCE, reader.next(first));
    int frames = 1;
    try {
      for (; frames < 1_000_000; frames++) {
        reader.next(ByteBuffer.wrap(masked(CONTINUATION, new byte[bytes])));
      }
    } catch (WebSocketException e) {
      assertEquals(WebSocketViolation.MESSAGE_TOO_LARGE, e.violation());
    }
    assertEquals(10 * 1024 * 1024 / 64, frames);
  }

  @Test
  void aSmallWholeMessageIsNotCharged() {
    WebSocketLimits limits = SMALL.withMaxMessageBytes(125).withMinFragmentCharge(500);
    byte[] frame = masked(FIN | BINARY, new byte[125]);
    assertEquals(
        List.of("start BINARY PLAIN", "bytes " + "00".repeat(125), "end"),
        Feed.frames(() -> WebSocketReader.server(limits, Rsv1.RESERVED), frame));
    assertEquals(
        List.of("fail MESSAGE_TOO_LARGE"),
        Feed.frames(() -> WebSocketReader.server(limits, Rsv1.RESERVED), masked(BINARY, "")));
  }

  /** Messages of 1 to 16 MiB in fragments from 64 bytes to 4 MiB, as a stream. */
  @ParameterizedTest
  @CsvSource({
    "1048576,64",
    "1048576,256",
    "1048576,4096",
    "4194304,1024",
    "4194304,1048576",
    "16777216,65536",
    "16777216,4194304"
  })
  void largeMessagesInFragments(int size, int fragment) {
    WebSocketLimits limits = Feed.LIMITS.withMaxMessageBytes(16 << 20).withMaxFrameBytes(16 << 20);
    MessageReader reader = MessageReader.server(limits);
    byte[] payload = new byte[fragment];
    Arrays.fill(payload, (byte) 'a');
    byte[] first = masked(TEXT, payload);
    byte[] next = masked(CONTINUATION, payload);
    byte[] last = masked(FIN | CONTINUATION, payload);
    ByteBuffer in = ByteBuffer.allocateDirect(last.length);
    int count = size / fragment;
    MessageEvent event = reader.next(in.put(first).flip());
    for (int i = 1; i < count; i++) {
      assertEquals(NeedInput.INSTANCE, event);
      event = reader.next(in.clear().put(i + 1 < count ? next : last).flip());
    }
    Message message = (Message) event;
    assertEquals(size, message.payload().remaining());
    assertEquals(size, message.text().chars().filter(c -> c == 'a').count());
  }

  @Test
  void limitsAreChecked() {
    assertEquals(new WebSocketLimits(10 << 20, 10 << 20, 64, 64), WebSocketLimits.defaults());
    assertEquals(
        new WebSocketLimits(1000, 2000, 3, 4),
        WebSocketLimits.defaults()
            .withMaxFrameBytes(1000)
            .withMaxMessageBytes(2000)
            .withMinFragmentCharge(3)
            .withMaxHandshakeElements(4));
    assertThrows(IllegalArgumentException.class, () -> SMALL.withMaxFrameBytes(124));
    assertThrows(IllegalArgumentException.class, () -> SMALL.withMaxMessageBytes(1L << 61));
    assertThrows(IllegalArgumentException.class, () -> SMALL.withMinFragmentCharge(-1));
    assertThrows(IllegalArgumentException.class, () -> SMALL.withMaxHandshakeElements(0));
  }

  private static void drain(WebSocketReader reader, byte[] frame) {
    ByteBuffer in = ByteBuffer.wrap(frame);
    FrameEvent event = reader.next(in);
    while (event != NeedInput.INSTANCE) {
      event = reader.next(in);
    }
  }
}
