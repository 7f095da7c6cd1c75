package io.roadrunner.deflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.conformance.WindowDecoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No reference leaves the window that was agreed on: {@link WindowDecoder} would not have it. */
class S7_1_2_WindowTest {

  private static final int[] SIZES = {
    16, 17, 64, 255, 256, 257, 1024, 4096, 8192, 16384, 300, 32768, 65536, 100, 131072
  };

  static Stream<Arguments> bitsAndContexts() {
    return IntStream.rangeClosed(8, 15)
        .boxed()
        .flatMap(
            bits ->
                Stream.of(ContextTakeover.values()).map(context -> Arguments.of(bits, context)));
  }

  @ParameterizedTest
  @MethodSource("bitsAndContexts")
  @DisplayName("D04 windows of 8 to 15 bits, messages of every size")
  void everySizeStaysInTheWindow(int bits, ContextTakeover context) {
    WindowDecoder decoder = new WindowDecoder(1 << bits);
    byte[] all = Messages.text(131072, bits);
    int compressed = 0;
    try (MessageDeflater deflater = Messages.deflater(bits, context);
        MessageInflater inflater = Messages.inflater(context, DeflateLimits.defaults())) {
      for (int size : SIZES) {
        byte[] message = Arrays.copyOf(all, size);
        byte[] payload = Messages.deflate(deflater, message);
        compressed += payload.length;
        assertArrayEquals(message, decoder.message(payload));
        assertArrayEquals(message, Messages.inflate(inflater, payload));
        if (context == ContextTakeover.NONE) {
          decoder.forget();
        }
      }
    }
    // It has to be of use as well: much of the window is used, and much is saved.
    assertTrue(decoder.longestDistance() > (1 << bits) * 3 / 4, "" + decoder.longestDistance());
    assertTrue(compressed < IntStream.of(SIZES).sum() * 3 / 4, "" + compressed);
  }

