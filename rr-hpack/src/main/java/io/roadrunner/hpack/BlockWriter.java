package io.roadrunner.hpack;

import java.nio.ByteBuffer;

/**
 * Writes the primitive types of RFC 7541 §5 for one literal field. Nothing counts as written until
 * {@link #close}.
 */
final class BlockWriter {
  /** What an integer below 2^28 takes at most, its first octet included. */
  static final int MAX_INTEGER_BYTES = 5;

  private static final byte[] NOTHING = new byte[0];

  /** Space that stays with an idle connection. */
  private static final int KEPT_SPACE = 512;

  private final StringCoding coding;

  private byte[] bytes = NOTHING;
  private int position;

  /** The string at hand: a loop over an array is much quicker than one over a String. */
  private char[] chars = new char[0];

  /** In place of buffers outside the heap. */
  private byte[] copy = NOTHING;

  BlockWriter(StringCoding coding) {
    this.coding = coding;
  }

  /** Starts at the position of the buffer, in which so many octets remain. */
  void open(ByteBuffer out, int room) {
    if (out.hasArray()) {
      bytes = out.array();
      position = out.arrayOffset() + out.position();
    } else {
      if (copy.length < room) {
        copy = new byte[Math.max(room, KEPT_SPACE / 8)];
      }
      bytes = copy;
      position = 0;
    }
  }

  /** Moves the position of the buffer behind what was written. */
  void close(ByteBuffer out) {
    if (out.hasArray()) {
      out.position(position - out.arrayOffset());
    } else {
      out.put(copy, 0, position);
    }
    bytes = NOTHING;
    if (chars.length > KEPT_SPACE) {
      chars = new char[0];
    }
    if (copy.length > KEPT_SPACE) {
      copy = NOTHING;
    }
  }

  /** RFC 7541 §5.1, where {@code pattern} has the bits above the prefix. */
  void integer(int pattern, int prefixBits, int value) {
    int most = (1 << prefixBits) - 1;
    if (value < most) {
      bytes[position++] = (byte) (pattern | value);
      return;
    }
    bytes[position++] = (byte) (pattern | most);
    int rest = value - most;
    while (rest >= 0x80) {
      bytes[position++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[position++] = (byte) rest;
  }

  /**
   * RFC 7541 §5.2. What is Huffman-coded goes behind a length of one octet, and moves if the length
   * turns out to take more.
   *
   * @throws IllegalArgumentException if a char is not an octet
   */
  void string(String text) {
    int length = text.length();
    if (chars.length < length) {
      chars = new char[Math.max(length, KEPT_SPACE / 8)];
    }
    text.getChars(0, length, chars, 0);
    if (coding == StringCoding.PLAIN || length == 0) {
      plain(length);
      return;
    }
    int from = position + 1;
    int end = HuffmanEncoder.encode(chars, length, bytes, from, from + length - 1);
    if (end == HuffmanEncoder.NO_ROOM) {
      plain(length);
    } else {
      huffman(from, end - from);
    }
  }

  private void huffman(int from, int length) {
    int start = position + integerBytes(length);
    if (start != from) {
      System.arraycopy(bytes, from, bytes, start, length);
    }
    integer(0x80, 7, length);
    position += length;
  }

  private void plain(int length) {
    integer(0x00, 7, length);
    char[] from = chars;
    byte[] to = bytes;
    int start = position;
    int all = 0;
    for (int i = 0; i < length; i++) {
      all |= from[i];
      to[start + i] = (byte) from[i];
    }
    requireOctets(all);
    position += length;
  }

  /** What a length takes, with its prefix of seven bits. */
  private static int integerBytes(int value) {
    if (value < 0x7F) {
      return 1;
    }
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros((value - 0x7F) | 1);
    return 1 + (bits + 6) / 7;
  }

  /** Refuses chars above U+00FF, given all of them by OR. */
  static void requireOctets(int all) {
    if (all > 0xFF) {
      throw new IllegalArgumentException("a char above U+00FF is no octet");
    }
  }
}
