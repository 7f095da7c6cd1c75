package io.roadrunner.websocket;

import static io.roadrunner.websocket.Frames.BINARY;
import static io.roadrunner.websocket.Frames.CLOSE;
import static io.roadrunner.websocket.Frames.CONTINUATION;
import static io.roadrunner.websocket.Frames.FIN;
import static io.roadrunner.websocket.Frames.PING;
import static io.roadrunner.websocket.Frames.PONG;
import static io.roadrunner.websocket.Frames.RSV1;
import static io.roadrunner.websocket.Frames.TEXT;
import static io.roadrunner.websocket.Frames.hex;
import static io.roadrunner.websocket.Frames.join;
import static io.roadrunner.websocket.Frames.masked;
import static io.roadrunner.websocket.Frames.unmasked;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramingTest {

  @Nested
  class S5_1_Overview {
    @Test
    @DisplayName("W04: a server refuses an unmasked frame by its header alone")
    void unmaskedFromClient() {
      assertEquals(List.of("fail MISSING_MASK"), Feed.server(unmasked(FIN | TEXT, hex("61"))));
      assertEquals(List.of("fail MISSING_MASK"), Feed.server(hex("8200")));
      assertEquals(List.of("fail MISSING_MASK"), Feed.server(hex("8900")));
    }

    @Test
    void maskedFromServer() {
      assertEquals(List.of("fail UNEXPECTED_MASK"), Feed.client(masked(FIN | TEXT, "a")));
      assertEquals(List.of("fail UNEXPECTED_MASK"), Feed.client(hex("8980")));
    }

    @Test
    void aServerCannotUnmaskAReadOnlyBuffer() {
      ByteBuffer in = ByteBuffer.wrap(masked(FIN | TEXT, "a")).asReadOnlyBuffer();
      MessageReader reader = MessageReader.server(Feed.LIMITS);
      assertThrows(IllegalArgumentException.class, () -> reader.next(in));
    }

    @Test
    void aClientReadsAReadOnlyBuffer() {
      ByteBuffer in = ByteBuffer.wrap(unmasked(FIN | TEXT, hex("61"))).asReadOnlyBuffer();
      assertEquals("text a", Feed.line(MessageReader.client(Feed.LIMITS).next(in)));
    }
  }

  @Nested
  class S5_2_BaseFraming {
    @ParameterizedTest
    @ValueSource(
        ints = {0, 1, 2, 7, 8, 9, 31, 33, 124, 125, 126, 127, 128, 65535, 65536, 65537, 200_000})
    void everyFormOfLengthInBothRoles(int length) {
      byte[] payload = Frames.bytes(length);
      List<String> expected = List.of("binary " + HexFormat.of().formatHex(payload), "ping ");
      byte[] ping = masked(FIN | PING, "");
      assertEquals(expected, Feed.server(masked(FIN | BINARY, payload), ping));
      assertEquals(
          expected,
          Feed.client(unmasked(FIN | BINARY, payload), unmasked(FIN | PING, new byte[0])));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 125, 126, 127, 128, 65535, 65536})
    void textOfEveryFormOfLength(int length) {
      String text = "*".repeat(length);
      assertEquals(List.of("text " + text), Feed.server(masked(FIN | TEXT, text)));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70})
    @DisplayName("W05: reserved bits without an extension")
    void reservedBits(int bits) {
      for (int opcode : new int[] {TEXT, BINARY, CLOSE, PING, PONG}) {
        assertEquals(
            List.of("fail RESERVED_BIT"), Feed.server(masked(FIN | bits | opcode, new byte[0])));
      }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {0x10, 0x20, 0x30, 0x50, 0x60, 0x70})
    @DisplayName("W05: RSV2 and RSV3 although compression is agreed on")
    void otherBitsWithCompression(int bits) {
      assertEquals(
          List.of("fail RESERVED_BIT"), compressed(masked(FIN | bits | TEXT, new byte[0])));
    }

    @Test
    @DisplayName("W05: RSV1 marks compression on the first frame only")
    void rsv1() {
      assertEquals(
          List.of("start TEXT COMPRESSED", "bytes 6162", "end", "start BINARY PLAIN", "end"),
          compressed(
              masked(RSV1 | TEXT, "a"),
              masked(FIN | CONTINUATION, "b"),
              masked(FIN | BINARY, new byte[0])));
      assertEquals(
          List.of("start BINARY COMPRESSED", "bytes 61", "fail COMPRESSED_CONTINUATION"),
          compressed(masked(RSV1 | BINARY, "a"), masked(FIN | RSV1 | CONTINUATION, "b")));
      for (int opcode : new int[] {CLOSE, PING, PONG}) {
        assertEquals(
            List.of("fail COMPRESSED_CONTINUATION"), compressed(masked(FIN | RSV1 | opcode, "")));
      }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    @DisplayName("W06: reserved opcodes")
    void reservedOpcodes(int opcode) {
      assertEquals(List.of("fail RESERVED_OPCODE"), Feed.server(masked(FIN | opcode, "")));
      assertEquals(List.of("fail RESERVED_OPCODE"), Feed.server(masked(opcode, "x")));
      assertEquals(
          List.of("text a", "fail RESERVED_OPCODE"),
          Feed.server(masked(FIN | TEXT, "a"), masked(FIN | opcode, "")));
    }

    @ParameterizedTest
    @CsvSource({"0,2", "125,2", "0,8", "125,8", "126,8", "65535,8"})
    @DisplayName("W08: length in more bytes than needed")
    void lengthNotMinimal(long length, int bytes) {
      assertEquals(
          List.of("fail LENGTH_NOT_MINIMAL"),
          Feed.server(Frames.header(FIN | BINARY, 0x80, length, bytes)));
      assertEquals(
          List.of("fail LENGTH_NOT_MINIMAL"),
          Feed.client(Frames.header(FIN | BINARY, 0, length, bytes)));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, Long.MIN_VALUE + 5})
    @DisplayName("W08: length with the top bit set")
    void lengthTopBit(long length) {
      assertEquals(
          List.of("fail LENGTH_TOP_BIT"),
          Feed.server(Frames.header(FIN | BINARY, 0x80, length, 8)));
    }

    @Test
    @DisplayName("W08: a length of 2^62 is refused before anything is allocated")
    void hugeLength() {
      assertEquals(
          List.of("fail FRAME_TOO_LARGE"),
          Feed.server(Frames.header(FIN | BINARY, 0x80, 1L << 62, 8)));
      assertEquals(
          List.of("fail FRAME_TOO_LARGE"),
          Feed.server(Frames.header(FIN | BINARY, 0x80, Long.MAX_VALUE, 8)));
    }

    @Test
    void headersAreReadInNetworkOrderWhateverTheBufferSays() {
      byte[] frame = masked(FIN | BINARY, Frames.bytes(70_000));
      ByteBuffer in = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
      MessageEvent event = MessageReader.server(Feed.LIMITS).next(in);
      assertEquals("binary " + HexFormat.of().formatHex(Frames.bytes(70_000)), Feed.line(event));
    }

    private List<String> compressed(byte[]... frames) {
      return Feed.frames(() -> WebSocketReader.server(Feed.LIMITS, Rsv1.MARKS_COMPRESSION), frames);
    }
  }

  @Nested
  class S5_4_Fragmentation {
    @Test
    void aMessageInThreeWithControlFramesBetween() {
      assertEquals(
          List.of("ping 31", "pong 32", "text abc", "text d"),
          Feed.server(
              masked(TEXT, "a"),
              masked(FIN | PING, "1"),
              masked(CONTINUATION, "b"),
              masked(FIN | PONG, "2"),
              masked(FIN | CONTINUATION, "c"),
              masked(FIN | TEXT, "d")));
    }

    @Test
    void emptyFragmentsAreLegal() {
      assertEquals(
          List.of("text ", "binary 00"),
          Feed.server(
              masked(TEXT, ""),
              masked(CONTINUATION, ""),
              masked(FIN | CONTINUATION, ""),
              masked(BINARY, ""),
              masked(CONTINUATION, new byte[1]),
              masked(FIN | CONTINUATION, "")));
    }

    @Test
    @DisplayName("W07: continuation first")
    void continuationFirst() {
      assertEquals(
          List.of("fail UNEXPECTED_CONTINUATION"), Feed.server(masked(FIN | CONTINUATION, "a")));
      assertEquals(List.of("fail UNEXPECTED_CONTINUATION"), Feed.server(masked(CONTINUATION, "a")));
      assertEquals(
          List.of("text a", "fail UNEXPECTED_CONTINUATION"),
          Feed.server(masked(FIN | TEXT, "a"), masked(FIN | CONTINUATION, "b")));
      assertEquals(
          List.of("text ab", "fail UNEXPECTED_CONTINUATION"),
          Feed.server(
              masked(TEXT, "a"), masked(FIN | CONTINUATION, "b"), masked(CONTINUATION, "c")));
    }

    @ParameterizedTest
    @ValueSource(ints = {TEXT, BINARY, FIN | TEXT, FIN | BINARY})
    @DisplayName("W07: new data frame within a message")
    void newMessageWithinAMessage(int first) {
      assertEquals(
          List.of("ping ", "fail INTERRUPTED_MESSAGE"),
          Feed.server(masked(TEXT, "a"), masked(FIN | PING, ""), masked(first, "b")));
    }

    /** All ways to put fragments and pings in a row, four frames long, against a model. */
    @Test
    void allInterleavings() {
      int[] firsts = {
        TEXT, FIN | TEXT, BINARY, FIN | BINARY, CONTINUATION, FIN | CONTINUATION, FIN | PING
      };
      for (int code = 0; code < 7 * 7 * 7 * 7; code++) {
        int[] row = {
          firsts[code % 7], firsts[code / 7 % 7], firsts[code / 49 % 7], firsts[code / 343]
        };
        byte[] bytes = new byte[0];
        for (int first : row) {
          bytes = join(bytes, masked(first, "x"));
        }
        byte[] all = bytes;
        MessageReader reader = MessageReader.server(Feed.LIMITS);
        assertEquals(FragmentModel.expect(row), drain(reader, ByteBuffer.wrap(all)));
      }
    }

    private List<String> drain(MessageReader reader, ByteBuffer in) {
      List<String> log = new ArrayList<>();
      try {
        MessageEvent event = reader.next(in);
        while (event != NeedInput.INSTANCE) {
          log.add(Feed.line(event));
          event = reader.next(in);
        }
      } catch (WebSocketException e) {
        log.add("fail " + e.violation());
      }
      return log;
    }
  }

  @Nested
  class S5_5_ControlFrames {
    @ParameterizedTest
    @ValueSource(ints = {CLOSE, PING, PONG})
    @DisplayName("W06: fragmented or over-long control frames")
    void badControlFrames(int opcode) {
      assertEquals(List.of("fail FRAGMENTED_CONTROL"), Feed.server(masked(opcode, "")));
      assertEquals(
          List.of("fail CONTROL_TOO_LONG"), Feed.server(masked(FIN | opcode, new byte[126])));
      assertEquals(
          List.of("fail CONTROL_TOO_LONG"), Feed.server(Frames.header(FIN | opcode, 0x80, 5, 8)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 8, 125})
    void pingsAndPongs(int length) {
      byte[] payload = Frames.bytes(length);
      String text = HexFormat.of().formatHex(payload);
      assertEquals(
          List.of("ping " + text, "pong " + text),
          Feed.server(masked(FIN | PING, payload), masked(FIN | PONG, payload)));
      assertEquals(
          List.of("ping " + text, "pong " + text),
          Feed.client(unmasked(FIN | PING, payload), unmasked(FIN | PONG, payload)));
    }

    @Test
    void tenPingsInARow() {
      byte[] pings = new byte[0];
      for (int i = 0; i < 10; i++) {
        pings = join(pings, masked(FIN | PING, new byte[] {(byte) i}));
      }
      assertEquals(
          List.of(
              "ping 00", "ping 01", "ping 02", "ping 03", "ping 04", "ping 05", "ping 06",
              "ping 07", "ping 08", "ping 09"),
          Feed.server(pings));
    }
  }

  @Nested
  class S5_7_Examples {
    @Test
    void vectorsOfTheRfc() {
      assertEquals(List.of("text Hello"), Feed.client(hex("81 05 48 65 6c 6c 6f")));
      assertEquals(List.of("text Hello"), Feed.server(hex("81 85 37 fa 21 3d 7f 9f 4d 51 58")));
      assertEquals(List.of("text Hello"), Feed.client(hex("01 03 48 65 6c"), hex("80 02 6c 6f")));
      assertEquals(List.of("ping 48656c6c6f"), Feed.client(hex("89 05 48 65 6c 6c 6f")));
      assertEquals(
          List.of("pong 48656c6c6f"), Feed.server(hex("8a 85 37 fa 21 3d 7f 9f 4d 51 58")));
    }
  }

  @Test
  void aReaderThatFailedThrowsTheSameAgain() {
    WebSocketReader frames = WebSocketReader.server(Feed.LIMITS, Rsv1.RESERVED);
    MessageReader messages = MessageReader.server(Feed.LIMITS);
    for (int i = 0; i < 2; i++) {
      ByteBuffer in = ByteBuffer.wrap(i == 0 ? hex("8100") : masked(FIN | TEXT, "a"));
      ByteBuffer copy = ByteBuffer.wrap(in.array().clone());
      WebSocketException first = assertThrows(WebSocketException.class, () -> frames.next(in));
      WebSocketException other = assertThrows(WebSocketException.class, () -> messages.next(copy));
      assertEquals(WebSocketViolation.MISSING_MASK, first.violation());
      assertEquals(WebSocketViolation.MISSING_MASK, other.violation());
      assertEquals(0, first.getStackTrace().length);
      assertEquals("unmasked frame from a client, RFC 6455 §5.1", first.getMessage());
    }
  }
}
