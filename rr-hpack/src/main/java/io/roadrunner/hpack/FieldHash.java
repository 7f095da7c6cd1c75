package io.roadrunner.hpack;

/** One hash for name and value together. */
final class FieldHash {
  private FieldHash() {}

  /** Cheap where the strings have been hashed before, which they remember. */
  static int of(String name, String value) {
    return 31 * name.hashCode() + value.hashCode();
  }
}
