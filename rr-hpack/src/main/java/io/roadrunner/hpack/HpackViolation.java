package io.roadrunner.hpack;

/** The catalogue of what a peer can do wrong in a header block. */
public enum HpackViolation {
  /** Index greater than both tables together. */
  INDEX_BEYOND_TABLES("RFC 7541 §2.3.3", "index greater than both tables together"),
  /** No size update after the table size was reduced. */
  MISSING_SIZE_UPDATE("RFC 7541 §4.2", "no size update after the table size was reduced"),
  /** Table size update behind a field. */
  MISPLACED_SIZE_UPDATE("RFC 7541 §4.2", "table size update behind a field"),
  /** More than two table size updates in one block. */
  TOO_MANY_SIZE_UPDATES("RFC 7541 §4.2", "more than two table size updates in one block"),
  /** Integer of more than four continuation octets. */
  INTEGER_TOO_LARGE("RFC 7541 §5.1", "integer of more than four continuation octets"),
  /** Block ends inside a field. */
  TRUNCATED_BLOCK("RFC 7541 §5.1", "block ends inside a field"),
  /** String longer than the rest of the block. */
  STRING_BEYOND_BLOCK("RFC 7541 §5.2", "string longer than the rest of the block"),
  /** String contains the EOS symbol. */
  EOS_IN_STRING("RFC 7541 §5.2", "string contains the EOS symbol"),
  /** More than seven bits of padding. */
  PADDING_TOO_LONG("RFC 7541 §5.2", "more than seven bits of padding"),
  /** Padding other than the first bits of EOS. */
  PADDING_NOT_EOS("RFC 7541 §5.2", "padding other than the first bits of EOS"),
  /** Indexed field with index zero. */
  INDEX_ZERO("RFC 7541 §6.1", "indexed field with index zero"),
  /** Table size update over the agreed limit. */
  SIZE_UPDATE_TOO_LARGE("RFC 7541 §6.3", "table size update over the agreed limit"),

  /** More encoded octets than {@link HpackLimits#maxBlockBytes}. Not one of them was decoded. */
  BLOCK_TOO_LARGE(HpackViolation.ENHANCE_YOUR_CALM, "RFC 9113 §10.5.1", "block over the limit");

  private static final int COMPRESSION_ERROR = 0x9;
  private static final int ENHANCE_YOUR_CALM = 0xb;

  private final int errorCode;
  private final String section;
  private final String text;

  HpackViolation(String section, String text) {
    this(HpackViolation.COMPRESSION_ERROR, section, text);
  }

  HpackViolation(int errorCode, String section, String text) {
    this.errorCode = errorCode;
    this.section = section;
    this.text = text;
  }

  /**
   * {@return error code of HTTP/2 for the GOAWAY frame (RFC 9113 §7): COMPRESSION_ERROR, 0x9; for
   * {@link #BLOCK_TOO_LARGE} ENHANCE_YOUR_CALM, 0xb}
   */
  public int errorCode() {
    return errorCode;
  }

  /** {@return where the rule stands, such as {@code RFC 7541 §5.2}} */
  public String section() {
    return section;
  }

  /** {@return what was wrong, in a few lower-case words} */
  public String text() {
    return text;
  }
}
