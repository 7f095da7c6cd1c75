package io.roadrunner.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Checks that text is UTF-8 while it arrives (RFC 3629, RFC 6455 §8.1). The pieces may be cut
 * anywhere, within characters too; the first byte that no valid text could have in its place is
 * refused at once, not at the end of its character or of the text.
 *
 * <p>Holds three ints of state for one text after the other. One thread at a time.
 */
public final class Utf8Validator {

  private static final VarHandle ARRAY_WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle BUFFER_WORD =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long NON_ASCII = 0x8080_8080_8080_8080L;

  /** Bytes that the character still misses, and the range of the next one. */
  private int missing;

  private int lowest = 0x80;
  private int highest = 0xBF;

  /** Made ready for the first byte of a text. */
  public Utf8Validator() {}

  /**
   * Checks the bytes between position and limit as the continuation of what came before. Leaves the
   * buffer as it is.
   *
   * @param bytes the next piece of the text
   * @throws WebSocketException {@link WebSocketViolation#BAD_TEXT}
   */
  public void check(ByteBuffer bytes) {
    boolean valid =
        bytes.hasArray()
            ? checkArray(
                bytes.array(),
                bytes.arrayOffset() + bytes.position(),
                bytes.arrayOffset() + bytes.limit())
            : checkBuffer(bytes, bytes.position(), bytes.limit());
    if (!valid) {
      throw WebSocketViolation.BAD_TEXT.exception();
    }
  }

  /**
   * Checks that the text may end here, and makes the validator ready for the next one.
   *
   * @throws WebSocketException {@link WebSocketViolation#BAD_TEXT} within a character
   */
  public void end() {
    if (missing > 0) {
      throw WebSocketViolation.BAD_TEXT.exception();
    }
  }

  private boolean checkArray(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      if (missing == 0) {
        i = skipArray(bytes, i, to);
        if (i == to) {
          return true;
        }
      }
      if (!accept(bytes[i++])) {
        return false;
      }
    }
    return true;
  }

  /**
   * Skips whole characters by words; the last word starts early, what it repeats is shifted out.
   */
  private static int skipArray(byte[] bytes, int from, int to) {
    int last = to - Long.BYTES;
    if (last < from) {
      return from;
    }
    int i = from;
    while (i < to) {
      long word =
          i <= last
              ? (long) ARRAY_WORD.get(bytes, i)
              : (long) ARRAY_WORD.get(bytes, last) >>> ((i - last) << 3);
      long marks = word & NON_ASCII;
      if (marks == 0) {
        i = skipAsciiArray(bytes, i + Long.BYTES, to);
      } else {
        int length = wholeCharacters(word, marks);
        if (length == 0) {
          return i;
        }
        i += length;
      }
    }
    return to;
  }

  private static int skipAsciiArray(byte[] bytes, int from, int to) {
    int i = from;
    for (int last = to - 4 * Long.BYTES; i <= last; i += 4 * Long.BYTES) {
      long four =
          (long) ARRAY_WORD.get(bytes, i)
              | (long) ARRAY_WORD.get(bytes, i + 8)
              | (long) ARRAY_WORD.get(bytes, i + 16)
              | (long) ARRAY_WORD.get(bytes, i + 24);
      if ((four & NON_ASCII) != 0) {
        return i;
      }
    }
    return i;
  }

  private boolean checkBuffer(ByteBuffer bytes, int from, int to) {
    int i = from;
    while (i < to) {
      if (missing == 0) {
        i = skipBuffer(bytes, i, to);
        if (i == to) {
          return true;
        }
      }
      if (!accept(bytes.get(i++))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Skips whole characters by words; the last word starts early, what it repeats is shifted out.
   */
  private static int skipBuffer(ByteBuffer bytes, int from, int to) {
    int last = to - Long.BYTES;
    if (last < from) {
      return from;
    }
    int i = from;
    while (i < to) {
      long word =
          i <= last
              ? (long) BUFFER_WORD.get(bytes, i)
              : (long) BUFFER_WORD.get(bytes, last) >>> ((i - last) << 3);
      long marks = word & NON_ASCII;
      if (marks == 0) {
        i = skipAsciiBuffer(bytes, i + Long.BYTES, to);
      } else {
        int length = wholeCharacters(word, marks);
        if (length == 0) {
          return i;
        }
        i += length;
      }
    }
    return to;
  }

  private static int skipAsciiBuffer(ByteBuffer bytes, int from, int to) {
    int i = from;
    for (int last = to - 4 * Long.BYTES; i <= last; i += 4 * Long.BYTES) {
      long four =
          (long) BUFFER_WORD.get(bytes, i)
              | (long) BUFFER_WORD.get(bytes, i + 8)
              | (long) BUFFER_WORD.get(bytes, i + 16)
              | (long) BUFFER_WORD.get(bytes, i + 24);
      if ((four & NON_ASCII) != 0) {
        return i;
      }
    }
    return i;
  }

  /**
   * How many bytes at the low end of a word are surely whole valid characters: the ASCII ahead of
   * the first other character, that character if it fits, and perhaps one more. 0 if the first one
   * is cut off or invalid.
   */
  private static int wholeCharacters(long word, long marks) {
    int ascii = Long.numberOfTrailingZeros(marks) >>> 3;
    // Zeros are shifted in behind the word, and a zero never continues a character.
    int end = ascii + character((int) (word >>> (ascii << 3)));
    // Scripts other than Latin seldom have one such character alone.
    return end <= 4 ? end + character((int) (word >>> (end << 3))) : end;
  }

  /**
   * Length of the character of two to four bytes whose first byte is the lowest of four; 0 if it is
   * none. The masks pick the fixed bits of RFC 3629 §3.
   */
  private static int character(int four) {
    if ((four & 0xC0E0) == 0x80C0) {
      // C0 and C1 would encode ASCII in two bytes.
      return (four & 0x1E) != 0 ? 2 : 0;
    }
    if ((four & 0xC0C0F0) == 0x8080E0) {
      int top = four & 0x200F;
      // E0 80..9F is too long for its character, ED A0..BF is a surrogate.
      return top != 0 && top != 0x200D ? 3 : 0;
    }
    if ((four & 0xC0C0C0F8) == 0x808080F0) {
      int plane = ((four & 7) << 2) | ((four >>> 12) & 3);
      // F0 80..8F is too long for its character, F4 90 and above is past U+10FFFF.
      return plane >= 1 && plane <= 16 ? 4 : 0;
    }
    return 0;
  }

  /** One byte at a time, for characters that are cut off, and to find the first impossible byte. */
  private boolean accept(byte signed) {
    int b = signed & 0xFF;
    if (missing == 0) {
      return b < 0x80 || start(b);
    }
    if (b < lowest || b > highest) {
      return false;
    }
    lowest = 0x80;
    highest = 0xBF;
    missing--;
    return true;
  }

  /** The well-formed sequences of RFC 3629 §4: only the second byte ever has a narrower range. */
  private boolean start(int b) {
    if (b < 0xC2 || b > 0xF4) {
      return false;
    }
    missing = b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3;
    switch (b) {
      case 0xE0 -> lowest = 0xA0;
      case 0xED -> highest = 0x9F;
      case 0xF0 -> lowest = 0x90;
      case 0xF4 -> highest = 0x8F;
      default -> {}
    }
    return true;
  }
}
