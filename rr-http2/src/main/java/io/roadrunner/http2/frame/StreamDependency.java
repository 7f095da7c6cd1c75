package io.roadrunner.http2.frame;

import java.nio.ByteBuffer;

/**
 * What is left of the priorities of RFC 7540: five octets that have to be read, and are not used
 * (RFC 9113 §5.3.2).
 *
 * @param dependsOn a stream, or 0
 * @param exclusive whether the dependency is exclusive
 * @param weight 1 to 256
 */
public record StreamDependency(int dependsOn, boolean exclusive, int weight) {
  static final int BYTES = 5;

  /** Refuses values out of range with {@link IllegalArgumentException}. */
  public StreamDependency {
    FrameHeader.requireId(dependsOn);
    if (weight < 1 || weight > 256) {
      throw new IllegalArgumentException("weight is " + weight + ", not 1 to 256");
    }
  }

  static StreamDependency read(ByteBuffer payload) {
    int first = payload.getInt();
    int weight = (payload.get() & 0xFF) + 1;
    return new StreamDependency(first & Payload.LOW_31_BITS, first < 0, weight);
  }

  void write(ByteBuffer out) {
    out.putInt(dependsOn | (exclusive ? 1 << 31 : 0)).put((byte) (weight - 1));
  }
}
