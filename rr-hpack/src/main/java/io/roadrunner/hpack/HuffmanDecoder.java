package io.roadrunner.hpack;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Decodes Huffman-coded strings by table: the next {@value #PEEK_BITS} bits choose the one or two
 * symbols that they begin with. The symbols with longer codes, none of them common, are found by
 * comparing with the first code of each length.
 *
 * <p>What costs time is waiting for the length of one code before the next can be looked up. So the
 * lengths have a small table of their own, whose elements shift and add up as they are, and several
 * look-ups follow each other without asking whether there are bits enough.
 */
final class HuffmanDecoder {
  /** Space behind the ring, since octets are written two at a time. */
  static final int RING_EXTRA = 1;

  private static final int PEEK_BITS = 14;

  /** Look-ups that the bits at hand are enough for. */
  private static final int GROUP = 4;

  /** For all values of the next bits, the length of the codes; above it, the number of symbols. */
  private static final byte[] TAKEN = new byte[1 << PEEK_BITS];

  /** For all values of the next bits, the first symbol in the low octet, the second above it. */
  private static final short[] SYMBOLS = new short[1 << PEEK_BITS];

  private static final int LENGTH_BITS = 6;

  private static final int ONE_SYMBOL = 1 << LENGTH_BITS;

  /** Instead of a length: takes nothing, so that the look-ups behind it change nothing either. */
  private static final int LONGER_CODE = 0;

  private static final int LONGEST = HuffmanCode.LONGEST;

  /** For each length, the first code behind those of that length, in {@link #LONGEST} bits. */
  private static final int[] BOUND = new int[LONGEST];

  private static final VarHandle BIG_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final VarHandle LITTLE_ENDIAN_SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  static {
    for (int length = PEEK_BITS + 1; length < LONGEST; length++) {
      int codes = HuffmanCode.FIRST_PLACE[length + 1] - HuffmanCode.FIRST_PLACE[length];
      BOUND[length] = (HuffmanCode.FIRST_CODE[length] + codes) << (LONGEST - length);
    }
    byte[] lengths = enterFirstSymbols();
    for (int bits = 0; bits < TAKEN.length; bits++) {
      enterSecondSymbol(bits, lengths);
    }
  }

  private HuffmanDecoder() {}

  /** Returns the length of the first code for all values of the next bits. */
  private static byte[] enterFirstSymbols() {
    byte[] lengths = new byte[TAKEN.length];
    for (int symbol = 0; symbol < HuffmanCode.EOS; symbol++) {
      int length = HuffmanCode.LENGTH[symbol];
      int free = PEEK_BITS - length;
      if (free >= 0) {
        int first = HuffmanCode.CODE[symbol] << free;
        Arrays.fill(lengths, first, first + (1 << free), (byte) length);
        Arrays.fill(TAKEN, first, first + (1 << free), (byte) (ONE_SYMBOL | length));
        Arrays.fill(SYMBOLS, first, first + (1 << free), (short) symbol);
      }
    }
    return lengths;
  }

  private static void enterSecondSymbol(int bits, byte[] lengths) {
    int rest = (bits << lengths[bits]) & (lengths.length - 1);
    int length = lengths[bits] + lengths[rest];
    if (lengths[bits] != LONGER_CODE && lengths[rest] != LONGER_CODE && length <= PEEK_BITS) {
      TAKEN[bits] = (byte) (2 * ONE_SYMBOL | length);
      SYMBOLS[bits] |= (short) (SYMBOLS[rest] << 8);
    }
  }

  /** The most octets that a string of so many encoded octets can decode to. */
  static long mostOctets(int encoded) {
    return encoded * 8L / 5;
  }

  /**
   * Decodes {@code in} from {@code from} up to {@code to}.
   *
   * @param ring takes the octets; its length is a power of two and {@link #RING_EXTRA}. Where there
   *     are as many octets as that power or more, they overwrite each other: the caller knows by
   *     the count
   * @return decoded octets
   * @throws HpackException for a string that contains EOS or has wrong padding
   */
  static int decode(byte[] in, int from, int to, byte[] ring) {
    int position = from;
    int octets = 0;
    long bits = 0; // Left-aligned: the next bit is the sign.
    int held = 0;
    while (true) {
      bits |= next(in, position, to) >>> held;
      int read = Math.min((63 - held) >>> 3, to - position);
      position += read;
      held += 8 * read;
      if (held < GROUP * PEEK_BITS) {
        return finish(bits, held, ring, octets);
      }
      int taken = 0;
      for (int i = 0; i < GROUP; i++) {
        int peek = peek(bits);
        put(SYMBOLS[peek], ring, octets + symbols(taken));
        taken += TAKEN[peek] & 0xFF;
        bits <<= TAKEN[peek];
      }
      if (taken == LONGER_CODE) {
        int symbol = longSymbol(bits);
        put(symbol, ring, octets);
        taken = ONE_SYMBOL | HuffmanCode.LENGTH[symbol];
        bits <<= taken;
      }
      octets += symbols(taken);
      held -= length(taken);
    }
  }

  /** The octets from {@code position} on, as many as there are, left-aligned. */
  private static long next(byte[] in, int position, int to) {
    int left = to - position;
    if (left >= Long.BYTES) {
      return (long) BIG_ENDIAN_LONG.get(in, position);
    }
    if (to >= Long.BYTES) {
      return (long) BIG_ENDIAN_LONG.get(in, to - Long.BYTES) << 8 << (56 - 8 * left);
    }
    long octets = 0;
    for (int i = 0; i < left; i++) {
      octets |= (in[position + i] & 0xFFL) << (56 - 8 * i);
    }
    return octets;
  }

  /** The last bits of a string: whole codes, then padding, which is the start of EOS. */
  private static int finish(long lastBits, int lastHeld, byte[] ring, int decoded) {
    long bits = lastBits | -1L >>> lastHeld;
    int held = lastHeld;
    int octets = decoded;
    while (held >= LONGEST || (held > 0 && bits != -1L)) {
      int peek = peek(bits);
      int symbols = SYMBOLS[peek];
      int taken = TAKEN[peek];
      if (taken == LONGER_CODE || length(taken) > held) {
        symbols = taken == LONGER_CODE ? longSymbol(bits) : symbols & 0xFF;
        taken = ONE_SYMBOL | HuffmanCode.LENGTH[symbols];
        if (length(taken) > held) {
          throw new HpackException(HpackViolation.PADDING_NOT_EOS); // RFC 7541 §5.2
        }
      }
      put(symbols, ring, octets);
      octets += symbols(taken & 0xFF);
      bits = bits << taken | (1L << taken) - 1;
      held -= length(taken);
    }
    if (held > 7) {
      throw new HpackException(HpackViolation.PADDING_TOO_LONG); // RFC 7541 §5.2
    }
    return octets;
  }

  private static int peek(long bits) {
    return (int) (bits >>> (Long.SIZE - PEEK_BITS));
  }

  private static int length(int taken) {
    return taken & (ONE_SYMBOL - 1);
  }

  private static int symbols(int taken) {
    return taken >>> LENGTH_BITS;
  }

  private static void put(int symbols, byte[] ring, int octets) {
    LITTLE_ENDIAN_SHORT.set(ring, octets & (ring.length - RING_EXTRA - 1), (short) symbols);
  }

  private static int longSymbol(long bits) {
    int code = (int) (bits >>> (Long.SIZE - LONGEST));
    int length = PEEK_BITS + 1;
    while (length < LONGEST && code >= BOUND[length]) {
      length++;
    }
    int ofLength = (code >>> (LONGEST - length)) - HuffmanCode.FIRST_CODE[length];
    int symbol = HuffmanCode.SYMBOL[HuffmanCode.FIRST_PLACE[length] + ofLength];
    if (symbol == HuffmanCode.EOS) {
      throw new HpackException(HpackViolation.EOS_IN_STRING);
    }
    return symbol;
  }
}
