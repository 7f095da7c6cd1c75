package io.roadrunner.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReadShareTest {

  private static final long QUICK = 49_999;
  private static final long FAIR = 200_000;
  private static final long SLOW = 200_001;

  private final ReadShare share = new ReadShare();

  private ReadShare grown() {
    while (share.bytes() < ReadShare.MOST) {
      share.adapt(share.bytes(), QUICK);
    }
    return share;
  }

  @Test
  @DisplayName("a new connection begins with little")
  void atFirst() {
    assertEquals(ReadShare.FIRST, share.bytes());
  }

  @Test
  @DisplayName("half of what took long, and never less than the least")
  void tooLong() {
    grown().adapt(40_000, SLOW);
    assertEquals(20_000, share.bytes());
    share.adapt(5_000, SLOW);
    assertEquals(ReadShare.LEAST, share.bytes());
    share.adapt(ReadShare.LEAST, SLOW);
    assertEquals(ReadShare.LEAST, share.bytes());
  }

  @Test
  @DisplayName("as much as before when it took as long as it may")
  void fair() {
    grown().adapt(ReadShare.MOST, FAIR);
    assertEquals(ReadShare.MOST, share.bytes());
    share.adapt(ReadShare.MOST, SLOW);
    share.adapt(ReadShare.MOST / 2, QUICK + 1);
    assertEquals(ReadShare.MOST / 2, share.bytes());
  }

  @Test
  @DisplayName("twice as much when a full share was dealt with quickly, up to the buffer's size")
  void quick() {
    grown().adapt(4 * ReadShare.LEAST, SLOW);
    assertEquals(2 * ReadShare.LEAST, share.bytes());
    share.adapt(2 * ReadShare.LEAST - 1, QUICK);
    assertEquals(2 * ReadShare.LEAST, share.bytes());
    for (int bytes = 4 * ReadShare.LEAST; bytes <= ReadShare.MOST; bytes *= 2) {
      share.adapt(share.bytes(), QUICK);
      assertEquals(bytes, share.bytes());
    }
    share.adapt(share.bytes(), QUICK);
    assertEquals(ReadShare.MOST, share.bytes());
  }

  @Test
  @DisplayName("little is not measured; what took for ever is")
  void measured() {
    share.dealtWith(ReadShare.LEAST - 1, share.begin(ReadShare.LEAST - 1));
    assertEquals(ReadShare.FIRST, share.bytes());
    long anHourAgo = share.begin(ReadShare.LEAST) - 3_600_000_000_000L;
    share.dealtWith(ReadShare.LEAST, anHourAgo);
    assertEquals(ReadShare.LEAST, share.bytes());
  }
}
