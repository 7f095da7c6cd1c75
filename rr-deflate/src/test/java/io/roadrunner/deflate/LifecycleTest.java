package io.roadrunner.deflate;

import static io.roadrunner.deflate.Messages.ascii;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Native memory: when it is taken, and when it is given back. */
class LifecycleTest {

  private static final byte[] HELLO = Messages.hex("f248cdc9c90700");

  /** A pool as a server would have one, which knows what is out. */
  private static final class Pool implements NativeCodecs {
    private final Deque<Deflater> deflaters = new ArrayDeque<>();
    private final Deque<Inflater> inflaters = new ArrayDeque<>();
    private int made;
    private int out;

    @Override
    public Deflater takeDeflater(int level) {
      out++;
      made += deflaters.isEmpty() ? 1 : 0;
      return deflaters.isEmpty() ? new Deflater(level, true) : deflaters.pop();
    }

    @Override
    public void giveBack(Deflater deflater) {
      assertEquals(0, deflater.getBytesRead());
      out--;
      deflaters.push(deflater);
    }

    @Override
    public Inflater takeInflater() {
      out++;
      made += inflaters.isEmpty() ? 1 : 0;
      return inflaters.isEmpty() ? new Inflater(true) : inflaters.pop();
    }

    @Override
    public void giveBack(Inflater inflater) {
      assertEquals(0, inflater.getBytesRead());
      out--;
      inflaters.push(inflater);
    }
  }

  private final Pool pool = new Pool();

  private MessageDeflater deflater(ContextTakeover context) {
    return MessageDeflater.server(Messages.parameters(9, context), DeflateConfig.defaults(), pool);
  }

  private MessageInflater inflater(ContextTakeover context) {
    return MessageInflater.client(Messages.parameters(9, context), DeflateLimits.defaults(), pool);
  }

  @Test
  void nothingIsTakenBeforeItIsNeeded() {
    try (MessageDeflater deflater = deflater(ContextTakeover.ALLOWED);
        MessageInflater inflater = inflater(ContextTakeover.ALLOWED)) {
      deflater.message(ByteBuffer.allocate(10), ByteBuffer.allocate(100));
      Messages.deflate(deflater, new byte[0]);
      assertEquals(0, pool.made);
      Messages.deflate(deflater, ascii("Hello"));
      Messages.inflate(inflater, HELLO);
      assertEquals(2, pool.out);
    }
    assertEquals(0, pool.out);
  }

  @Test
  @DisplayName("D05 no memory between messages without context takeover")
  void withoutContextTakeoverNothingIsHeldBetweenMessages() {
    try (MessageDeflater deflater = deflater(ContextTakeover.NONE);
        MessageInflater inflater = inflater(ContextTakeover.NONE)) {
      for (int i = 0; i < 5; i++) {
        assertArrayEquals(HELLO, Messages.deflate(deflater, ascii("Hello"), 1, 16));
        assertEquals(0, pool.out);
        deflater.message(ByteBuffer.allocate(100), ByteBuffer.allocate(200));
        assertEquals(0, pool.out);
        deflater.message(ByteBuffer.wrap(Messages.random(100, 1)), ByteBuffer.allocate(200));
        assertEquals(0, pool.out);
        assertArrayEquals(ascii("Hello"), Messages.inflate(inflater, HELLO));
        assertEquals(0, pool.out);
      }
    }
    assertEquals(2, pool.made);
  }

  @Test
  @DisplayName("D05 memory is given back by close")
  void closesWithinAMessage() {
    MessageDeflater deflater = deflater(ContextTakeover.ALLOWED);
    MessageInflater inflater = inflater(ContextTakeover.ALLOWED);
    ByteBuffer out = ByteBuffer.allocate(100);
    deflater.deflate(ByteBuffer.wrap(ascii("Hel")), Part.MORE, out);
    inflater.inflate(ByteBuffer.wrap(HELLO, 0, 3), Part.MORE, out);
    assertEquals(2, pool.out);
    for (int i = 0; i < 2; i++) {
      deflater.close();
      inflater.close();
      assertEquals(0, pool.out);
    }
    ByteBuffer in = ByteBuffer.allocate(100);
    assertThrows(IllegalStateException.class, () -> deflater.deflate(in, Part.LAST, out));
    assertThrows(IllegalStateException.class, () -> deflater.message(in, out));
    assertThrows(IllegalStateException.class, () -> inflater.inflate(in, Part.LAST, out));
    try (MessageDeflater next = deflater(ContextTakeover.ALLOWED);
        MessageInflater other = inflater(ContextTakeover.ALLOWED)) {
      assertArrayEquals(HELLO, Messages.deflate(next, ascii("Hello")));
      assertArrayEquals(ascii("Hello"), Messages.inflate(other, HELLO));
    }
    assertEquals(2, pool.made);
  }

  @Test
  void violationsGiveBack() {
    MessageInflater inflater = inflater(ContextTakeover.ALLOWED);
    assertThrows(
        DeflateException.class, () -> Messages.inflate(inflater, new byte[] {(byte) 0xFF}));
    assertEquals(0, pool.out);
    inflater.close();
    assertEquals(0, pool.out);
  }

  @Test
  void unpooledMemoryIsFreedAtOnce() {
    NativeCodecs codecs = NativeCodecs.unpooled();
    Deflater deflater = codecs.takeDeflater(1);
    Inflater inflater = codecs.takeInflater();
    codecs.giveBack(deflater);
    codecs.giveBack(inflater);
    // Which one it is depends on the JDK.
    assertThrows(RuntimeException.class, deflater::reset);
    assertThrows(RuntimeException.class, inflater::reset);
  }
}
