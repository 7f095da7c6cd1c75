package io.roadrunner.conformance;

import java.util.Arrays;

/**
 * DEFLATE as RFC 1951 describes it, written only to be strict: it fails on any reference that goes
 * back by more than the window, or to before the first octet of it. The history goes on from
 * message to message, unless {@link #forget} is called. One thread at a time.
 */
public final class WindowDecoder {

  private static final int[] LENGTH_BASE = {
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258
  };
  private static final int[] LENGTH_EXTRA = {
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
  };
  private static final int[] DISTANCE_BASE = {
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577
  };
  private static final int[] CODE_LENGTH_ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };
  private static final byte[] TAIL = {0, 0, -1, -1};

  private final int window;
  private byte[] history = new byte[1 << 16];
  private int known;
  private int longestDistance;
  private byte[] input = {};
  private int bitAt;

  /**
   * With an empty history.
   *
   * @param window how far back a reference may go, in octets
   */
  public WindowDecoder(int window) {
    this.window = window;
  }

  /**
   * The farthest that any reference went back.
   *
   * @return in octets, 0 if there was none
   */
  public int longestDistance() {
    return longestDistance;
  }

  /** Empties the history, as between messages without context takeover. */
  public void forget() {
    known = 0;
  }

  /**
   * The message that a payload stands for.
   *
   * @param payload without the four octets that RFC 7692 §7.2.1 removes
   * @return the message
   * @throws AssertionError unless it is a sequence of whole blocks within the window
   */
  public byte[] message(byte[] payload) {
    input = Arrays.copyOf(payload, payload.length + TAIL.length);
    System.arraycopy(TAIL, 0, input, payload.length, TAIL.length);
    bitAt = 0;
    int from = Math.min(known, window);
    System.arraycopy(history, known - from, history, 0, from);
    known = from;
    while (bitAt < input.length * 8) {
      if (bits(1) == 1) {
        throw new AssertionError("BFINAL is set");
      }
      block(bits(2));
    }
    return Arrays.copyOfRange(history, from, known);
  }

  private void block(int type) {
    switch (type) {
      case 0 -> stored();
      case 1 -> compressed(fixedLiterals(), new Code(filled(30, 5)));
      case 2 -> dynamic();
      default -> throw new AssertionError("block type 3");
    }
  }

  private void stored() {
    bitAt = (bitAt + 7) & ~7;
    int length = bits(16);
    if (bits(16) != (length ^ 0xFFFF)) {
      throw new AssertionError("lengths of a stored block");
    }
    for (int i = 0; i < length; i++) {
      put((byte) bits(8));
    }
  }

  private Code fixedLiterals() {
    int[] lengths = filled(288, 8);
    Arrays.fill(lengths, 144, 256, 9);
    Arrays.fill(lengths, 256, 280, 7);
    return new Code(lengths);
  }

  private static int[] filled(int count, int length) {
    int[] lengths = new int[count];
    Arrays.fill(lengths, length);
    return lengths;
  }

  private void dynamic() {
    int literals = bits(5) + 257;
    int distances = bits(5) + 1;
    int count = bits(4) + 4;
    int[] lengths = new int[19];
    for (int i = 0; i < count; i++) {
      lengths[CODE_LENGTH_ORDER[i]] = bits(3);
    }
    int[] both = codeLengths(new Code(lengths), literals + distances);
    compressed(
        new Code(Arrays.copyOf(both, literals)),
        new Code(Arrays.copyOfRange(both, literals, both.length)));
  }

  private int[] codeLengths(Code code, int count) {
    int[] lengths = new int[count];
    int at = 0;
    while (at < count) {
      int symbol = code.next();
      if (symbol < 16) {
        lengths[at++] = symbol;
        continue;
      }
      int repeated = symbol == 16 ? lengths[at - 1] : 0;
      int times = symbol == 16 ? 3 + bits(2) : symbol == 17 ? 3 + bits(3) : 11 + bits(7);
      Arrays.fill(lengths, at, at + times, repeated);
      at += times;
    }
    return lengths;
  }

  private void compressed(Code literals, Code distances) {
    for (int symbol = literals.next(); symbol != 256; symbol = literals.next()) {
      if (symbol < 256) {
        put((byte) symbol);
      } else {
        int length = LENGTH_BASE[symbol - 257] + bits(LENGTH_EXTRA[symbol - 257]);
        int code = distances.next();
        copy(length, DISTANCE_BASE[code] + bits(Math.max(0, code / 2 - 1)));
      }
    }
  }

  private void copy(int length, int distance) {
    longestDistance = Math.max(longestDistance, distance);
    if (distance > window) {
      throw new AssertionError("distance " + distance + " in a window of " + window);
    }
    if (distance > known) {
      throw new AssertionError("distance " + distance + " after " + known + " octets");
    }
    for (int i = 0; i < length; i++) {
      put(history[known - distance]);
    }
  }

  private void put(byte octet) {
    if (known == history.length) {
      history = Arrays.copyOf(history, known * 2);
    }
    history[known++] = octet;
  }

  private int bits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value |= bit() << i;
    }
    return value;
  }

  private int bit() {
    int bit = input[bitAt >> 3] >> (bitAt & 7) & 1;
    bitAt++;
    return bit;
  }

  /** A Huffman code, given by the lengths of its symbols (RFC 1951 §3.2.2). */
  private final class Code {
    private final int[] counts = new int[16];
    private final int[] symbols;

    Code(int[] lengths) {
      symbols = new int[lengths.length];
      int at = 0;
      for (int length = 1; length < 16; length++) {
        for (int symbol = 0; symbol < lengths.length; symbol++) {
          if (lengths[symbol] == length) {
            counts[length]++;
            symbols[at++] = symbol;
          }
        }
      }
    }

    int next() {
      int code = 0;
      int first = 0;
      int index = 0;
      for (int length = 1; length < 16; length++) {
        code |= bit();
        if (code - first < counts[length]) {
          return symbols[index + code - first];
        }
        index += counts[length];
        first = (first + counts[length]) << 1;
        code <<= 1;
      }
      throw new AssertionError("no such code");
    }
  }
}
