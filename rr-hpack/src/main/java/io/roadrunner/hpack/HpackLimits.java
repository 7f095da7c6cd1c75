package io.roadrunner.hpack;

/**
 * Upper bounds of what a header block may hold. They hold while it is decoded: nothing is made of a
 * string that is over the limit, neither plain nor Huffman-coded.
 *
 * <p>The size of the dynamic table is not among them: the peer is told that in SETTINGS, and {@link
 * HpackDecoder#tableSizeAcknowledged} enforces it.
 *
 * @param maxFieldListBytes decoded fields together, each with its name, its value and 32 octets, as
 *     in SETTINGS_MAX_HEADER_LIST_SIZE (RFC 9113 §6.5.2). Over it, the outcome is {@link
 *     BlockOutcome#LIST_TOO_LARGE}
 * @param maxFieldCount field lines, whatever their size; {@link BlockOutcome#LIST_TOO_LARGE}. Each
 *     crumb of a cookie counts (RFC 9113 §8.2.3)
 * @param maxBlockBytes encoded block. The hard stop: the work for a block is in proportion to its
 *     octets, whatever it decodes to, so that this bounds it. Over it, {@link
 *     HpackViolation#BLOCK_TOO_LARGE}
 */
public record HpackLimits(int maxFieldListBytes, int maxFieldCount, int maxBlockBytes) {

  /** Leaves room for sums of limits in an int. */
  private static final int MOST = 1 << 28;

  private static final HpackLimits DEFAULTS = new HpackLimits(16384, 256, 65536);

  /** Refuses values that no block could satisfy with {@link IllegalArgumentException}. */
  public HpackLimits {
    atLeast(32, maxFieldListBytes, "maxFieldListBytes");
    atLeast(1, maxFieldCount, "maxFieldCount");
    atLeast(1, maxBlockBytes, "maxBlockBytes");
  }

  private static void atLeast(int least, int value, String name) {
    if (value < least || value > MOST) {
      throw new IllegalArgumentException(
          name + " is " + value + ", it has to be from " + least + " to " + MOST);
    }
  }

  /** {@return 16384, 256 and 65536, in the order of the components} */
  public static HpackLimits defaults() {
    return DEFAULTS;
  }

  /**
   * {@return a copy with another {@link #maxFieldListBytes}}
   *
   * @param bytes the limit, in octets
   */
  public HpackLimits withMaxFieldListBytes(int bytes) {
    return new HpackLimits(bytes, maxFieldCount, maxBlockBytes);
  }

  /**
   * {@return a copy with another {@link #maxFieldCount}}
   *
   * @param fields the limit, in field lines
   */
  public HpackLimits withMaxFieldCount(int fields) {
    return new HpackLimits(maxFieldListBytes, fields, maxBlockBytes);
  }

  /**
   * {@return a copy with another {@link #maxBlockBytes}}
   *
   * @param bytes the limit, in octets
   */
  public HpackLimits withMaxBlockBytes(int bytes) {
    return new HpackLimits(maxFieldListBytes, maxFieldCount, bytes);
  }
}
