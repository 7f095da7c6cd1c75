package io.roadrunner.deflate;

/**
 * Upper bounds of what a compressed message may become. They hold while it is decompressed, call by
 * call: of a message over a limit, never more is produced than the limit and one output buffer.
 *
 * @param maxMessageBytes plain bytes of a message (RFC 6455 §10.4). Each block with BFINAL within
 *     it counts as 64 bytes on top, since it costs a restart and may produce nothing. Over it,
 *     {@link DeflateViolation#MESSAGE_TOO_LARGE}
 * @param maxRatio plain bytes for each compressed byte, over the whole message so far. DEFLATE
 *     reaches 1032, text rarely 20. Over it, {@link DeflateViolation#RATIO_TOO_HIGH}
 * @param ratioGraceBytes messages may have this many plain bytes whatever their ratio
 */
public record DeflateLimits(long maxMessageBytes, int maxRatio, long ratioGraceBytes) {

  private static final DeflateLimits DEFAULTS = new DeflateLimits(10L << 20, 100, 1L << 20);

  /** Refuses negative sizes and a ratio below 1 with {@link IllegalArgumentException}. */
  public DeflateLimits {
    if (maxMessageBytes < 0 || ratioGraceBytes < 0) {
      throw new IllegalArgumentException("a size is negative");
    }
    if (maxRatio < 1) {
      throw new IllegalArgumentException("maxRatio is " + maxRatio + ", it has to be 1 or more");
    }
  }

  /** {@return 10 MiB, 100 and 1 MiB, in the order of the components} */
  public static DeflateLimits defaults() {
    return DEFAULTS;
  }

  /**
   * {@return a copy with another {@link #maxMessageBytes}}
   *
   * @param bytes the limit
   */
  public DeflateLimits withMaxMessageBytes(long bytes) {
    return new DeflateLimits(bytes, maxRatio, ratioGraceBytes);
  }

  /**
   * {@return a copy with another {@link #maxRatio}}
   *
   * @param ratio the limit; 1032 and above never apply
   */
  public DeflateLimits withMaxRatio(int ratio) {
    return new DeflateLimits(maxMessageBytes, ratio, ratioGraceBytes);
  }

  /**
   * {@return a copy with another {@link #ratioGraceBytes}}
   *
   * @param bytes that pass whatever their ratio
   */
  public DeflateLimits withRatioGraceBytes(long bytes) {
    return new DeflateLimits(maxMessageBytes, maxRatio, bytes);
  }
}
