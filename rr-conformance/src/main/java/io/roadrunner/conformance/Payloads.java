package io.roadrunner.conformance;

import java.util.Arrays;
import java.util.Random;

/** What is in messages. */
final class Payloads {

  private static final byte[] EACH_LENGTH = Frames.utf8("aé€😀z");

  private Payloads() {}

  /** Text in which characters of one to four bytes take turns, of exactly so many bytes. */
  static byte[] text(int size) {
    byte[] text = new byte[size];
    Arrays.fill(text, (byte) '.');
    int step = EACH_LENGTH.length;
    for (int at = 0; at + step <= size; at += step) {
      System.arraycopy(EACH_LENGTH, 0, text, at, step);
    }
    return text;
  }

  static byte[] binary(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31 + (i >> 8) + (i >> 16));
    }
    return bytes;
  }

  /** Text with much in it that repeats, near and far. */
  static byte[] json(int size, int seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(size + 100);
    while (text.length() < size) {
      text.append("{\"id\":").append(random.nextInt(100_000));
      text.append(",\"name\":\"user-").append(Integer.toString(random.nextInt(5000), 36));
      text.append("\",\"active\":").append(random.nextBoolean()).append("},\n");
    }
    return Arrays.copyOf(Frames.utf8(text.toString()), size);
  }

  /** Bytes that do not compress, with some runs that do. */
  static byte[] noise(int size, int seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    for (int at = 0; at + 40 < size; at += 997) {
      Arrays.fill(bytes, at, at + 40, (byte) at);
    }
    return bytes;
  }
}
