package io.roadrunner.deflate;

import static io.roadrunner.deflate.Messages.ascii;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.conformance.WindowDecoder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S7_2_1_CompressionTest {

  private static final DeflateConfig CONFIG = DeflateConfig.defaults();

  private static MessageDeflater deflater(int bits, DeflateConfig config) {
    return MessageDeflater.server(
        Messages.parameters(bits, ContextTakeover.ALLOWED), config, NativeCodecs.unpooled());
  }

  private static ByteBuffer roomFor(int size) {
    return ByteBuffer.allocate(size + MessageDeflater.EXTRA_ROOM);
  }

  private static byte[] written(ByteBuffer out) {
    byte[] bytes = new byte[out.position()];
    out.get(0, bytes);
    return bytes;
  }

  /** Whatever does not fit into one output is the same in many. */
  @ParameterizedTest
  @CsvSource({"15, 16", "15, 17", "15, 1000", "8, 16", "8, 21", "11, 100"})
  void outputOfAnySize(int bits, int room) {
    WindowDecoder decoder = new WindowDecoder(1 << bits);
    try (MessageDeflater deflater = Messages.deflater(bits, ContextTakeover.ALLOWED);
        MessageInflater inflater = Messages.inflater()) {
      for (int size : new int[] {1, 2, 100, 5000, 300, 20000}) {
        for (byte[] message : new byte[][] {Messages.text(size, 5), Messages.random(size, 6)}) {
          byte[] payload = Messages.deflate(deflater, message, 777, room);
          assertArrayEquals(message, decoder.message(payload));
          assertArrayEquals(message, Messages.inflate(inflater, payload));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65})
  void shortMessagesStayPlain(int threshold) {
    try (MessageDeflater deflater = deflater(15, CONFIG.withMinMessageBytes(threshold))) {
      // From 4 to 7 it depends.
      for (int size = 0; size < 80; size += size == 3 ? 5 : 1) {
        ByteBuffer plain = ByteBuffer.wrap(new byte[size]);
        ByteBuffer out = roomFor(size);
        MessageForm form = deflater.message(plain, out);
        if (size < threshold || size < 4) {
          assertEquals(MessageForm.PLAIN, form, "" + size);
          assertEquals(0, plain.position());
          assertEquals(0, out.position());
        } else {
          assertEquals(MessageForm.COMPRESSED, form, "" + size);
          assertEquals(size, plain.position());
          assertTrue(out.position() < size);
        }
        assertEquals(out.capacity(), out.limit());
        assertEquals(size, plain.limit());
      }
    }
  }

  /** What stayed plain must not be referred to: the peer's window does not have it. */
  @ParameterizedTest
  @ValueSource(ints = {8, 10, 13, 15})
  void messagesThatDoNotShrinkStayPlainAndOutOfTheWindow(int bits) {
    WindowDecoder decoder = new WindowDecoder(1 << bits);
    byte[] noise = Messages.random(200, 9);
    byte[] twice = Arrays.copyOf(noise, 400);
    System.arraycopy(noise, 0, twice, 200, 200);
    byte[][] messages = {Messages.text(150, 1), noise, twice, noise, Messages.text(150, 1)};
    int plainCount = 0;
    try (MessageDeflater deflater = deflater(bits, CONFIG);
        MessageInflater inflater = Messages.inflater()) {
      for (byte[] message : messages) {
        ByteBuffer plain = ByteBuffer.wrap(message);
        ByteBuffer out = roomFor(message.length);
        if (deflater.message(plain, out) == MessageForm.PLAIN) {
          plainCount++;
          assertEquals(0, plain.position());
          assertEquals(0, out.position());
        } else {
          assertArrayEquals(message, decoder.message(written(out)));
          assertArrayEquals(message, Messages.inflate(inflater, written(out)));
        }
      }
    }
    assertEquals(bits == 8 ? 2 : 1, plainCount);
  }

  /** A payload is always shorter than its message, to the octet. */
  @Test
  void shrinksOrStaysPlain() {
    try (MessageInflater inflater = Messages.inflater()) {
      for (int distinct = 1; distinct <= 64; distinct++) {
        byte[] message = Messages.random(64, distinct);
        Arrays.fill(message, distinct, 64, (byte) 'x');
        ByteBuffer out = roomFor(64);
        try (MessageDeflater parts = Messages.deflater(15, ContextTakeover.ALLOWED);
            MessageDeflater whole = deflater(15, CONFIG)) {
          byte[] payload = Messages.deflate(parts, message);
          MessageForm form = whole.message(ByteBuffer.wrap(message), out);
          assertEquals(payload.length < 64 ? MessageForm.COMPRESSED : MessageForm.PLAIN, form);
          if (form == MessageForm.COMPRESSED) {
            assertArrayEquals(payload, written(out));
            assertArrayEquals(message, Messages.inflate(inflater, payload));
          }
        }
      }
    }
  }

  @Test
  void leavesTheRestOfTheBuffersAlone() {
    ByteBuffer plain = ByteBuffer.wrap(ascii("..aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa..")).position(2);
    plain.limit(32);
    ByteBuffer out = ByteBuffer.allocate(80).position(7);
    byte[] payload;
    try (MessageDeflater deflater = Messages.deflater(15, ContextTakeover.NONE)) {
      assertEquals(MessageForm.COMPRESSED, deflater.message(plain, out));
      payload = Messages.deflate(deflater, ascii("a".repeat(30)));
    }
    assertEquals(32, plain.position());
    assertEquals(32, plain.limit());
    assertEquals(80, out.limit());
    assertArrayEquals(payload, Arrays.copyOfRange(out.array(), 7, out.position()));
  }

  @Test
  void refusesWhatTheCallerGotWrong() {
    try (MessageDeflater deflater = Messages.deflater(15, ContextTakeover.ALLOWED)) {
      ByteBuffer plain = ByteBuffer.allocate(100);
      assertThrows(
          IllegalArgumentException.class, () -> deflater.message(plain, ByteBuffer.allocate(103)));
      assertThrows(
          IllegalArgumentException.class,
          () -> deflater.deflate(plain, Part.LAST, ByteBuffer.allocate(15)));
      ByteBuffer out = ByteBuffer.allocate(104);
      assertEquals(Progress.NEED_INPUT, deflater.deflate(plain, Part.MORE, out));
      assertThrows(IllegalStateException.class, () -> deflater.message(plain, out));
      assertEquals(Progress.MESSAGE_END, deflater.deflate(plain, Part.LAST, out));
      assertEquals(MessageForm.COMPRESSED, deflater.message(plain.rewind(), out.clear()));
    }
  }

  @Test
  void emptyPartsAreNoEnd() {
    ByteBuffer nothing = ByteBuffer.allocate(0);
    ByteBuffer out = ByteBuffer.allocate(100);
    try (MessageDeflater deflater = Messages.deflater(15, ContextTakeover.ALLOWED)) {
      assertEquals(Progress.NEED_INPUT, deflater.deflate(nothing, Part.MORE, out));
      assertEquals(
          Progress.NEED_INPUT, deflater.deflate(ByteBuffer.wrap(ascii("Hello")), Part.MORE, out));
      assertEquals(Progress.NEED_INPUT, deflater.deflate(nothing, Part.MORE, out));
      assertEquals(Progress.MESSAGE_END, deflater.deflate(nothing, Part.LAST, out));
    }
    assertArrayEquals(Messages.hex("f248cdc9c90700"), written(out));
  }
}
