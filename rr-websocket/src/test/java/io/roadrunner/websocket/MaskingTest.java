package io.roadrunner.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** RFC 6455 §5.3: octet i of the payload is XORed with octet i modulo 4 of the key. */
class MaskingTest {

  private static final int KEY = 0x81FE03C4;

  private static byte[] expected(byte[] bytes, int from, int to) {
    byte[] masked = bytes.clone();
    for (int i = from; i < to; i++) {
      masked[i] ^= (byte) (KEY >>> (24 - 8 * ((i - from) % 4)));
    }
    return masked;
  }

  @Test
  void everyLengthAndOffsetInEveryKindOfBuffer() {
    byte[] bytes = Frames.bytes(90);
    for (int from = 0; from < 9; from++) {
      for (int to = from; to <= 80; to++) {
        byte[] expected = expected(bytes, from, to);
        ByteBuffer heap = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer direct = ByteBuffer.allocateDirect(90).put(bytes);
        ByteBuffer slice = ByteBuffer.allocate(97).slice(7, 90).put(bytes);
        for (ByteBuffer buffer : new ByteBuffer[] {heap, direct, slice}) {
          int next = Masking.apply(buffer.position(from).limit(to), KEY);
          byte[] actual = new byte[90];
          buffer.clear().get(0, actual);
          assertArrayEquals(expected, actual);
          assertEquals(Integer.rotateLeft(KEY, 8 * (to - from)), next);
        }
      }
    }
  }

  @Test
  void piecesContinueWithTheKeyReturned() {
    byte[] whole = Frames.bytes(200);
    Masking.apply(ByteBuffer.wrap(whole), KEY);
    for (int cut = 0; cut <= 200; cut++) {
      byte[] pieces = Frames.bytes(200);
      int next = Masking.apply(ByteBuffer.wrap(pieces, 0, cut), KEY);
      Masking.apply(ByteBuffer.wrap(pieces, cut, 200 - cut), next);
      assertArrayEquals(whole, pieces);
    }
  }

  @Test
  void positionAndLimitStay() {
    ByteBuffer buffer = ByteBuffer.allocate(20).position(3).limit(15);
    Masking.apply(buffer, KEY);
    assertEquals(3, buffer.position());
    assertEquals(15, buffer.limit());
  }
}
