package io.roadrunner.hpack;

/** Takes the fields of a header block as they are decoded, in the order of the block. */
@FunctionalInterface
public interface HeaderSink {

  /**
   * One field line. Each char of the two strings is one octet of the wire (ISO 8859-1); neither is
   * checked for what HTTP permits in it, and either may be empty.
   *
   * <p>The strings belong to the receiver and stay valid. A field that is a reference into one of
   * the tables comes as the same instances each time, at no allocation.
   *
   * <p>What this method throws leaves {@link HpackDecoder#decode}, and makes the decoder unusable.
   *
   * @param name name of the field
   * @param value value of the field
   * @param sensitivity whether the field came as a never-indexed literal
   */
  void accept(String name, String value, Sensitivity sensitivity);
}
