package io.roadrunner.hpack;

import java.nio.ByteBuffer;

/** Reads the primitive types of RFC 7541 §5 from one header block. */
final class BlockReader {
  /** Space that stays with an idle connection. */
  private static final int KEPT_SPACE = 1024;

  private static final int LEAST_SPACE = 256;

  private static final byte[] NOTHING = new byte[0];

  private byte[] bytes = NOTHING;
  private int position;
  private int end;

  /** For blocks outside the heap. */
  private byte[] copy = NOTHING;

  /** A ring for decoded strings, or empty. */
  private byte[] text = NOTHING;

  private int stringLength;

  /** Starts with the block between position and limit, and moves the position to the limit. */
  void open(ByteBuffer block) {
    int length = block.remaining();
    if (block.hasArray()) {
      bytes = block.array();
      position = block.arrayOffset() + block.position();
      block.position(block.limit());
    } else {
      copy = withRoom(copy, length);
      block.get(copy, 0, length);
      bytes = copy;
      position = 0;
    }
    end = position + length;
  }

  /** Lets go of the block, and of space that is worth more than an idle connection should hold. */
  void close() {
    bytes = NOTHING;
    if (copy.length > KEPT_SPACE) {
      copy = NOTHING;
    }
    if (text.length > KEPT_SPACE + HuffmanDecoder.RING_EXTRA) {
      text = NOTHING;
    }
  }

  boolean hasMore() {
    return position < end;
  }

  /** The next octet, sign-extended, without taking it; the caller knows that there is one. */
  int peek() {
    return bytes[position];
  }

  /** The next octet, sign-extended. */
  int next() {
    if (position == end) {
      throw new HpackException(HpackViolation.TRUNCATED_BLOCK);
    }
    return bytes[position++];
  }

  /** The rest of an integer whose first octet has been taken (RFC 7541 §5.1). */
  int integer(int first, int prefixBits) {
    int most = (1 << prefixBits) - 1;
    int prefix = first & most;
    return prefix < most ? prefix : continued(most);
  }

  private int continued(int prefix) {
    int value = prefix;
    // RFC 7541 §5.1: four continuation octets hold all that a limit of this library permits.
    for (int shift = 0; shift < 28; shift += 7) {
      int octet = next();
      value += (octet & 0x7F) << shift;
      if (octet >= 0) {
        return value;
      }
    }
    throw new HpackException(HpackViolation.INTEGER_TOO_LARGE);
  }

  /**
   * The next string, or an empty one in its place when it has more octets than {@code most}; {@link
   * #stringLength} says how many (RFC 7541 §5.2).
   */
  String string(int most) {
    int first = next();
    int encoded = integer(first, 7);
    if (encoded > end - position) {
      throw new HpackException(HpackViolation.STRING_BEYOND_BLOCK);
    }
    int from = position;
    position += encoded;
    return first < 0 ? huffman(from, most) : plain(from, most);
  }

  /** Octets of the string read last, whether it was handed out or not. */
  int stringLength() {
    return stringLength;
  }

  private String plain(int from, int most) {
    stringLength = position - from;
    return text(bytes, from, most);
  }

  private String huffman(int from, int most) {
    int room = (int) Math.min(most, HuffmanDecoder.mostOctets(position - from));
    if (text.length <= room + HuffmanDecoder.RING_EXTRA) {
      int power = Math.max(2 * Integer.highestOneBit(room), LEAST_SPACE);
      text = new byte[power + HuffmanDecoder.RING_EXTRA];
    }
    stringLength = HuffmanDecoder.decode(bytes, from, position, text);
    return text(text, 0, most);
  }

  @SuppressWarnings("deprecation") // The constructor that copies without looking for a charset.
  private String text(byte[] octets, int from, int most) {
    return stringLength == 0 || stringLength > most
        ? ""
        : new String(octets, 0, from, stringLength);
  }

  private static byte[] withRoom(byte[] space, int room) {
    return space.length >= room ? space : new byte[Math.max(room, LEAST_SPACE)];
  }
}
