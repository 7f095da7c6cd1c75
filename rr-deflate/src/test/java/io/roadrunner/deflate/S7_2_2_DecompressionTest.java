package io.roadrunner.deflate;

import static io.roadrunner.deflate.Messages.ascii;
import static io.roadrunner.deflate.Messages.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.Deflater;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S7_2_2_DecompressionTest {

  private static DeflateViolation violation(byte[] payload, int step, int room) {
    try (MessageInflater inflater = Messages.inflater()) {
      DeflateException thrown =
          assertThrows(
              DeflateException.class, () -> Messages.inflate(inflater, payload, step, room));
      assertThrows(IllegalStateException.class, () -> Messages.inflate(inflater, new byte[] {0}));
      return thrown.violation();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "block type 3,                         07",
    "lengths of a stored block,            00 05 00 fb ff 48 65 6c 6c 6f 00",
    "distance beyond the history,          f2 48 cd c9 03 13 00",
    "code lengths that are no code,        ed ff ff ff ff ff",
    "block type 3 after one with BFINAL,   f3 48 cd c9 c9 07 00 06"
  })
  @DisplayName("D02 payload that is not DEFLATE")
  void refusesWhatIsNotDeflate(String what, String payload) {
    byte[] octets = hex(payload);
    for (int step = 1; step <= octets.length; step++) {
      assertEquals(DeflateViolation.INVALID_DATA, violation(octets, step, 8192), what);
      assertEquals(DeflateViolation.INVALID_DATA, violation(octets, step, 1), what);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "f2", "f2 48 cd c9", "f2 48 cd c9 c9 07", "f3 48 cd c9 c9 07 00"})
  void refusesWhatIsCutOff(String payload) {
    byte[] octets = hex(payload);
    for (int step = 1; step <= octets.length + 1; step++) {
      assertEquals(DeflateViolation.TRUNCATED_DATA, violation(octets, step, 8192));
      assertEquals(DeflateViolation.TRUNCATED_DATA, violation(octets, step, 1));
    }
  }

  /** Blocks of all types, cut off at every octet. */
  @ParameterizedTest
  @ValueSource(ints = {5, 60, 500, 5000})
  @DisplayName("D02 payload cut off anywhere")
  void refusesEveryPrefix(int size) {
    for (byte[] message : new byte[][] {Messages.text(size, 1), Messages.random(size, 2)}) {
      byte[] payload;
      try (MessageDeflater deflater = Messages.deflater(15, ContextTakeover.ALLOWED)) {
        payload = Messages.deflate(deflater, message);
      }
      for (int length = 0; length < payload.length; length++) {
        byte[] prefix = Arrays.copyOf(payload, length);
        if (length == 1 && prefix[0] == 0) {
          continue; // This much is an empty message.
        }
        DeflateViolation found = violation(prefix, size, size + 16);
        assertEquals(1007, found.closeCode(), "" + length);
      }
    }
  }

  /** Senders without a flush may end each piece with BFINAL (RFC 7692 §7.2.3.4). */
  @Test
  void startsOverAfterEachFinalBlock() {
    byte[] piece = new byte[100];
    Deflater zlib = new Deflater(6, true);
    zlib.setInput(ascii("Hello"));
    zlib.finish();
    int length = zlib.deflate(piece);
    zlib.end();
    byte[] payload = new byte[length * 50 + 1];
    for (int i = 0; i < 50; i++) {
      System.arraycopy(piece, 0, payload, i * length, length);
    }
    byte[] expected = ascii("Hello".repeat(50));
    for (int step : new int[] {1, 3, 1000}) {
      for (int room : new int[] {1, 5, 7, 1000}) {
        try (MessageInflater inflater = Messages.inflater()) {
          assertArrayEquals(expected, Messages.inflate(inflater, payload, step, room));
          assertArrayEquals(ascii("Hello"), Messages.inflate(inflater, hex("f248cdc9c90700")));
        }
      }
    }
  }

  /** A reference to before the message, where that is not permitted. */
  @Test
  void refusesReferencesToEarlierMessagesWithoutContextTakeover() {
    try (MessageInflater inflater =
        Messages.inflater(ContextTakeover.NONE, DeflateLimits.defaults())) {
      assertArrayEquals(ascii("Hello"), Messages.inflate(inflater, hex("f248cdc9c90700")));
      DeflateException thrown =
          assertThrows(DeflateException.class, () -> Messages.inflate(inflater, hex("f200110000")));
      assertEquals(DeflateViolation.INVALID_DATA, thrown.violation());
    }
  }

  @Test
  void takesBuffersOfEveryKind() {
    byte[] padded = hex("ff ff f2 48 cd c9 c9 07 00 ff");
    ByteBuffer direct = ByteBuffer.allocateDirect(10).put(padded).flip();
    for (ByteBuffer in : new ByteBuffer[] {ByteBuffer.wrap(padded).asReadOnlyBuffer(), direct}) {
      ByteBuffer out = ByteBuffer.allocateDirect(20).position(3);
      in.limit(9).position(2);
      try (MessageInflater inflater = Messages.inflater()) {
        assertEquals(Progress.MESSAGE_END, inflater.inflate(in, Part.LAST, out));
      }
      assertEquals(9, in.position());
      assertEquals(ByteBuffer.wrap(ascii("Hello")), out.flip().position(3));
    }
  }

  @Test
  void needsRoom() {
    try (MessageInflater inflater = Messages.inflater()) {
      assertThrows(
          IllegalArgumentException.class,
          () -> inflater.inflate(ByteBuffer.allocate(1), Part.LAST, ByteBuffer.allocate(0)));
    }
  }

  @Test
  void violationsSayWhatAndWhere() {
    DeflateException thrown = DeflateViolation.TRUNCATED_DATA.exception();
    assertEquals("payload ends within a DEFLATE block, RFC 7692 §7.2.2", thrown.getMessage());
    assertEquals(0, thrown.getStackTrace().length);
    for (DeflateViolation each : DeflateViolation.values()) {
      assertEquals(true, Set.of(1002, 1007, 1009).contains(each.closeCode()));
      assertEquals(each.text() + ", " + each.section(), each.exception().getMessage());
    }
  }
}
