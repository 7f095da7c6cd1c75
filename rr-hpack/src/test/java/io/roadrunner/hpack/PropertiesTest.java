package io.roadrunner.hpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

class PropertiesTest {

  /** One thing that happens on a connection. */
  sealed interface Step {
    record Block(List<Field> fields) implements Step {}

    record TableSize(int bytes) implements Step {}
  }

  @Provide
  Arbitrary<List<Step>> connections() {
    Arbitrary<Step> block = fields().list().ofMaxSize(12).map(Step.Block::new);
    Arbitrary<Step> size =
        Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().between(0, 300)),
                Tuple.of(1, Arbitraries.integers().between(0, 10_000)))
            .map(Step.TableSize::new);
    return Arbitraries.frequencyOf(Tuple.of(4, block), Tuple.of(1, size)).list().ofMaxSize(30);
  }

  /** Few different ones, so that they repeat; some of any octets. */
  static Arbitrary<Field> fields() {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.of("x-a", "x-b", ":path", "cookie", "authorization", "via", "date"),
            Arbitraries.integers().between(1, 61).map(StaticTable::name),
            Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(20));
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.of("", "1", "2", "GET", "200", "gzip, deflate"),
            Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(60),
            Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(200));
    Arbitrary<Sensitivity> sensitivities =
        Arbitraries.frequency(Tuple.of(9, Sensitivity.NORMAL), Tuple.of(1, Sensitivity.SENSITIVE));
    return Combinators.combine(names, values, sensitivities).as(Field::new);
  }

  @Provide
  Arbitrary<IndexingPolicy> policies() {
    return Arbitraries.of(
        IndexingPolicy.standard(),
        IndexingPolicy.standard(0),
        IndexingPolicy.withoutTable(),
        IndexingPolicy.everything(),
        PropertiesTest::byLengthOfName);
  }

  private static Indexing byLengthOfName(String name, String value) {
    return switch (name.length() % 3) {
      case 0 -> Indexing.INDEX;
      case 1 -> Indexing.LITERAL;
      default -> Indexing.NEVER;
    };
  }

  /** Fields come out as they went in, and both tables are the same after every block. */
  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void roundTrip(
      @ForAll("connections") List<Step> steps,
      @ForAll("policies") IndexingPolicy policy,
      @ForAll("tableSizes") int maxTableBytes) {
    HpackEncoder encoder = HpackEncoder.create(policy, maxTableBytes);
    HpackDecoder decoder =
        HpackDecoder.create(
            HpackLimits.defaults().withMaxFieldListBytes(1 << 20).withMaxBlockBytes(1 << 20));
    for (Step step : steps) {
      switch (step) {
        case Step.TableSize size -> {
          decoder.tableSizeAcknowledged(size.bytes());
          encoder.peerTableSize(size.bytes());
        }
        case Step.Block block -> {
          List<Field> decoded = Blocks.decode(decoder, Blocks.encode(encoder, block.fields()));
          assertDecoded(block.fields(), decoded);
          assertSameTables(encoder.table(), decoder.table());
        }
      }
    }
  }

  @Provide
  Arbitrary<Integer> tableSizes() {
    return Arbitraries.of(0, 31, 32, 33, 64, 100, 256, 4096, 10_000);
  }

  /** What is sensitive stays so; the policy may have added to it. */
  private static void assertDecoded(List<Field> sent, List<Field> decoded) {
    assertEquals(
        sent.stream().map(Field::nameAndValue).toList(),
        decoded.stream().map(Field::nameAndValue).toList());
    for (int i = 0; i < sent.size(); i++) {
      assertTrue(
          sent.get(i).sensitivity() == Sensitivity.NORMAL
              || decoded.get(i).sensitivity() == Sensitivity.SENSITIVE);
    }
  }

  private static void assertSameTables(DynamicTable sender, DynamicTable receiver) {
    assertEquals(Blocks.entries(sender), Blocks.entries(receiver));
    assertEquals(sender.size(), receiver.size());
    assertEquals(sender.capacity(), receiver.capacity());
    assertTrue(receiver.size() <= receiver.capacity());
  }

  /** Whatever the limits drop, the table is the one that a decoder without limits has. */
  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void limitsDoNotTouchTheTable(
      @ForAll("connections") List<Step> steps, @ForAll("policies") IndexingPolicy policy) {
    HpackEncoder encoder = HpackEncoder.create(policy, 4096);
    HpackDecoder tight = HpackDecoder.create(new HpackLimits(200, 5, 1 << 20));
    for (Step step : steps) {
      switch (step) {
        case Step.TableSize size -> {
          tight.tableSizeAcknowledged(size.bytes());
          encoder.peerTableSize(size.bytes());
        }
        case Step.Block block -> {
          List<Field> decoded = Blocks.decode(tight, Blocks.encode(encoder, block.fields()));
          assertDecoded(block.fields().subList(0, fitting(block.fields())), decoded);
          assertSameTables(encoder.table(), tight.table());
        }
      }
    }
  }

  private static int fitting(List<Field> fields) {
    int bytes = 0;
    int count = 0;
    for (Field field : fields) {
      bytes += field.size();
      if (bytes > 200 || count == 5) {
        break;
      }
      count++;
    }
    return count;
  }

  @Property(tries = 3000)
  void anyBytesEndInFieldsOrInOurException(@ForAll @Size(max = 80) byte[] block) {
    decodeAnything(block);
  }

  /** Starts from blocks that are right, so that the damage is met deep inside. */
  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void damagedBlocksEndInFieldsOrInOurException(
      @ForAll("blocks") List<Field> fields, @ForAll Random random) {
    HpackEncoder encoder = Blocks.encoder(IndexingPolicy.everything());
    ByteBuffer block = Blocks.encode(encoder, fields);
    byte[] bytes = new byte[block.remaining()];
    block.get(bytes);
    for (int i = 0; i < 3 && bytes.length > 0; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    decodeAnything(bytes);
  }

  @Provide
  Arbitrary<List<Field>> blocks() {
    return fields().list().ofMaxSize(12);
  }

  private static void decodeAnything(byte[] block) {
    HpackDecoder decoder = HpackDecoder.create(HpackLimits.defaults().withMaxFieldListBytes(500));
    int[] bytes = new int[1];
    try {
      decoder.decode(
          ByteBuffer.wrap(block),
          (name, value, sensitivity) -> bytes[0] += DynamicTable.sizeOf(name, value));
    } catch (HpackException e) {
      assertTrue(e.toString().endsWith(e.violation().section()));
    }
    assertTrue(bytes[0] <= 500);
    assertTrue(decoder.table().size() <= decoder.table().capacity());
  }
}
