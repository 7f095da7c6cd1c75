package io.roadrunner.deflate;

import static io.roadrunner.deflate.Messages.ascii;
import static io.roadrunner.deflate.Messages.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of the RFC, each whole, octet by octet and at every split. */
class S7_2_3_ExamplesTest {

  @ParameterizedTest
  @CsvSource({
    "S7_2_3_1, f2 48 cd c9 c9 07 00, Hello",
    "S7_2_3_3, 00 05 00 fa ff 48 65 6c 6c 6f 00, Hello",
    "S7_2_3_4, f3 48 cd c9 c9 07 00 00, Hello",
    "S7_2_3_5, f2 48 05 00 00 00 ff ff ca c9 c9 07 00, Hello",
    "S7_2_3_6, 00, ''",
    "a block after one with BFINAL, f3 48 cd c9 c9 07 00 f2 48 cd c9 c9 07 00, HelloHello"
  })
  void decompresses(String section, String payload, String message) {
    byte[] octets = hex(payload);
    byte[] expected = ascii(message);
    for (int step = 1; step <= octets.length; step++) {
      for (int room = 1; room < 8; room++) {
        try (MessageInflater inflater = Messages.inflater()) {
          assertArrayEquals(expected, Messages.inflate(inflater, octets, step, room), section);
          assertArrayEquals(expected, Messages.inflate(inflater, octets, step, room), section);
        }
      }
    }
  }

  @Test
  void S7_2_3_1_compresses() {
    try (MessageDeflater deflater = Messages.deflater(15, ContextTakeover.NONE)) {
      assertArrayEquals(hex("f248cdc9c90700"), Messages.deflate(deflater, ascii("Hello")));
      assertArrayEquals(hex("f248cdc9c90700"), Messages.deflate(deflater, ascii("Hello"), 1, 16));
    }
  }

  @Test
  void S7_2_3_2_sharesTheWindow() {
    try (MessageDeflater deflater = Messages.deflater(15, ContextTakeover.ALLOWED);
        MessageInflater inflater = Messages.inflater()) {
      byte[] first = Messages.deflate(deflater, ascii("Hello"));
      byte[] second = Messages.deflate(deflater, ascii("Hello"));
      assertArrayEquals(hex("f248cdc9c90700"), first);
      assertArrayEquals(hex("f200110000"), second);
      assertArrayEquals(ascii("Hello"), Messages.inflate(inflater, first));
      assertArrayEquals(ascii("Hello"), Messages.inflate(inflater, second));
    }
  }

  @Test
  void S7_2_3_6_compressesAnEmptyMessage() {
    for (ContextTakeover context : ContextTakeover.values()) {
      try (MessageDeflater deflater = Messages.deflater(15, context)) {
        assertArrayEquals(hex("00"), Messages.deflate(deflater, new byte[0]));
        assertArrayEquals(hex("f248cdc9c90700"), Messages.deflate(deflater, ascii("Hello")));
        assertArrayEquals(hex("00"), Messages.deflate(deflater, new byte[0]));
      }
    }
  }
}
