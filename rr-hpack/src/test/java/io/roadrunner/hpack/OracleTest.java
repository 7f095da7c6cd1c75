package io.roadrunner.hpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.handler.codec.http2.NettyHpack;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;

/** The same connection with one side ours, and the other side Netty's or Jetty's. */
class OracleTest {

  @Provide
  Arbitrary<List<List<Field>>> connections() {
    return PropertiesTest.fields().list().ofMaxSize(12).list().ofMaxSize(12);
  }

  private static HpackDecoder decoder() {
    return HpackDecoder.create(
        HpackLimits.defaults().withMaxFieldListBytes(1 << 20).withMaxFieldCount(1000));
  }

  /** Netty's header container has pseudo-header fields first. */
  private static List<List<String>> pseudoFirst(List<Field> fields) {
    List<List<String>> ordered = new ArrayList<>();
    fields.stream()
        .filter(field -> field.name().startsWith(":"))
        .forEach(field -> ordered.add(field.nameAndValue()));
    fields.stream()
        .filter(field -> !field.name().startsWith(":"))
        .forEach(field -> ordered.add(field.nameAndValue()));
    return ordered;
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void nettyDecodesWhatWeEncode(
      @ForAll("connections") List<List<Field>> blocks, @ForAll @IntRange(max = 600) int tableSize)
      throws NettyHpack.Refused {
    NettyHpack netty = new NettyHpack();
    HpackEncoder encoder = Blocks.encoder(IndexingPolicy.standard());
    for (int i = 0; i < blocks.size(); i++) {
      if (i % 4 == 3) {
        netty.decoderTableSize(tableSize * i / 3);
        encoder.peerTableSize(tableSize * i / 3);
      }
      assertEquals(pseudoFirst(blocks.get(i)), netty.decode(Blocks.encode(encoder, blocks.get(i))));
      assertEquals(netty.decoderTable(), Blocks.entries(encoder.table()));
    }
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void weDecodeWhatNettyEncodes(
      @ForAll("connections") List<List<Field>> blocks, @ForAll @IntRange(max = 600) int tableSize) {
    NettyHpack netty = new NettyHpack();
    HpackDecoder decoder = decoder();
    for (int i = 0; i < blocks.size(); i++) {
      if (i % 4 == 3) {
        netty.encoderTableSize(tableSize * i / 3);
        decoder.tableSizeAcknowledged(tableSize * i / 3);
      }
      List<List<String>> fields = pseudoFirst(blocks.get(i));
      Set<String> secrets = new HashSet<>(List.of("authorization", "x-b"));
      List<Field> decoded = Blocks.decode(decoder, netty.encode(fields, secrets));
      assertEquals(fields, decoded.stream().map(Field::nameAndValue).toList());
      assertEquals(netty.encoderTable(), Blocks.entries(decoder.table()));
    }
  }

  /** Any bytes: both take them, with the same fields and the same table, or both refuse them. */
  @Property(tries = 3000)
  void nettyAgreesOnAnyBytes(@ForAll @Size(max = 12) byte[] block) {
    NettyHpack netty = new NettyHpack();
    HpackDecoder decoder = decoder();
    List<Field> ours;
    try {
      ours = Blocks.decode(decoder, ByteBuffer.wrap(block));
    } catch (HpackException e) {
      if (e.violation() != HpackViolation.TOO_MANY_SIZE_UPDATES
          && e.violation() != HpackViolation.INTEGER_TOO_LARGE) {
        assertThrows(NettyHpack.Refused.class, () -> netty.decode(ByteBuffer.wrap(block)));
      }
      return;
    }
    try {
      assertEquals(pseudoFirst(ours), netty.decode(ByteBuffer.wrap(block)));
    } catch (NettyHpack.Refused e) {
      throw new AssertionError("refused by Netty only: " + ours, e);
    }
    assertEquals(netty.decoderTable(), Blocks.entries(decoder.table()));
  }

  private static Arbitrary<Field> validFields() {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.of("accept", "user-agent", "cookie", "authorization", "x-a", "referer"),
            Arbitraries.strings()
                .withCharRange('a', 'z')
                .ofMinLength(1)
                .ofMaxLength(12)
                .map(name -> "x-" + name));
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.of("1", "2", "gzip, deflate"),
            Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(80));
    return Combinators.combine(names, values).as(Field::of);
  }

  @Provide
  Arbitrary<List<List<Field>>> requests() {
    return validFields().list().ofMaxSize(12).list().ofMaxSize(12);
  }

  private static List<Field> request(List<Field> fields) {
    List<Field> all =
        new ArrayList<>(
            List.of(
                Field.of(":method", "GET"),
                Field.of(":scheme", "https"),
                Field.of(":authority", "example.com"),
                Field.of(":path", "/a?b=c")));
    all.addAll(fields);
    return all;
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void jettyDecodesWhatWeEncode(@ForAll("requests") List<List<Field>> blocks) throws Exception {
    var jetty = new org.eclipse.jetty.http2.hpack.HpackDecoder(1 << 20, System::nanoTime);
    HpackEncoder encoder = Blocks.encoder(IndexingPolicy.standard());
    for (List<Field> block : blocks) {
      ByteBuffer bytes = Blocks.encode(encoder, request(block));
      MetaData.Request decoded = (MetaData.Request) jetty.decode(bytes);
      assertEquals("GET", decoded.getMethod());
      assertEquals("https://example.com/a?b=c", decoded.getHttpURI().toString());
      List<List<String>> fields = new ArrayList<>();
      decoded
          .getHttpFields()
          .forEach(field -> fields.add(List.of(field.getLowerCaseName(), field.getValue())));
      assertEquals(block.stream().map(Field::nameAndValue).toList(), fields);
      assertEquals(jetty.getHpackContext().size(), encoder.table().count());
      assertEquals(jetty.getHpackContext().getDynamicTableSize(), encoder.table().size());
    }
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void weDecodeWhatJettyEncodes(@ForAll("requests") List<List<Field>> blocks) throws Exception {
    var jetty = new org.eclipse.jetty.http2.hpack.HpackEncoder();
    jetty.setMaxTableCapacity(4096);
    jetty.setTableCapacity(4096);
    HpackDecoder decoder = decoder();
    for (List<Field> block : blocks) {
      HttpFields.Mutable fields = HttpFields.build();
      block.forEach(field -> fields.add(field.name(), field.value()));
      HttpURI uri = HttpURI.from("https://example.com/a?b=c");
      ByteBuffer out = ByteBuffer.allocate(1 << 16);
      jetty.encode(out, new MetaData.Request("GET", uri, HttpVersion.HTTP_2, fields));
      List<List<String>> decoded =
          new ArrayList<>(
              Blocks.decode(decoder, out.flip()).stream().map(Field::nameAndValue).toList());
      List<List<String>> expected = request(block).stream().map(Field::nameAndValue).toList();
      assertEquals(new HashSet<>(expected.subList(0, 4)), new HashSet<>(decoded.subList(0, 4)));
      assertEquals(expected.subList(4, expected.size()), decoded.subList(4, decoded.size()));
      assertEquals(jetty.getHpackContext().size(), decoder.table().count());
      assertEquals(jetty.getHpackContext().getDynamicTableSize(), decoder.table().size());
    }
  }
}
