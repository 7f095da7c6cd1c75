package io.roadrunner.http1;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Which of the fields that steer parsing a head has, and where each stands first. */
final class KnownFields {
  static final int HOST = 0;
  static final int CONTENT_LENGTH = 1;
  static final int TRANSFER_ENCODING = 2;
  static final int CONNECTION = 3;
  static final int EXPECT = 4;
  static final int UPGRADE = 5;

  private static final byte[] HOST_NAME = "host".getBytes(US_ASCII);
  private static final byte[] EXPECT_NAME = "expect".getBytes(US_ASCII);
  private static final byte[] UPGRADE_NAME = "upgrade".getBytes(US_ASCII);
  private static final byte[] CONNECTION_NAME = "connection".getBytes(US_ASCII);
  private static final byte[] LENGTH_NAME = "content-length".getBytes(US_ASCII);
  private static final byte[] CODING_NAME = "transfer-encoding".getBytes(US_ASCII);

  private final int[] first = new int[6];
  private int present;
  private int repeated;

  void clear() {
    present = 0;
    repeated = 0;
  }

  boolean has(int field) {
    return (present & (1 << field)) != 0;
  }

  boolean isRepeated(int field) {
    return (repeated & (1 << field)) != 0;
  }

  /** Index of the first line of a field that is there. */
  int first(int field) {
    return first[field];
  }

  /** Takes note of a line whose name, a token, stands at {@code at}. */
  void note(byte[] b, int at, int length, int index) {
    switch (length) {
      case 4 -> note(HOST, HOST_NAME, b, at, index);
      case 6 -> note(EXPECT, EXPECT_NAME, b, at, index);
      case 7 -> note(UPGRADE, UPGRADE_NAME, b, at, index);
      case 10 -> note(CONNECTION, CONNECTION_NAME, b, at, index);
      case 14 -> note(CONTENT_LENGTH, LENGTH_NAME, b, at, index);
      case 17 -> note(TRANSFER_ENCODING, CODING_NAME, b, at, index);
      default -> {}
    }
  }

  private void note(int field, byte[] lowerCase, byte[] b, int at, int index) {
    for (int i = 0; i < lowerCase.length; i++) {
      // Within tchar, setting this bit turns nothing but a letter or a hyphen into one.
      if ((b[at + i] | 0x20) != lowerCase[i]) {
        return;
      }
    }
    int bit = 1 << field;
    if ((present & bit) != 0) {
      repeated |= bit;
    } else {
      present |= bit;
      first[field] = index;
    }
  }
}
