package io.roadrunner.hpack;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Decodes Huffman-coded strings by table: the next {@value #PEEK_BITS} bits choose an entry with
 * the one or two symbols that they begin with. The symbols with longer codes, none of them common,
 * are found by comparing with the first code of each length.
 */
final class HuffmanDecoder {
  private static final int PEEK_BITS = 12;

  /**
   * An entry has, from the lowest bits on: 8 bits for the length of all its codes, 8 for the number
   * of symbols, 8 for the first symbol and 8 for the second.
   */
  private static final int[] PEEK = new int[1 << PEEK_BITS];

  private static final int LONGER_CODE = 0;

  private static final int LONGEST = HuffmanCode.LONGEST;

  /** For each length, the first code behind those of that length, in {@link #LONGEST} bits. */
  private static final int[] BOUND = new int[LONGEST];

  private static final VarHandle BIG_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  static {
    for (int length = PEEK_BITS + 1; length < LONGEST; length++) {
      int codes = HuffmanCode.FIRST_PLACE[length + 1] - HuffmanCode.FIRST_PLACE[length];
      BOUND[length] = (HuffmanCode.FIRST_CODE[length] + codes) << (LONGEST - length);
    }
    int[] singles = singles();
    for (int bits = 0; bits < PEEK.length; bits++) {
      int first = singles[bits];
      int second = singles[(bits << length(first)) & (PEEK.length - 1)];
      boolean both = second != LONGER_CODE && length(first) + length(second) <= PEEK_BITS;
      PEEK[bits] = first != LONGER_CODE && both ? pair(first, second) : first;
    }
  }

  private HuffmanDecoder() {}

  /** For all values of the next bits, the entry with the one symbol that they begin with. */
  private static int[] singles() {
    int[] entries = new int[PEEK.length];
    for (int symbol = 0; symbol < HuffmanCode.EOS; symbol++) {
      int free = PEEK_BITS - HuffmanCode.LENGTH[symbol];
      if (free >= 0) {
        int first = HuffmanCode.CODE[symbol] << free;
        Arrays.fill(entries, first, first + (1 << free), single(symbol));
      }
    }
    return entries;
  }

  private static int single(int symbol) {
    return symbol << 16 | 1 << 8 | HuffmanCode.LENGTH[symbol];
  }

  private static int pair(int first, int second) {
    int symbols = (second >>> 16) << 24 | (first & 0xFF_0000);
    return symbols | 2 << 8 | (length(first) + length(second));
  }

  private static int length(int entry) {
    return entry & 0xFF;
  }

  private static int symbols(int entry) {
    return (entry >>> 8) & 0xFF;
  }

  /** The most octets that a string of so many encoded octets can decode to. */
  static long mostOctets(int encoded) {
    return encoded * 8L / 5;
  }

  /**
   * Decodes {@code in} from {@code from} up to {@code to}.
   *
   * @param ring takes the octets; its length is a power of two. Where there are as many octets as
   *     that or more, they overwrite each other: the caller knows by the count
   * @return decoded octets
   * @throws HpackException for a string that contains EOS or has wrong padding
   */
  static int decode(byte[] in, int from, int to, byte[] ring) {
    int mask = ring.length - 1;
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
      if (held < LONGEST) {
        return finish(bits, held, ring, octets);
      }
      do {
        int entry = entry(bits);
        ring[octets & mask] = (byte) (entry >>> 16);
        ring[(octets + 1) & mask] = (byte) (entry >>> 24);
        octets += symbols(entry);
        bits <<= entry;
        held -= length(entry);
      } while (held >= LONGEST);
    }
  }

  /** The last bits of a string: whole codes, then padding, which is the start of EOS. */
  private static int finish(long lastBits, int lastHeld, byte[] ring, int decoded) {
    int mask = ring.length - 1;
    long bits = lastBits | -1L >>> lastHeld;
    int held = lastHeld;
    int octets = decoded;
    while (held > 0 && bits != -1L) {
      int entry = entry(bits);
      if (length(entry) > held) {
        entry = single((entry >>> 16) & 0xFF);
        if (length(entry) > held) {
          throw new HpackException(HpackViolation.PADDING_NOT_EOS); // RFC 7541 §5.2
        }
      }
      ring[octets & mask] = (byte) (entry >>> 16);
      ring[(octets + 1) & mask] = (byte) (entry >>> 24);
      octets += symbols(entry);
      bits = bits << entry | (1L << entry) - 1;
      held -= length(entry);
    }
    if (held > 7) {
      throw new HpackException(HpackViolation.PADDING_TOO_LONG); // RFC 7541 §5.2
    }
    return octets;
  }

  private static int entry(long bits) {
    int entry = PEEK[(int) (bits >>> (Long.SIZE - PEEK_BITS))];
    return entry == LONGER_CODE ? longEntry((int) (bits >>> (Long.SIZE - LONGEST))) : entry;
  }

  private static int longEntry(int code) {
    int length = PEEK_BITS + 1;
    while (length < LONGEST && code >= BOUND[length]) {
      length++;
    }
    int ofLength = (code >>> (LONGEST - length)) - HuffmanCode.FIRST_CODE[length];
    int symbol = HuffmanCode.SYMBOL[HuffmanCode.FIRST_PLACE[length] + ofLength];
    if (symbol == HuffmanCode.EOS) {
      throw new HpackException(HpackViolation.EOS_IN_STRING);
    }
    return single(symbol);
  }
}
