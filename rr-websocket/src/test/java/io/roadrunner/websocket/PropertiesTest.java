package io.roadrunner.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class PropertiesTest {

  /** Something to send; fragments is how many frames it takes. */
  record Item(String kind, ByteBuffer payload, int fragments) {
    static Item of(String kind, byte[] payload, int fragments) {
      return new Item(kind, ByteBuffer.wrap(payload), fragments);
    }

    String line() {
      return kind.equals("text")
          ? "text " + StandardCharsets.UTF_8.decode(payload.duplicate())
          : kind + " " + Feed.hex(payload);
    }
  }

  @Provide
  Arbitrary<Item> items() {
    Arbitrary<byte[]> shortBytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(125);
    Arbitrary<byte[]> bytes =
        Arbitraries.of(0, 1, 7, 125, 126, 127, 300, 65535, 65536, 70_000).map(Frames::bytes);
    Arbitrary<byte[]> text = Arbitraries.strings().ofMaxLength(60).map(Frames::utf8);
    Arbitrary<Integer> one = Arbitraries.just(1);
    Arbitrary<Integer> some = Arbitraries.integers().between(1, 5);
    return Arbitraries.oneOf(
        Combinators.combine(Arbitraries.of("ping", "pong"), shortBytes, one).as(Item::of),
        Combinators.combine(Arbitraries.just("binary"), bytes, some).as(Item::of),
        Combinators.combine(Arbitraries.just("text"), text, some).as(Item::of));
  }

  @Property(tries = 150)
  void whatIsWrittenIsReadInBothRoles(
      @ForAll @Size(max = 6) List<@From("items") Item> items, @ForAll long seed) {
    Random random = new Random(seed);
    List<String> expected = items.stream().map(Item::line).toList();
    byte[] fromClient = write(WebSocketWriter.client(random::nextInt), items);
    byte[] fromServer = write(WebSocketWriter.server(), items);
    assertEquals(expected, readAtRandom(MessageReader.server(Feed.LIMITS), fromClient, random));
    assertEquals(expected, readAtRandom(MessageReader.client(Feed.LIMITS), fromServer, random));
  }

  private static byte[] write(WebSocketWriter writer, List<Item> items) {
    ByteBuffer out = ByteBuffer.allocate(600_000);
    for (Item item : items) {
      ByteBuffer payload = item.payload().duplicate();
      switch (item.kind()) {
        case "ping" -> writer.ping(payload, out);
        case "pong" -> writer.pong(payload, out);
        default -> writeMessage(writer, item, payload, out);
      }
    }
    byte[] bytes = new byte[out.position()];
    out.get(0, bytes);
    return bytes;
  }

  private static void writeMessage(
      WebSocketWriter writer, Item item, ByteBuffer payload, ByteBuffer out) {
    MessageKind kind = item.kind().equals("text") ? MessageKind.TEXT : MessageKind.BINARY;
    if (item.fragments() == 1) {
      writer.message(kind, PayloadForm.PLAIN, payload, out);
      return;
    }
    int size = payload.remaining() / item.fragments();
    writer.firstFragment(kind, PayloadForm.PLAIN, payload.limit(size), out);
    for (int i = 2; i < item.fragments(); i++) {
      writer.nextFragment(payload.limit(payload.limit() + size), out);
    }
    writer.lastFragment(payload.limit(payload.capacity()), out);
  }

  private static List<String> readAtRandom(MessageReader reader, byte[] bytes, Random random) {
    List<String> log = new ArrayList<>();
    Feed.run(
        in -> {
          MessageEvent event = reader.next(in);
          while (event != NeedInput.INSTANCE) {
            log.add(Feed.line(event));
            event = reader.next(in);
          }
          return log;
        },
        bytes,
        at -> at + 1 + random.nextInt(random.nextBoolean() ? 5 : 20_000),
        random.nextBoolean() ? ByteBuffer::allocate : ByteBuffer::allocateDirect);
    return log;
  }

  @Property(tries = 1500)
  void anyBytesGiveEventsOrTheModulesOwnException(
      @ForAll @Size(max = 120) byte[] bytes, @ForAll boolean asServer) {
    List<String> log = asServer ? Feed.server(bytes) : Feed.client(bytes);
    long failures = log.stream().filter(line -> line.startsWith("fail ")).count();
    assertEquals(failures > 0 ? 1 : 0, failures);
  }

  /** Plausible frames with one byte changed come further than random bytes. */
  @Property(tries = 500)
  void damagedFrames(@ForAll @Size(max = 4) List<@From("items") Item> items, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = write(WebSocketWriter.client(random::nextInt), items);
    if (bytes.length > 0) {
      bytes[random.nextInt(Math.min(bytes.length, 200))] ^= (byte) (1 + random.nextInt(255));
      byte[] some = Arrays.copyOf(bytes, Math.min(bytes.length, 150));
      List<String> log = Feed.server(some);
      assertEquals(log, Feed.server(some));
    }
  }

  @Property(tries = 300)
  void maskingTwiceIsNothing(@ForAll byte[] bytes, @ForAll int key) {
    byte[] twice = bytes.clone();
    Masking.apply(ByteBuffer.wrap(twice), key);
    Masking.apply(ByteBuffer.wrap(twice), key);
    assertArrayEquals(bytes, twice);
  }

  @Property(tries = 500)
  void whatIsFormattedIsParsed(@ForAll @Size(max = 4) List<@From("offers") ExtensionOffer> offers) {
    String text = ExtensionOffer.format(offers);
    List<String> values = offers.isEmpty() ? List.of() : List.of(text);
    assertEquals(Optional.of(offers), ExtensionOffer.parse(values, 64));
  }

  @Provide
  Arbitrary<ExtensionOffer> offers() {
    Arbitrary<String> token =
        Arbitraries.strings().withChars("aZ09!#$%&'*+-.^_`|~").ofMinLength(1).ofMaxLength(5);
    Arbitrary<ExtensionOffer.Parameter> parameter =
        Combinators.combine(token, token.optional()).as(ExtensionOffer.Parameter::new);
    return Combinators.combine(token, parameter.list().ofMaxSize(4)).as(ExtensionOffer::new);
  }

  @Property(tries = 1000)
  void anyExtensionTextIsParsedOrRefused(@ForAll String text) {
    ExtensionOffer.parse(List.of(text), 64)
        .ifPresent(
            offers ->
                assertEquals(
                    Optional.of(offers),
                    ExtensionOffer.parse(List.of(ExtensionOffer.format(offers)), 64)));
  }
}
