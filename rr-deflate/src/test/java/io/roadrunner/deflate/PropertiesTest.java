package io.roadrunner.deflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.roadrunner.conformance.WindowDecoder;
import io.roadrunner.deflate.Extension.Parameter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PropertiesTest {

  private static final DeflateLimits LIMITS = new DeflateLimits(100_000, 50, 1000);

  /** How a message is handed over. */
  sealed interface Way {
    record Whole() implements Way {}

    record Parts(int step, int room) implements Way {}
  }

  record Sent(ByteBuffer message, Way way) {
    byte[] bytes() {
      byte[] bytes = new byte[message.remaining()];
      message.get(0, bytes);
      return bytes;
    }
  }

  @Provide
  Arbitrary<DeflateParameters> parameters() {
    Arbitrary<Integer> bits = Arbitraries.integers().between(8, 15);
    Arbitrary<ContextTakeover> contexts = Arbitraries.of(ContextTakeover.class);
    return Combinators.combine(bits, bits, contexts, contexts).as(DeflateParameters::new);
  }

  static Arbitrary<byte[]> messages() {
    Arbitrary<Integer> sizes = Arbitraries.integers().between(0, 3000);
    return Arbitraries.oneOf(
        Combinators.combine(sizes, Arbitraries.longs().between(0, 3)).as(Messages::text),
        Combinators.combine(sizes, Arbitraries.longs().between(0, 3)).as(Messages::random),
        Arbitraries.bytes().array(byte[].class).ofMaxSize(100),
        sizes.map(byte[]::new));
  }

  @Provide
  Arbitrary<List<Sent>> conversations() {
    Arbitrary<Way> whole = Arbitraries.just(new Way.Whole());
    Arbitrary<Way> parts =
        Combinators.combine(
                Arbitraries.integers().between(1, 3000), Arbitraries.integers().between(16, 2000))
            .as(Way.Parts::new);
    return Combinators.combine(messages().map(ByteBuffer::wrap), Arbitraries.oneOf(whole, parts))
        .as(Sent::new)
        .list()
        .ofMaxSize(12);
  }

  /** Whatever was agreed on, each message arrives, and stays within its window. */
  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void conversationsRoundTrip(
      @ForAll("parameters") DeflateParameters agreed,
      @ForAll("conversations") List<Sent> conversation,
      @ForAll @IntRange(max = 100) int threshold) {
    DeflateConfig config = DeflateConfig.defaults().withMinMessageBytes(threshold);
    WindowDecoder decoder = new WindowDecoder(1 << agreed.serverWindowBits());
    NativeCodecs codecs = NativeCodecs.unpooled();
    try (MessageDeflater deflater = MessageDeflater.server(agreed, config, codecs);
        MessageInflater inflater =
            MessageInflater.client(agreed, DeflateLimits.defaults(), codecs)) {
      for (Sent sent : conversation) {
        Optional<byte[]> payload = payload(deflater, sent);
        if (payload.isEmpty()) {
          continue;
        }
        assertArrayEquals(sent.bytes(), decoder.message(payload.get()));
        assertArrayEquals(sent.bytes(), Messages.inflate(inflater, payload.get(), 99, 77));
        if (agreed.serverContext() == ContextTakeover.NONE) {
          decoder.forget();
        }
      }
    }
  }

  private static Optional<byte[]> payload(MessageDeflater deflater, Sent sent) {
    return switch (sent.way()) {
      case Way.Parts(int step, int room) ->
          Optional.of(Messages.deflate(deflater, sent.bytes(), step, room));
      case Way.Whole() -> {
        int size = sent.bytes().length;
        ByteBuffer out = ByteBuffer.allocate(size + MessageDeflater.EXTRA_ROOM);
        yield switch (deflater.message(ByteBuffer.wrap(sent.bytes()), out)) {
          case PLAIN -> Optional.empty();
          case COMPRESSED -> Optional.of(Arrays.copyOf(out.array(), out.position()));
        };
      }
    };
  }

  @Provide
  Arbitrary<byte[]> payloads() {
    Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
    return Arbitraries.oneOf(noise, messages().flatMap(PropertiesTest::damaged));
  }

  /** What a message compresses to, with one octet changed. */
  private static Arbitrary<byte[]> damaged(byte[] message) {
    byte[] payload;
    try (MessageDeflater deflater = Messages.deflater(15, ContextTakeover.ALLOWED)) {
      payload = Messages.deflate(deflater, message);
    }
    return Combinators.combine(
            Arbitraries.integers().between(0, payload.length - 1), Arbitraries.bytes())
        .as(
            (at, octet) -> {
              byte[] changed = payload.clone();
              changed[at] = octet;
              return changed;
            });
  }

  /**
   * Any octets: plain bytes, or nothing but our own exception; and the same however they are cut.
   * The limits stop at the same kind of fault at least, since how much has been read and produced
   * by then depends on the cuts.
   */
  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void anyOctetsInAnyCutsComeToTheSame(
      @ForAll("payloads") byte[] payload,
      @ForAll @IntRange(min = 1, max = 300) int step,
      @ForAll @IntRange(min = 1, max = 300) int room) {
    DeflateLimits wide = LIMITS.withMaxMessageBytes(10 << 20).withMaxRatio(2000);
    String whole = outcome(payload, payload.length + 1, 4096, wide);
    assertEquals(whole, outcome(payload, 1, 4096, wide));
    assertEquals(whole, outcome(payload, step, room, wide));
    long end = outcome(payload, step, room, LIMITS).length();
    assertEquals(true, end <= 2 * LIMITS.maxMessageBytes());
  }

  /** The plain bytes in hex, or the violation. */
  private static String outcome(byte[] payload, int step, int room, DeflateLimits limits) {
    try (MessageInflater inflater = Messages.inflater(ContextTakeover.ALLOWED, limits)) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(Messages.inflate(inflater, payload, step, room));
      return HexFormat.of().formatHex(all.toByteArray());
    } catch (DeflateException e) {
      return e.violation().name();
    }
  }

  @Provide
  Arbitrary<List<Extension>> elements() {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.of(
                "server_no_context_takeover",
                "client_no_context_takeover",
                "server_max_window_bits",
                "client_max_window_bits"),
            Arbitraries.strings().ascii().ofMaxLength(5));
    Arbitrary<Optional<String>> values =
        Arbitraries.oneOf(
                Arbitraries.integers().between(0, 20).map(String::valueOf),
                Arbitraries.strings().withChars("\"\\0189").ofMaxLength(5))
            .optional(0.6);
    Arbitrary<Parameter> parameters = Combinators.combine(names, values).as(Parameter::new);
    Arbitrary<String> extensions = Arbitraries.of(PermessageDeflate.NAME, "x");
    return Combinators.combine(extensions, parameters.list().ofMaxSize(4))
        .as(Extension::new)
        .list()
        .ofMaxSize(4);
  }

  /** Servers never throw; clients throw nothing but our own exception; all bits are in range. */
  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void anyElementsAreAnswered(
      @ForAll("elements") List<Extension> elements,
      @ForAll("parameters") DeflateParameters wishes) {
    DeflateConfig config =
        DeflateConfig.defaults()
            .withServerWindowBits(wishes.serverWindowBits())
            .withClientWindowBits(wishes.clientWindowBits())
            .withServerContext(wishes.serverContext());
    switch (PermessageDeflate.answer(elements, config)) {
      case Negotiation.Accepted accepted -> {
        DeflateParameters agreed = accepted.parameters();
        assertEquals(true, agreed.serverWindowBits() <= wishes.serverWindowBits());
        assertEquals(PermessageDeflate.NAME, accepted.element().name());
      }
      case Negotiation.Declined declined ->
          assertEquals(false, elements.contains(new Extension(PermessageDeflate.NAME, List.of())));
    }
    try {
      switch (PermessageDeflate.accept(elements, config)) {
        case Negotiation.Accepted accepted ->
            assertEquals(
                true, accepted.parameters().clientWindowBits() <= wishes.clientWindowBits());
        case Negotiation.Declined declined ->
            assertEquals(
                true, elements.stream().noneMatch(one -> one.name().startsWith("permessage")));
      }
    } catch (DeflateException e) {
      assertEquals(1002, e.violation().closeCode());
    }
  }
}
