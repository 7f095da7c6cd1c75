package io.roadrunner.websocket;

import static io.roadrunner.websocket.Frames.BINARY;
import static io.roadrunner.websocket.Frames.CONTINUATION;
import static io.roadrunner.websocket.Frames.FIN;
import static io.roadrunner.websocket.Frames.PING;
import static io.roadrunner.websocket.Frames.RSV1;
import static io.roadrunner.websocket.Frames.TEXT;
import static io.roadrunner.websocket.Frames.hex;
import static io.roadrunner.websocket.Frames.masked;
import static io.roadrunner.websocket.Frames.unmasked;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PipelineTest {

  /**
   * Stands for decompression: each byte of input is a count, followed by the byte to repeat so
   * often; a count of zero is malformed. Puts out at most four bytes at a time, from one buffer
   * used again.
   */
  private static final class RunLengths implements PayloadTransform {
    private final ByteBuffer piece = ByteBuffer.allocate(4);
    private int count = -1;
    private long produced;

    @Override
    public void transform(ByteBuffer compressed, PayloadSink out) {
      while (compressed.hasRemaining()) {
        int b = compressed.get() & 0xFF;
        if (count < 0) {
          count = b;
        } else {
          repeat((byte) b, out);
          count = -1;
        }
      }
    }

    private void repeat(byte b, PayloadSink out) {
      if (count == 0) {
        throw WebSocketViolation.BAD_COMPRESSION.exception();
      }
      for (int left = count; left > 0; left -= piece.limit()) {
        piece.clear().limit(Math.min(left, 4));
        for (int i = 0; i < piece.limit(); i++) {
          piece.put(i, b);
        }
        produced += piece.limit();
        out.accept(piece);
      }
    }

    @Override
    public void end(PayloadSink out) {
      if (count >= 0) {
        throw WebSocketViolation.BAD_COMPRESSION.exception();
      }
      out.accept(ByteBuffer.wrap(new byte[] {'.'}));
    }
  }

  private static List<String> server(byte[]... frames) {
    return Feed.messages(() -> MessageReader.server(Feed.LIMITS, new RunLengths()), frames);
  }

  @Test
  void compressedAndPlainMessagesTakeTurns() {
    assertEquals(
        List.of("text aaabbbbbbbbbb.", "text plain", "binary 0000002e"),
        server(
            masked(FIN | RSV1 | TEXT, hex("03 61 0a 62")),
            masked(FIN | TEXT, "plain"),
            masked(FIN | RSV1 | BINARY, hex("03 00"))));
  }

  @Test
  void fragmentsOfACompressedMessage() {
    assertEquals(
        List.of("ping 70", "text aaabbbbb."),
        server(
            masked(RSV1 | TEXT, hex("03")),
            masked(CONTINUATION, hex("61 05")),
            masked(FIN | PING, "p"),
            masked(FIN | CONTINUATION, hex("62"))));
  }

  @Test
  void aClientDecompresses() {
    assertEquals(
        List.of("text aa."),
        Feed.messages(
            () -> MessageReader.client(Feed.LIMITS, new RunLengths()),
            unmasked(FIN | RSV1 | TEXT, hex("02 61"))));
  }

  @Test
  @DisplayName("D02: payload that cannot be decompressed")
  void malformed() {
    assertEquals(List.of("fail BAD_COMPRESSION"), server(masked(FIN | RSV1 | TEXT, hex("00 61"))));
    assertEquals(List.of("fail BAD_COMPRESSION"), server(masked(FIN | RSV1 | TEXT, hex("05"))));
  }

  @Test
  @DisplayName("W11: text is checked behind decompression, within and at the end")
  void textBehindDecompression() {
    assertEquals(List.of("text €."), server(masked(FIN | RSV1 | TEXT, hex("01 e2 01 82 01 ac"))));
    assertEquals(
        List.of("fail BAD_TEXT"), server(masked(FIN | RSV1 | TEXT, hex("01 e2 02 82 01 ac"))));
    assertEquals(List.of("fail BAD_TEXT"), server(masked(FIN | RSV1 | TEXT, hex("01 f4"))));
  }

  @Test
  @DisplayName("D01: the message limit holds behind decompression, which stops there")
  void bomb() {
    WebSocketLimits limits = Feed.LIMITS.withMaxMessageBytes(125);
    RunLengths decompression = new RunLengths();
    MessageReader reader = MessageReader.server(limits, decompression);
    ByteBuffer in = ByteBuffer.wrap(masked(FIN | RSV1 | TEXT, hex("7c 61 ff 61")));
    WebSocketException e = assertThrows(WebSocketException.class, () -> reader.next(in));
    assertEquals(WebSocketViolation.MESSAGE_TOO_LARGE, e.violation());
    assertEquals(128, decompression.produced);
  }

  @Test
  @DisplayName("W09: the message limit is for each message anew")
  void limitOfEachMessage() {
    WebSocketLimits limits = Feed.LIMITS.withMaxMessageBytes(125);
    byte[] frame = masked(FIN | RSV1 | TEXT, hex("7c 61"));
    String line = "text " + "a".repeat(124) + ".";
    assertEquals(
        List.of(line, line),
        Feed.messages(() -> MessageReader.server(limits, new RunLengths()), frame, frame));
  }

  @Test
  void aStreamOfPlainPayloadKeepsNothing() {
    List<String> pieces = new ArrayList<>();
    PayloadPipeline pipeline =
        PayloadPipeline.plain(Feed.LIMITS, piece -> pieces.add(Feed.hex(piece)));
    pipeline.start(MessageStart.of(MessageKind.TEXT, PayloadForm.PLAIN));
    pipeline.bytes(ByteBuffer.wrap(hex("61 e2")));
    pipeline.bytes(ByteBuffer.wrap(hex("82")));
    assertThrows(WebSocketException.class, pipeline::end);
    assertEquals(List.of("61e2", "82"), pieces);
  }

  @Test
  void aPlainPipelineCannotTakeCompressedMessages() {
    PayloadPipeline pipeline = PayloadPipeline.plain(Feed.LIMITS, piece -> {});
    MessageStart start = new MessageStart(MessageKind.TEXT, PayloadForm.COMPRESSED);
    assertThrows(IllegalStateException.class, () -> pipeline.start(start));
  }

  @Test
  void aWholeMessageInTheBufferIsNotCopied() {
    byte[] frame = masked(FIN | BINARY, hex("01 02 03"));
    ByteBuffer in = ByteBuffer.wrap(frame);
    Message message = (Message) MessageReader.server(Feed.LIMITS).next(in);
    assertSame(frame, message.payload().array());
    assertEquals(0, in.remaining());
  }

  @Test
  void anAssembledMessageStaysWhenTheBufferChanges() {
    MessageReader reader = MessageReader.server(Feed.LIMITS);
    ByteBuffer first = ByteBuffer.wrap(masked(BINARY, hex("01 02 03")));
    assertEquals(NeedInput.INSTANCE, reader.next(first));
    Arrays.fill(first.array(), (byte) 9);
    ByteBuffer last = ByteBuffer.wrap(masked(FIN | CONTINUATION, hex("04")));
    assertEquals("binary 01020304", Feed.line(reader.next(last)));
  }

  @Test
  void memoryIsNotTakenForWhatAHeaderOnlyClaims() {
    MessageStore store = new MessageStore();
    store.add(ByteBuffer.wrap(new byte[3]));
    store.keep();
    assertTrue(store.take().array().length <= 256);
    assertEquals(0, store.take().remaining());
  }

  @Test
  void moreThanAnArrayHoldsIsTooLarge() {
    MessageStore store = new MessageStore();
    store.add(ByteBuffer.wrap(new byte[100]));
    store.keep();
    assertThrows(WebSocketException.class, () -> store.checkRoom(Integer.MAX_VALUE - 107));
    store.checkRoom(Integer.MAX_VALUE - 108);
  }

  @Test
  void textLeavesThePayloadAlone() {
    Message message = new Message(MessageKind.TEXT, ByteBuffer.wrap(hex("61 62")));
    assertEquals("ab", message.text());
    assertEquals("ab", message.text());
  }
}