  /** Every pair of windows and of contexts, both roles. */
  @ParameterizedTest
  @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14, 15})
  void everyCombinationRoundTrips(int serverBits) {
    for (int clientBits = 8; clientBits <= 15; clientBits++) {
      for (ContextTakeover server : ContextTakeover.values()) {
        for (ContextTakeover client : ContextTakeover.values()) {
          roundTrip(new DeflateParameters(serverBits, clientBits, server, client));
        }
      }
    }
  }

  private static void roundTrip(DeflateParameters agreed) {
    DeflateConfig config = DeflateConfig.defaults().withMinMessageBytes(0);
    DeflateLimits limits = DeflateLimits.defaults();
    NativeCodecs codecs = NativeCodecs.unpooled();
    try (MessageDeflater server = MessageDeflater.server(agreed, config, codecs);
        MessageDeflater client = MessageDeflater.client(agreed, config, codecs);
        MessageInflater atServer = MessageInflater.server(agreed, limits, codecs);
        MessageInflater atClient = MessageInflater.client(agreed, limits, codecs)) {
      check(server, atClient, agreed.serverWindowBits(), agreed.serverContext());
      check(client, atServer, agreed.clientWindowBits(), agreed.clientContext());
    }
  }

  private static void check(
      MessageDeflater deflater, MessageInflater inflater, int bits, ContextTakeover context) {
    WindowDecoder decoder = new WindowDecoder(1 << bits);
    for (int size : new int[] {16, 100, 600, 700, 5000}) {
      byte[] message = Messages.text(size, 7);
      byte[] payload = Messages.deflate(deflater, message, size / 2, 64);
      assertArrayEquals(message, decoder.message(payload));
      assertArrayEquals(message, Messages.inflate(inflater, payload));
      if (context == ContextTakeover.NONE) {
        decoder.forget();
      }
    }
  }

  /** A copy of what is exactly a window away, and of what is one octet farther. */
  @ParameterizedTest
  @MethodSource("bitsAndContexts")
  @DisplayName("D04 repetitions at the edge of the window")
  void copiesAtTheEdgeOfTheWindow(int bits, ContextTakeover context) {
    int window = 1 << bits;
    for (int distance : new int[] {window - 262, window - 1, window, window + 1, window + 262}) {
      byte[] message = Messages.random(window * 2 + 600, distance);
      System.arraycopy(message, window - 6, message, Math.max(window - 6 + distance, 0), 300);
      WindowDecoder decoder = new WindowDecoder(window);
      try (MessageDeflater deflater = Messages.deflater(bits, context)) {
        for (int i = 0; i < 3; i++) {
          byte[] payload = Messages.deflate(deflater, message, 1000, 16);
          assertArrayEquals(message, decoder.message(payload));
          if (context == ContextTakeover.NONE) {
            decoder.forget();
          }
        }
      }
    }
  }

  /**
   * Eight octets that are repeated at the very end, so that a run too long by a little would show.
   */
  @ParameterizedTest
  @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14, 15})
  void endsOfRunsAreExact(int bits) {
    int window = 1 << bits;
    for (int distance = window - 8; distance <= window + 8; distance++) {
      byte[] message = Messages.random(distance + 8, distance);
      System.arraycopy(message, 0, message, distance, 8);
      try (MessageDeflater deflater = Messages.deflater(bits, ContextTakeover.ALLOWED)) {
        byte[] payload = Messages.deflate(deflater, message);
        assertArrayEquals(message, new WindowDecoder(window).message(payload));
      }
    }
  }

  /**
   * The flush at the end of the run has then been written already, and is the end of the message.
   */
  @ParameterizedTest
  @ValueSource(ints = {16, 17, 100, 1000})
  void messagesMayEndAfterTheEndOfARun(int room) {
    WindowDecoder decoder = new WindowDecoder(256);
    ByteBuffer out = ByteBuffer.allocate(room);
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    byte[] message = Messages.text(256, room);
    ByteBuffer plain = ByteBuffer.wrap(message);
    try (MessageDeflater deflater = Messages.deflater(8, ContextTakeover.ALLOWED)) {
      for (int i = 0; i < 3; i++) {
        plain.rewind();
        payload.reset();
        for (Part part : Part.values()) {
          Progress progress;
          do {
            progress = deflater.deflate(plain, part, out.clear());
            payload.write(out.array(), 0, out.position());
          } while (progress == Progress.NEED_OUTPUT);
        }
        assertArrayEquals(message, decoder.message(payload.toByteArray()));
      }
    }
  }

  /** Short messages see those before them, and fill the window without a flush marker. */
  @Test
  void shortMessagesShareTheirWindowUntilItIsFull() {
    WindowDecoder decoder = new WindowDecoder(1024);
    byte[] message = Messages.random(100, 1);
    int withHistory = 0;
    try (MessageDeflater deflater = Messages.deflater(10, ContextTakeover.ALLOWED)) {
      for (int i = 0; i < 30; i++) {
        byte[] payload = Messages.deflate(deflater, message);
        withHistory += payload.length < 20 ? 1 : 0;
        assertArrayEquals(message, decoder.message(payload));
        assertTrue(payload.length <= 106, "" + payload.length);
      }
    }
    assertEquals(27, withHistory);
  }

  /** A message that ends with the window needs no second marker. */
  @Test
  void messagesMayEndWithTheWindow() {
    WindowDecoder decoder = new WindowDecoder(256);
    try (MessageDeflater deflater = Messages.deflater(8, ContextTakeover.ALLOWED)) {
      for (int step : new int[] {256, 128, 32, 512, 7}) {
        byte[] message = Messages.text(512, step);
        byte[] payload = Messages.deflate(deflater, message, step, 16);
        assertArrayEquals(message, decoder.message(payload));
      }
    }
  }

  @Test
  void theProofFailsWithoutTheRuns() {
    byte[] message = Messages.text(131072, 3);
    try (MessageDeflater deflater = Messages.deflater(15, ContextTakeover.ALLOWED)) {
      byte[] payload = Messages.deflate(deflater, message);
      for (int bits = 8; bits < 15; bits++) {
        WindowDecoder decoder = new WindowDecoder(1 << bits);
        assertThrows(AssertionError.class, () -> decoder.message(payload));
      }
      assertArrayEquals(message, new WindowDecoder(32768).message(payload));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 9})
  void everyLevelStaysInTheWindow(int level) {
    for (int bits = 8; bits <= 15; bits++) {
      WindowDecoder decoder = new WindowDecoder(1 << bits);
      try (MessageDeflater deflater =
          MessageDeflater.client(
              Messages.parameters(bits, ContextTakeover.ALLOWED),
              DeflateConfig.defaults().withLevel(level),
              NativeCodecs.unpooled())) {
        for (int size : new int[] {100, 2000, 40000, 333}) {
          byte[] message = Messages.text(size, size);
          ByteBuffer out = ByteBuffer.allocate(size + MessageDeflater.EXTRA_ROOM);
          assertEquals(
              MessageForm.COMPRESSED, deflater.message(ByteBuffer.wrap(message), out), "" + size);
          byte[] payload = Arrays.copyOf(out.array(), out.position());
          assertArrayEquals(message, decoder.message(payload));
        }
      }
    }
  }
}
