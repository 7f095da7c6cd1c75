package io.roadrunner.hpack;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Decodes Huffman-coded strings by table: the next {@value #PEEK_BITS} bits choose an entry that
 * holds symbol and length of the code they begin with. The few symbols with longer codes are found
 * by comparing with the first code of each length.
 */
final class HuffmanDecoder {
  private static final int PEEK_BITS = 10;

  /** An entry is the symbol in the high bits and the length of its code in the low eight. */
  private static final short[] PEEK = new short[1 << PEEK_BITS];

  private static final short LONGER_CODE = 0;

  private static final int EOS = HuffmanCode.EOS << 8 | HuffmanCode.LONGEST;

  /** For each length, the first code behind those of that length, in {@code LONGEST} bits. */
  private static final int[] BOUND = new int[HuffmanCode.LONGEST];

  private static final VarHandle BIG_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  static {
    for (int symbol = 0; symbol < HuffmanCode.EOS; symbol++) {
      int length = HuffmanCode.LENGTH[symbol];
      if (length <= PEEK_BITS) {
        int free = PEEK_BITS - length;
        int first = HuffmanCode.CODE[symbol] << free;
        for (int i = first; i < first + (1 << free); i++) {
          PEEK[i] = (short) (symbol << 8 | length);
        }
      }
    }
    for (int length = PEEK_BITS + 1; length < HuffmanCode.LONGEST; length++) {
      int codes = HuffmanCode.FIRST_PLACE[length + 1] - HuffmanCode.FIRST_PLACE[length];
      int behind = HuffmanCode.FIRST_CODE[length] + codes;
      BOUND[length] = behind << (HuffmanCode.LONGEST - length);
    }
  }

  private HuffmanDecoder() {}

  /** The most octets that a string of so many encoded octets can decode to. */
  static long mostOctets(int encoded) {
    return encoded * 8L / 5;
  }

  /**
   * Decodes {@code in} from {@code from} up to {@code to}, and stores the first {@code room}
   * octets.
   *
   * @return decoded octets, which may be more than {@code room}
   * @throws HpackException for a string that contains EOS or has wrong padding
   */
  static int decode(byte[] in, int from, int to, byte[] out, int room) {
    int position = from;
    int octets = 0;
    long bits = 0; // Left-aligned: the next bit is the sign.
    int held = 0;
    while (true) {
      if (to - position >= Long.BYTES) {
        bits |= (long) BIG_ENDIAN_LONG.get(in, position) >>> held;
        position += (63 - held) >>> 3;
        held |= 56;
      } else {
        while (held <= 56 && position < to) {
          bits |= (in[position++] & 0xFFL) << (56 - held);
          held += 8;
        }
      }
      if (held < HuffmanCode.LONGEST) {
        return finish(bits, held, out, octets, room);
      }
      do {
        int entry = entry(bits);
        bits <<= entry;
        held -= entry & 0xFF;
        if (octets < room) {
          out[octets] = (byte) (entry >> 8);
        }
        octets++;
      } while (held >= HuffmanCode.LONGEST);
    }
  }

  /** The last bits of a string: whole codes, then padding, which is the start of EOS. */
  private static int finish(long lastBits, int lastHeld, byte[] out, int decoded, int room) {
    long bits = lastBits | -1L >>> lastHeld;
    int held = lastHeld;
    int octets = decoded;
    while (held > 0) {
      int entry = bits == -1L ? EOS : entry(bits);
      int length = entry & 0xFF;
      if (length > held) {
        checkPadding(bits, held);
        return octets;
      }
      bits = bits << length | (1L << length) - 1;
      held -= length;
      if (octets < room) {
        out[octets] = (byte) (entry >> 8);
      }
      octets++;
    }
    return octets;
  }

  // RFC 7541 §5.2
  private static void checkPadding(long bits, int held) {
    if (bits != -1L) {
      throw new HpackException(HpackViolation.PADDING_NOT_EOS);
    }
    if (held > 7) {
      throw new HpackException(HpackViolation.PADDING_TOO_LONG);
    }
  }

  private static int entry(long bits) {
    int entry = PEEK[(int) (bits >>> (Long.SIZE - PEEK_BITS))];
    return entry == LONGER_CODE
        ? longEntry((int) (bits >>> (Long.SIZE - HuffmanCode.LONGEST)))
        : entry;
  }

  private static int longEntry(int code) {
    int length = PEEK_BITS + 1;
    while (length < HuffmanCode.LONGEST && code >= BOUND[length]) {
      length++;
    }
    int ofLength = (code >>> (HuffmanCode.LONGEST - length)) - HuffmanCode.FIRST_CODE[length];
    int symbol = HuffmanCode.SYMBOL[HuffmanCode.FIRST_PLACE[length] + ofLength];
    if (symbol == HuffmanCode.EOS) {
      throw new HpackException(HpackViolation.EOS_IN_STRING);
    }
    return symbol << 8 | length;
  }
}
