package io.roadrunner.deflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LimitsTest {

  private static final DeflateLimits WIDE = new DeflateLimits(Long.MAX_VALUE, 5000, 0);

  private static byte[] compressed(byte[] message) {
    try (MessageDeflater deflater = Messages.deflater(15, ContextTakeover.ALLOWED)) {
      return Messages.deflate(deflater, message);
    }
  }

  /** Decompresses into one small buffer until it ends or fails, and says after how many bytes. */
  private static long produced(MessageInflater inflater, byte[] payload, ByteBuffer out) {
    ByteBuffer in = ByteBuffer.wrap(payload);
    long total = 0;
    try {
      while (inflater.inflate(in, Part.LAST, out.clear()) != Progress.MESSAGE_END) {
        total += out.position();
      }
      return total + out.position();
    } catch (DeflateException e) {
      assertEquals(1009, e.violation().closeCode());
      return -total;
    }
  }

  @Test
  @DisplayName("D01 6 MB of zeros stop at the ratio, with memory flat")
  void sixMegabytesOfZerosStopAtTheRatioWithMemoryFlat() {
    byte[] bomb = compressed(new byte[6_000_000]);
    assertTrue(bomb.length < 7000);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ByteBuffer out = ByteBuffer.allocate(8192);
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      try (MessageInflater inflater = Messages.inflater()) {
        long before = threads.getCurrentThreadAllocatedBytes();
        long produced = produced(inflater, bomb, out);
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        assertEquals(-(1L << 20), produced);
      }
    }
    assertTrue(least < 16384, least + " bytes allocated");
  }

  @Test
  @DisplayName("D01 6 MB of zeros stop at the size")
  void theSameStopsAtTheSizeWithoutARatio() {
    byte[] bomb = compressed(new byte[6_000_000]);
    ByteBuffer out = ByteBuffer.allocate(8192);
    try (MessageInflater inflater =
        Messages.inflater(ContextTakeover.ALLOWED, WIDE.withMaxMessageBytes(2_000_000))) {
      long produced = -produced(inflater, bomb, out);
      assertTrue(produced > 2_000_000 - 8192 && produced <= 2_000_000, "" + produced);
    }
    try (MessageInflater inflater = Messages.inflater(ContextTakeover.ALLOWED, WIDE)) {
      assertEquals(6_000_000, produced(inflater, bomb, out));
    }
  }

  @Test
  void sizeIsExact() {
    byte[] payload = compressed(Messages.text(1000, 1));
    for (int limit = 998; limit < 1003; limit++) {
      for (int room : new int[] {1, 999, 1000, 1001, 5000}) {
        try (MessageInflater inflater =
            Messages.inflater(ContextTakeover.ALLOWED, WIDE.withMaxMessageBytes(limit))) {
          long produced = produced(inflater, payload, ByteBuffer.allocate(room));
          assertEquals(limit >= 1000, produced == 1000, limit + " " + produced);
        }
      }
    }
  }

  @Test
  void ratioIsExact() {
    byte[] payload = compressed(new byte[100_000]);
    int ratio = (100_000 + payload.length - 1) / payload.length;
    for (int off = -1; off < 2; off++) {
      DeflateLimits limits = WIDE.withMaxRatio(ratio + off).withRatioGraceBytes(99_999);
      try (MessageInflater inflater = Messages.inflater(ContextTakeover.ALLOWED, limits)) {
        long produced = produced(inflater, payload, ByteBuffer.allocate(8192));
        assertEquals(off >= 0, produced == 100_000, off + " " + produced);
      }
    }
    try (MessageInflater inflater =
        Messages.inflater(
            ContextTakeover.ALLOWED, WIDE.withMaxRatio(1).withRatioGraceBytes(100_000))) {
      assertEquals(100_000, produced(inflater, payload, ByteBuffer.allocate(8192)));
    }
  }

  /** Limits are for each message, not for all of them. */
  @Test
  void everyMessageStartsAtZero() {
    byte[] payload = compressed(new byte[1000]);
    DeflateLimits limits = WIDE.withMaxMessageBytes(1000);
    try (MessageInflater inflater = Messages.inflater(ContextTakeover.ALLOWED, limits)) {
      for (int i = 0; i < 5; i++) {
        assertEquals(1000, produced(inflater, payload, ByteBuffer.allocate(100)));
      }
    }
  }

  @Test
  @DisplayName("D02 storm of final blocks")
  void stormsOfFinalBlocksAreCharged() {
    byte[] storm = new byte[2 * 1000 + 1];
    for (int i = 0; i < 1000; i++) {
      storm[2 * i] = 3;
    }
    try (MessageInflater inflater =
        Messages.inflater(ContextTakeover.ALLOWED, WIDE.withMaxMessageBytes(64_000))) {
      assertEquals(0, produced(inflater, storm, ByteBuffer.allocate(10)));
      assertEquals(0, produced(inflater, storm, ByteBuffer.allocate(10)));
    }
    try (MessageInflater inflater =
        Messages.inflater(ContextTakeover.ALLOWED, WIDE.withMaxMessageBytes(63_999))) {
      DeflateException thrown =
          assertThrows(DeflateException.class, () -> Messages.inflate(inflater, storm));
      assertEquals(DeflateViolation.MESSAGE_TOO_LARGE, thrown.violation());
    }
  }

  /** A million empty blocks: nothing comes of them, and the work is in proportion to them. */
  @Test
  @DisplayName("D02 storm of empty blocks")
  void stormsOfEmptyBlocksComeToNothing() {
    byte[] storm = new byte[5_000_001];
    for (int at = 0; at < 5_000_000; at += 5) {
      Arrays.fill(storm, at + 3, at + 5, (byte) 0xFF);
    }
    try (MessageInflater inflater = Messages.inflater()) {
      assertArrayEquals(new byte[0], Messages.inflate(inflater, storm, 65536, 8192));
    }
  }

  @Test
  void limitsRefuseNonsense() {
    DeflateLimits limits = DeflateLimits.defaults();
    assertEquals(new DeflateLimits(10 << 20, 100, 1 << 20), limits);
    assertThrows(IllegalArgumentException.class, () -> limits.withMaxMessageBytes(-1));
    assertThrows(IllegalArgumentException.class, () -> limits.withRatioGraceBytes(-1));
    assertThrows(IllegalArgumentException.class, () -> limits.withMaxRatio(0));
  }
}
