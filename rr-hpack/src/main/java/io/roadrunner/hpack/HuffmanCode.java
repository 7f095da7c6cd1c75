package io.roadrunner.hpack;

/**
 * The Huffman code of RFC 7541 Appendix B. The code is canonical: in the order of code length, then
 * symbol, each code is the one before plus one (widened with zeros where the length changes). So
 * the lengths say everything.
 */
final class HuffmanCode {
  static final int EOS = 256;
  static final int SYMBOLS = 257;
  static final int LONGEST = 30;

  /** One number for each symbol, sixteen in a row. */
  private static final String LENGTHS =
      """
      13 23 28 28 28 28 28 28 28 24 30 28 28 30 28 28
      28 28 28 28 28 28 30 28 28 28 28 28 28 28 28 28
      6 10 10 12 13 6 8 11 10 10 8 11 8 6 6 6
      5 5 5 6 6 6 6 6 6 6 7 8 15 6 12 10
      13 6 7 7 7 7 7 7 7 7 7 7 7 7 7 7
      7 7 7 7 7 7 7 7 8 7 8 13 19 13 14 6
      15 5 6 5 6 5 6 6 6 5 7 7 6 6 6 5
      6 7 6 5 5 6 7 7 7 7 7 15 11 14 13 28
      20 22 20 20 22 22 22 23 22 23 23 23 23 23 24 23
      24 24 22 23 24 23 23 23 23 21 22 23 22 23 23 24
      22 21 20 22 22 23 23 21 23 22 22 24 21 22 23 23
      21 21 22 21 23 22 23 23 20 22 22 22 23 22 22 23
      26 26 20 19 22 23 22 25 26 26 26 27 27 26 24 25
      19 21 26 27 27 26 27 24 21 21 26 26 28 27 27 27
      20 24 20 21 22 21 21 23 22 22 25 25 24 24 26 23
      26 27 26 26 27 27 27 27 27 28 27 27 27 27 27 26
      30
      """;

  /** Bits of the code of each symbol. */
  static final byte[] LENGTH = new byte[SYMBOLS];

  /** Code of each symbol, in the low bits. */
  static final int[] CODE = new int[SYMBOLS];

  /** Symbols by code length, then by value: the order of the codes. */
  static final short[] SYMBOL = new short[SYMBOLS];

  /** For each length, the first code of that length and its place in {@link #SYMBOL}. */
  static final int[] FIRST_CODE = new int[LONGEST + 1];

  static final int[] FIRST_PLACE = new int[LONGEST + 1];

  static {
    readLengths();
    int place = 0;
    int code = 0;
    for (int length = 1; length <= LONGEST; length++) {
      code <<= 1;
      FIRST_CODE[length] = code;
      FIRST_PLACE[length] = place;
      for (int symbol = 0; symbol < SYMBOLS; symbol++) {
        if (LENGTH[symbol] == length) {
          CODE[symbol] = code++;
          SYMBOL[place++] = (short) symbol;
        }
      }
    }
  }

  private HuffmanCode() {}

  private static void readLengths() {
    int symbol = 0;
    int length = 0;
    for (int i = 0; i < LENGTHS.length(); i++) {
      char c = LENGTHS.charAt(i);
      if (c > ' ') {
        length = 10 * length + c - '0';
      } else {
        LENGTH[symbol++] = (byte) length;
        length = 0;
      }
    }
  }
}
