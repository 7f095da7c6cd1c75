package io.roadrunner.websocket;

import static io.roadrunner.websocket.Frames.CONTINUATION;
import static io.roadrunner.websocket.Frames.FIN;
import static io.roadrunner.websocket.Frames.TEXT;
import static io.roadrunner.websocket.Frames.hex;
import static io.roadrunner.websocket.Frames.join;
import static io.roadrunner.websocket.Frames.masked;
import static io.roadrunner.websocket.Frames.utf8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 §8.1 and RFC 3629. */
class Utf8Test {

  @Test
  void everyCharacterThereIs() {
    for (int code = 0; code <= Character.MAX_CODE_POINT; code++) {
      if (code < 0xD800 || code > 0xDFFF) {
        byte[] bytes = utf8(Character.toString(code));
        assertEquals(-1, firstImpossible(bytes));
      }
    }
  }

  /** Decides for every start of up to three bytes what the JDK's decoder decides, in all places. */
  @Test
  @DisplayName("W11: the first impossible byte, for every pair and triple of bytes")
  void everyTripleOfBytes() {
    byte[] bytes = new byte[16];
    for (int first = 0x7F; first <= 0xFF; first++) {
      for (int second = 0x70; second <= 0xFF; second++) {
        for (int third : new int[] {0x00, 0x7F, 0x80, 0x8F, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF}) {
          Arrays.fill(bytes, (byte) 'x');
          bytes[2] = (byte) first;
          bytes[3] = (byte) second;
          bytes[4] = (byte) third;
          assertEquals(byteByByte(bytes), whole(bytes, ByteBuffer.wrap(bytes)));
          assertEquals(jdkSaysValid(bytes), byteByByte(bytes) < 0);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "80, 0",
    "bf, 0",
    "c0 80, 0",
    "c1 bf, 0",
    "c2 7f, 1",
    "c2 c0, 1",
    "e0 80 80, 1",
    "e0 9f bf, 1",
    "e1 80 7f, 2",
    "ed a0 80, 1",
    "ed bf bf, 1",
    "ed ad bf ed b0 80, 1",
    "f0 80 80 80, 1",
    "f0 8f bf bf, 1",
    "f4 90 80 80, 1",
    "f5 80 80 80, 0",
    "f8 88 80 80 80, 0",
    "fc 84 80 80 80 80, 0",
    "fe, 0",
    "ff, 0",
    "e2 82 e2, 2",
    "f1 80 80 41, 3",
    "f1 80 c0 80, 2",
    "f0 90 80 ff, 3",
    "41 42 43 44 45 46 47 c0, 7",
    "41 42 43 44 45 46 47 48 c2 41, 9",
    "ce ba e1 bd b9 cf 83 ce bc ce b5 f4 90 80 80, 12"
  })
  @DisplayName("W11: overlong, surrogate, past U+10FFFF and stray bytes")
  void firstImpossibleByte(String text, int at) {
    byte[] bytes = hex(text);
    assertEquals(at, firstImpossible(bytes));
    for (int ahead = 0; ahead <= 40; ahead++) {
      byte[] behindAscii = join(utf8("a".repeat(ahead)), bytes, utf8("b".repeat(17)));
      assertEquals(ahead + at, firstImpossible(behindAscii));
    }
    assertEquals(List.of("fail BAD_TEXT"), Feed.server(masked(FIN | TEXT, bytes)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"c2", "e0 a0", "e2 82", "ed 9f", "f0 90 80", "f4 8f bf", "41 f4"})
  @DisplayName("W11: text that ends within a character")
  void truncated(String text) {
    assertEquals(-1, firstImpossible(hex(text)));
    assertEquals(List.of("fail BAD_TEXT"), Feed.server(masked(FIN | TEXT, hex(text))));
    assertEquals(
        List.of("fail BAD_TEXT"),
        Feed.server(masked(TEXT, hex(text)), masked(FIN | CONTINUATION, "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "κόσμε", "Hello-µ@ßöäüàá-UTF-8!!", "\u007F\u0080\u07FF\u0800\uD7FF\uE000\uFFFD\uFFFF",
        "\uD800\uDC00\uDBFF\uDFFF", "𝄞𝄞𝄞𝄞", "日本語日本語日本語日本語", "abcdefgh日本語abcdefghijklmnopäöü"
      })
  @DisplayName("W11: valid text, cut into two fragments and two reads at every byte")
  void cutAnywhere(String text) {
    byte[] bytes = utf8(text);
    assertEquals(List.of("text " + text), Feed.server(masked(FIN | TEXT, bytes)));
    for (int cut = 0; cut <= bytes.length; cut++) {
      byte[] first = masked(TEXT, Arrays.copyOfRange(bytes, 0, cut));
      byte[] last = masked(FIN | CONTINUATION, Arrays.copyOfRange(bytes, cut, bytes.length));
      assertEquals(List.of("text " + text), Feed.server(first, last));
    }
  }

  @Test
  @DisplayName("W11: an impossible byte fails the connection before its frame is complete")
  void failsFastWithinAFrame() {
    byte[] frame = masked(FIN | TEXT, join(utf8("κόσμε"), hex("f4 90"), new byte[1000]));
    int upToImpossible = 8 + utf8("κόσμε").length + 2;
    MessageReader reader = MessageReader.server(Feed.LIMITS);
    ByteBuffer before = ByteBuffer.wrap(Arrays.copyOf(frame, upToImpossible - 1));
    assertEquals(NeedInput.INSTANCE, reader.next(before));
    ByteBuffer impossible = ByteBuffer.wrap(new byte[] {frame[upToImpossible - 1]});
    WebSocketException e = assertThrows(WebSocketException.class, () -> reader.next(impossible));
    assertEquals(1007, e.violation().closeCode());
  }

  @Test
  void binaryIsNotLookedAt() {
    assertEquals(List.of("binary ffc080"), Feed.server(masked(FIN | Frames.BINARY, hex("ffc080"))));
  }

  @Test
  void oneValidatorServesManyTexts() {
    Utf8Validator validator = new Utf8Validator();
    for (String text : List.of("a", "ä", "€", "𝄞")) {
      validator.check(ByteBuffer.wrap(utf8(text)));
      assertDoesNotThrow(validator::end);
    }
  }

  /** Random mixtures of valid characters and, now and then, one wrong byte. */
  @Test
  void longMixturesOnHeapAndDirect() {
    Random random = new Random(6455);
    for (int round = 0; round < 300; round++) {
      StringBuilder text = new StringBuilder();
      int[] tops = {0x80, 0x80, 0x800, 0xD800, 0x110000};
      for (int i = 0; i < 60; i++) {
        int top = tops[random.nextInt(1 + round % 5)];
        int code = random.nextInt(top);
        text.appendCodePoint(code >= 0xD800 && code < 0xE000 ? 'x' : code);
      }
      byte[] bytes = utf8(text.toString());
      if (round % 2 == 1) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      assertEquals(jdkSaysValid(bytes), valid(ByteBuffer.wrap(bytes)));
      assertEquals(byteByByte(bytes), whole(bytes, ByteBuffer.wrap(bytes)));
    }
  }

  /** Index of the byte that is refused, the same for heap, direct and byte by byte; or -1. */
  private static int firstImpossible(byte[] bytes) {
    int at = byteByByte(bytes);
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    assertEquals(at, whole(bytes, ByteBuffer.wrap(bytes)));
    assertEquals(at, whole(bytes, direct));
    return at;
  }

  private static int byteByByte(byte[] bytes) {
    Utf8Validator validator = new Utf8Validator();
    for (int i = 0; i < bytes.length; i++) {
      if (!accepts(validator, ByteBuffer.wrap(bytes, i, 1))) {
        return i;
      }
    }
    return -1;
  }

  /** The shortest beginning that is refused in one piece; only looked for if the whole is. */
  private static int whole(byte[] bytes, ByteBuffer buffer) {
    if (accepts(new Utf8Validator(), buffer)) {
      return -1;
    }
    for (int length = 1; length < bytes.length; length++) {
      if (!accepts(new Utf8Validator(), buffer.duplicate().limit(length))) {
        return length - 1;
      }
    }
    return bytes.length - 1;
  }

  private static boolean valid(ByteBuffer bytes) {
    Utf8Validator validator = new Utf8Validator();
    try {
      validator.check(bytes);
      validator.end();
      return true;
    } catch (WebSocketException e) {
      return false;
    }
  }

  private static boolean accepts(Utf8Validator validator, ByteBuffer bytes) {
    try {
      validator.check(bytes);
      return true;
    } catch (WebSocketException e) {
      assertEquals(WebSocketViolation.BAD_TEXT, e.violation());
      return false;
    }
  }

  private static boolean jdkSaysValid(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), out, true);
    return result.isUnderflow();
  }
}
