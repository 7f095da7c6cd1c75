package io.roadrunner.hpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class S6_RepresentationsTest {
  private final HpackDecoder decoder = Blocks.decoder();

  @Test
  void s6_1_everyIndexOfTheStaticTable() {
    for (int index = 1; index <= 61; index++) {
      Field field = Blocks.decode(decoder, "%02x".formatted(0x80 | index)).get(0);
      assertEquals(StaticTable.name(index), field.name());
      assertEquals(StaticTable.value(index), field.value());
      assertEquals(field.size(), StaticTable.size(index));
    }
    assertEquals(
        new Field("www-authenticate", "", Sensitivity.NORMAL), Blocks.decode(decoder, "bd").get(0));
    assertEquals(Field.of("accept-encoding", "gzip, deflate"), Blocks.decode(decoder, "90").get(0));
  }

  @Test
  void s6_1_indexZero_K08() {
    HpackException e = assertThrows(HpackException.class, () -> Blocks.decode(decoder, "80"));
    assertEquals(HpackViolation.INDEX_ZERO, e.violation());
    assertEquals("indexed field with index zero, RFC 7541 §6.1", e.getMessage());
    assertEquals(0, e.getStackTrace().length);
  }

  @ParameterizedTest(name = "K08 {0}")
  @ValueSource(
      strings = {
        "be",
        "ff 00",
        "ff ff ff ff 7f",
        "7e 00",
        "0f 2f 00",
        "1f 2f 00",
        "40 01 61 00 bf"
      })
  void s2_3_3_indexBehindTheTables(String hex) {
    HpackException e = assertThrows(HpackException.class, () -> Blocks.decode(decoder, hex));
    assertEquals(HpackViolation.INDEX_BEYOND_TABLES, e.violation());
  }

  @Test
  void s2_3_3_theNewestEntryHasTheLowestIndex() {
    List<Field> fields = Blocks.decode(decoder, "40 01 61 01 31 40 01 61 01 32 be bf");
    assertEquals(List.of("1", "2", "2", "1"), fields.stream().map(Field::value).toList());
  }

  @Test
  void referencesAreTheSameInstances() {
    List<Object> strings = new ArrayList<>();
    HeaderSink sink =
        (name, value, sensitivity) -> {
          strings.add(name);
          strings.add(value);
        };
    decoder.decode(Blocks.hex("40 01 61 01 62 be 82"), sink);
    decoder.decode(Blocks.hex("be 82 0f 2f 00"), sink);
    assertSame(strings.get(0), strings.get(2));
    assertSame(strings.get(1), strings.get(3));
    assertSame(strings.get(0), strings.get(6));
    assertSame(strings.get(1), strings.get(7));
    assertSame(strings.get(4), strings.get(8));
    assertSame(strings.get(5), strings.get(9));
    assertSame(strings.get(0), strings.get(10));
  }

  @Test
  void s6_2_allLiterals() {
    assertEquals(
        List.of(
            Field.of(":path", "/a"),
            Field.of("a", "b"),
            Field.secret(":path", "/a"),
            Field.secret("a", "b"),
            Field.of(":path", "/a"),
            Field.of("vary", "*")),
        Blocks.decode(
            decoder,
            "04 02 2f 61  00 01 61 01 62  14 02 2f 61  10 01 61 01 62  44 02 2f 61 0f 2c 01 2a"));
    assertEquals(List.of(List.of(":path", "/a")), Blocks.entries(decoder.table()));
  }

  /** A block is whole, but where it lies is the caller's affair. */
  @Test
  void anyKindOfBuffer() {
    byte[] block = Blocks.hex("82 04 02 2f 61 40 01 61 81 1f").array();
    List<Field> expected =
        List.of(Field.of(":method", "GET"), Field.of(":path", "/a"), Field.of("a", "a"));
    byte[] within = new byte[block.length + 7];
    System.arraycopy(block, 0, within, 3, block.length);
    ByteBuffer direct = ByteBuffer.allocateDirect(4000).position(9);
    direct.put(block).flip().position(9);
    for (ByteBuffer buffer :
        List.of(
            ByteBuffer.wrap(block),
            ByteBuffer.wrap(within, 3, block.length),
            ByteBuffer.wrap(within).slice(3, block.length),
            ByteBuffer.wrap(within, 3, block.length).asReadOnlyBuffer(),
            direct)) {
      assertEquals(expected, Blocks.decode(decoder, buffer));
      assertEquals(buffer.limit(), buffer.position());
    }
  }

  @Test
  void anEmptyBlockHasNoFields() {
    assertEquals(List.of(), Blocks.decode(decoder, ""));
  }

  @Test
  void aFailedDecoderIsOfNoMoreUse_K11() {
    assertThrows(HpackException.class, () -> Blocks.decode(decoder, "82 80"));
    assertThrows(IllegalStateException.class, () -> Blocks.decode(decoder, "82"));
  }

  @Test
  void aSinkThatThrowsMakesItUnusable() {
    ArithmeticException thrown = new ArithmeticException();
    assertSame(
        thrown,
        assertThrows(
            ArithmeticException.class,
            () ->
                decoder.decode(
                    Blocks.hex("82"),
                    (name, value, sensitivity) -> {
                      throw thrown;
                    })));
    assertThrows(IllegalStateException.class, () -> Blocks.decode(decoder, "82"));
  }

  @ParameterizedTest
  @EnumSource
  void everyViolationSaysWhatAndWhere(HpackViolation violation) {
    assertTrue(violation.section().matches("RFC (7541|9113) §[\\d.]+"), violation.section());
    assertEquals(violation == HpackViolation.BLOCK_TOO_LARGE ? 0xb : 0x9, violation.errorCode());
    assertEquals(
        violation.text() + ", " + violation.section(), new HpackException(violation).getMessage());
  }
}
