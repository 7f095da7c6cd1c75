package io.roadrunner.hpack;

import java.nio.ByteBuffer;

/** Writes strings in the code of {@link HuffmanCode}. Each char is one octet. */
final class HuffmanEncoder {

  private HuffmanEncoder() {}

  /**
   * Octets that the string takes when encoded.
   *
   * @throws IllegalArgumentException if a char is not an octet
   */
  static int length(String text) {
    byte[] lengths = HuffmanCode.LENGTH;
    int bits = 0;
    int all = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      all |= c;
      bits += lengths[c & 0xFF];
    }
    if (all > 0xFF) {
      throw new IllegalArgumentException("a char above U+00FF is no octet");
    }
    return (bits + 7) >>> 3;
  }

  static void encode(String text, ByteBuffer out) {
    long bits = 0; // Right-aligned: the last bit of the last code is the lowest.
    int held = 0;
    for (int i = 0; i < text.length(); i++) {
      int c = text.charAt(i);
      int length = HuffmanCode.LENGTH[c];
      bits = bits << length | HuffmanCode.CODE[c];
      held += length;
      while (held >= 8) {
        held -= 8;
        out.put((byte) (bits >>> held));
      }
    }
    if (held > 0) {
      // RFC 7541 §5.2: padded with the first bits of EOS, which are ones.
      out.put((byte) (bits << (8 - held) | 0xFF >>> held));
    }
  }
}
