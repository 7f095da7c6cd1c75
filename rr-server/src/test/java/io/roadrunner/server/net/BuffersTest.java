package io.roadrunner.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a connection keeps: unread bytes, bytes for its owner, and how fast its peer is. */
class BuffersTest {

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String text(ByteBuffer buffer) {
    return StandardCharsets.US_ASCII.decode(buffer.duplicate()).toString();
  }

  @Test
  void unreadBytesStayInOrder() {
    InputBuffer buffer = new InputBuffer();
    Random random = new Random(42);
    StringBuilder expected = new StringBuilder();
    int next = 0;
    for (int i = 0; i < 2000; i++) {
      StringBuilder part = new StringBuilder();
      int length = random.nextInt(400);
      for (int j = 0; j < length; j++) {
        part.append((char) ('a' + next++ % 26));
      }
      expected.append(part);
      buffer.append(bytes(part.toString()));
      int read = Math.min(buffer.size(), random.nextInt(420));
      buffer.bytes().position(buffer.bytes().position() + read);
      expected.delete(0, read);
      buffer.releaseIfEmpty();
      assertEquals(expected.length(), buffer.size());
      assertEquals(expected.isEmpty(), buffer.isEmpty());
      assertEquals(expected.toString(), text(buffer.bytes()));
    }
  }

  @Test
  @DisplayName(
      "P28: a dripped head is not copied again and again, and an idle connection has no array")
  void dripIsLinear() {
    InputBuffer buffer = new InputBuffer();
    int arrays = 0;
    int last = buffer.bytes().capacity();
    for (int i = 0; i < 20_000; i++) {
      buffer.append(bytes("x"));
      if (buffer.bytes().capacity() != last) {
        arrays++;
        last = buffer.bytes().capacity();
      }
    }
    assertTrue(arrays < 12, "arrays: " + arrays);
    buffer.bytes().position(buffer.bytes().limit());
    buffer.releaseIfEmpty();
    assertEquals(0, buffer.bytes().capacity());
  }

  @Test
  void inboundMovesEverythingOnce() {
    Inbound inbound = new Inbound();
    InputBuffer target = new InputBuffer();
    assertFalse(inbound.moveTo(target));
    inbound.offer(bytes("ab"));
    inbound.offer(bytes("cd"));
    assertEquals(4, inbound.size());
    inbound.pause();
    assertTrue(inbound.moveTo(target));
    assertFalse(inbound.moveTo(target));
    assertEquals("abcd", text(target.bytes()));
    assertEquals(0, inbound.size());
  }

  @Test
  void aResetIsFinal() {
    Inbound inbound = new Inbound();
    assertEquals(Inbound.End.OPEN, inbound.end());
    inbound.finish(Inbound.End.ENDED);
    assertEquals(Inbound.End.ENDED, inbound.end());
    inbound.pause();
    assertFalse(inbound.moveTo(new InputBuffer()));
    inbound.finish(Inbound.End.RESET);
    inbound.finish(Inbound.End.ENDED);
    assertEquals(Inbound.End.RESET, inbound.end());
  }

  @Test
  void whoeverWaitsIsWoken() throws Exception {
    Inbound inbound = new Inbound();
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!inbound.readyOrWait(Thread.currentThread())) {
                    LockSupport.park();
                  }
                });
    inbound.offer(bytes("x"));
    assertTrue(waiting.join(Duration.ofSeconds(10)));
    assertTrue(inbound.readyOrWait(Thread.currentThread()));
  }

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  @DisplayName("C02 C03: a peer is judged by what it moves while it is waited for")
  void pace() {
    PeerPace pace = PeerPace.of(100, Duration.ofSeconds(1), Duration.ofSeconds(30));
    assertEquals(SECOND, pace.creditNanos());
    pace.waited(SECOND);
    assertEquals(0, pace.creditNanos());
    pace.moved(100);
    assertEquals(SECOND, pace.creditNanos());
    pace.moved(Long.MAX_VALUE);
    assertEquals(30 * SECOND, pace.creditNanos());
    pace.waited(31 * SECOND);
    assertTrue(pace.creditNanos() < 0);
    pace.moved(1000);
    assertEquals(9 * SECOND, pace.creditNanos());
  }

  @Test
  @DisplayName("C02 C03: without a least rate only the longest stall counts")
  void paceWithoutRate() {
    PeerPace pace = PeerPace.of(0, Duration.ofSeconds(1), Duration.ofSeconds(30));
    assertEquals(30 * SECOND, pace.creditNanos());
    pace.waited(29 * SECOND);
    pace.moved(1);
    assertEquals(30 * SECOND, pace.creditNanos());
    pace.waited(30 * SECOND);
    pace.moved(0);
    assertEquals(0, pace.creditNanos());
  }

  @Test
  void addressesAreReadable() throws Exception {
    InetAddress address = InetAddress.getByAddress("ignored", new byte[] {10, 0, 0, 1});
    assertEquals("10.0.0.1:80", Addresses.text(new InetSocketAddress(address, 80)));
    assertEquals("unix:/a/b", Addresses.text(UnixDomainSocketAddress.of(Path.of("/a/b"))));
    SocketChannel channel = SocketChannel.open();
    assertTrue(Addresses.text(Addresses.remote(channel)).contains("unknown"));
    channel.close();
    assertTrue(Addresses.text(Addresses.local(channel)).contains("unknown"));
    assertTrue(Addresses.text(Addresses.remote(channel)).contains("unknown"));
  }
}
