package io.roadrunner.hpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jetty.http.compression.HuffmanEncoder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S5_PrimitivesTest {

  private static HpackViolation violation(String hex) {
    HpackDecoder decoder = Blocks.decoder();
    return assertThrows(HpackException.class, () -> Blocks.decode(decoder, hex)).violation();
  }

  private static String value(String hex) {
    return Blocks.decode(Blocks.decoder(), "04" + hex).get(0).value();
  }

  @Nested
  class S5_1_Integers {
    @ParameterizedTest(name = "K07 {0}")
    @ValueSource(
        strings = {
          "ff 80 80 80 80 00",
          "ff ff ff ff ff 07",
          "ff ff ff ff ff ff ff ff ff ff ff ff",
          "7f 80 80 80 80 80 80 01",
          "3f ff ff ff ff ff 0f",
          "0f ff ff ff ff 7f",
          "04 7f 80 80 80 80 01",
          "04 ff ff ff ff ff 7f"
        })
    void moreThanFourContinuationOctets(String hex) {
      assertEquals(HpackViolation.INTEGER_TOO_LARGE, violation(hex));
    }

    @Test
    void theLargestThatIsReadDoesNotOverflow() {
      BlockReader reader = new BlockReader();
      reader.open(Blocks.hex("ff ff ff ff 7f"));
      assertEquals((1 << 28) - 1 + 127, reader.integer(reader.next(), 7));
    }

    @Test
    void redundantZerosAreNoError() {
      BlockReader reader = new BlockReader();
      reader.open(Blocks.hex("1f 80 80 00"));
      assertEquals(31, reader.integer(reader.next(), 5));
    }

    @ParameterizedTest(name = "K10 {0}")
    @ValueSource(strings = {"ff", "ff 80", "7f", "3f", "0f", "1f 80", "04", "40", "04 7f", "41"})
    void theBlockEndsInside(String hex) {
      assertEquals(HpackViolation.TRUNCATED_BLOCK, violation(hex));
    }
  }

  @Nested
  class S5_2_Strings {
    @ParameterizedTest(name = "K10 {0}")
    @ValueSource(strings = {"04 01", "04 81", "00 05 61 62 63 64", "40 01 61 02 62", "04 7f 80 01"})
    void longerThanTheBlock(String hex) {
      assertEquals(HpackViolation.STRING_BEYOND_BLOCK, violation(hex));
    }

    @Test
    void emptyOnesOfBothKinds() {
      assertEquals(List.of(Field.of("", "")), Blocks.decode(Blocks.decoder(), "00 00 00"));
      assertEquals(List.of(Field.of("", "")), Blocks.decode(Blocks.decoder(), "00 80 80"));
    }

    @Test
    void anyOctetIsKept() {
      byte[] block = new byte[4 + 256];
      block[0] = 0x04;
      block[1] = 0x7f;
      block[2] = (byte) 0x81;
      block[3] = 0x01;
      for (int i = 0; i < 256; i++) {
        block[4 + i] = (byte) i;
      }
      String value = Blocks.decode(Blocks.decoder(), ByteBuffer.wrap(block)).get(0).value();
      assertEquals(256, value.length());
      for (int i = 0; i < 256; i++) {
        assertEquals(i, value.charAt(i));
      }
    }

    private int encodeHuffman(String text, byte[] out) {
      return io.roadrunner.hpack.HuffmanEncoder.encode(
          text.toCharArray(), text.length(), out, 0, out.length);
    }

    /** Jetty's table is written out code by code; ours is made from the lengths. */
    @Test
    void everySymbolHasItsCode() {
      for (int symbol = 0; symbol < 256; symbol++) {
        String text = String.valueOf((char) symbol);
        byte[] ours = new byte[8];
        int end = encodeHuffman(text, ours);
        ByteBuffer theirs = ByteBuffer.allocate(8);
        HuffmanEncoder.encode(theirs, text);
        assertEquals(theirs.flip(), ByteBuffer.wrap(ours, 0, end), "symbol " + symbol);
      }
    }

    @Test
    void everySymbolIsDecodedAtEveryBitOffset() {
      for (int symbol = 0; symbol < 256; symbol++) {
        for (String before :
            List.of("", "0", "00", "000", "X0", "XX", "XX0", "XXX", "Xa00000000")) {
          String text = before + (char) symbol + (char) symbol;
          byte[] code = new byte[64];
          int end = encodeHuffman(text, code);
          byte[] out = new byte[64 + HuffmanDecoder.RING_EXTRA];
          int length = HuffmanDecoder.decode(code, 0, end, out);
          assertEquals(text, new String(out, 0, length, StandardCharsets.ISO_8859_1));
        }
      }
    }

    @Test
    void everyLengthIsDecodedAtTheStartAndInTheMiddleOfABlock() {
      String text = "Mon, 23 Nov 2026 \u00FC:31:00 {GMT} aaaaaaaaaaaaaaaa";
      for (int length = 0; length <= text.length(); length++) {
        for (int from : new int[] {0, 1, 7, 20}) {
          String expected = text.substring(text.length() - length);
          byte[] code = new byte[128];
          byte[] block = new byte[256];
          Arrays.fill(block, (byte) 0x55);
          int octets = encodeHuffman(expected, code);
          System.arraycopy(code, 0, block, from, octets);
          byte[] out = new byte[64 + HuffmanDecoder.RING_EXTRA];
          int decoded = HuffmanDecoder.decode(block, from, from + octets, out);
          assertEquals(expected, new String(out, 0, decoded, StandardCharsets.ISO_8859_1));
        }
      }
    }

    @ParameterizedTest(name = "K08 {0}")
    @CsvSource({
      "84 ff ff ff fc, EOS_IN_STRING",
      "84 ff ff ff ff, EOS_IN_STRING",
      "85 07 ff ff ff fe, EOS_IN_STRING",
      "88 ff ff ff ff 00 00 00 00, EOS_IN_STRING",
      "81 ff, PADDING_TOO_LONG",
      "82 1f ff, PADDING_TOO_LONG",
      "83 07 ff ff, PADDING_TOO_LONG",
      "83 ff ff ff, PADDING_TOO_LONG",
      "81 00, PADDING_NOT_EOS",
      "81 18, PADDING_NOT_EOS",
      "81 1e, PADDING_NOT_EOS",
      "82 fe 00, PADDING_NOT_EOS",
    })
    void huffmanViolations(String hex, HpackViolation expected) {
      assertEquals(expected, violation("04" + hex));
    }

    @Test
    void paddingOfNoneToSevenBits() {
      assertEquals("a", value("81 1f"));
      assertEquals("aaaaaaaa", value("85 18 c6 31 8c 63"));
      assertEquals("a0", value("82 18 3f"));
      assertEquals("&", value("81 f8"));
      assertEquals("&X", value("82 f8 fc"));
      assertEquals("X0", value("82 fc 07"));
    }
  }
}
