package io.roadrunner.hpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HpackEncoderTest {
  private final HpackEncoder encoder = Blocks.encoder(IndexingPolicy.standard());

  private String encode(Field... fields) {
    return Blocks.encodeHex(encoder, fields);
  }

  @Test
  void s2_3_1_theWholeStaticTableIsFound() {
    for (int index = 1; index <= 61; index++) {
      Field field = Field.of(StaticTable.name(index), StaticTable.value(index));
      assertEquals("%02x".formatted(0x80 | index), encode(field), field.name());
    }
  }

  @Test
  void s6_1_whatWasIndexedIsAReference() {
    encode(Field.of("x-a", "1"), Field.of("x-b", "2"));
    assertEquals("bfbe", encode(Field.of("x-a", "1"), Field.of("x-b", "2")));
  }

  @Test
  void s6_1_longReferences() {
    for (int i = 0; i < 100; i++) {
      encode(Field.of("x", "" + i));
    }
    assertEquals("ff22", encode(Field.of("x", "0"))); // 61 + 100
    assertEquals("be", encode(Field.of("x", "99")));
  }

  @Test
  void s6_2_theNameAloneIsAReference() {
    assertEquals("0f0d0133", encode(Field.of("content-length", "3"))); // index 28, not indexed
    encode(Field.of("x-a", "1"));
    assertEquals("7e0132", encode(Field.of("x-a", "2")));
    assertEquals("7b012a", encode(Field.of("vary", "*")));
  }

  @Test
  void s6_2_3_secretsAreNeverIndexed() {
    Field field = Field.secret("x-a", "?");
    assertEquals("1003782d61013f", encode(field));
    assertEquals(0, encoder.table().count());
    encode(Field.of("x-a", "?"));
    assertEquals("1f2f013f", encode(field));
  }

  @Test
  void s5_2_huffmanOnlyWhereItIsShorter() {
    assertEquals("04826063", encode(Field.of(":path", "/aa")));
    assertEquals("04032f7e7e", encode(Field.of(":path", "/~~")));
    assertEquals("0400", encode(Field.of(":path", "")));
  }

  @Test
  void s5_2_plainOnRequest() {
    HpackEncoder plain = HpackEncoder.create(IndexingPolicy.standard(), 4096, StringCoding.PLAIN);
    assertEquals("04032f6161", Blocks.encodeHex(plain, Field.of(":path", "/aa")));
  }

  /** All lengths of the length itself, and all cases of what fits and what does not. */
  @Test
  void s5_2_stringsOfAnyLength() {
    for (String unit : List.of("a", "~", "aX~", "e\u00e9", "0123456789~~~~~~~~~")) {
      for (int length : new int[] {1, 2, 3, 7, 20, 126, 127, 128, 200, 254, 255, 256, 20_000}) {
        Field field = Field.of("x-a", unit.repeat(length));
        List<Field> fields = List.of(field, Field.of(":path", "/"));
        HpackDecoder decoder = HpackDecoder.create(new HpackLimits(1 << 20, 10, 1 << 20));
        HpackEncoder fresh = Blocks.encoder(IndexingPolicy.withoutTable());
        assertEquals(fields, Blocks.decode(decoder, Blocks.encode(fresh, fields)));
      }
    }
  }

  @Test
  void aFieldOfOverThreeQuartersIsNotIndexed() {
    HpackEncoder small = HpackEncoder.create(IndexingPolicy.everything(), 100);
    Blocks.encode(small, List.of(Field.of("a", "x".repeat(75 - 33))));
    assertEquals(1, small.table().count());
    Blocks.encode(small, List.of(Field.of("b", "x".repeat(76 - 33))));
    assertEquals(1, small.table().count());
    assertEquals("a", small.table().nameAt(small.table().slotOf(0)));
  }

  @Test
  void anOverflowChangesNothing() {
    int room = HpackEncoder.maxEncodedBytes("x-a", "value");
    ByteBuffer small = ByteBuffer.allocate(room - 1);
    encoder.beginBlock(ByteBuffer.allocate(HpackEncoder.MAX_BLOCK_START_BYTES));
    assertThrows(
        BufferOverflowException.class,
        () -> encoder.encode("x-a", "value", Sensitivity.NORMAL, small));
    assertEquals(0, small.position());
    assertEquals(0, encoder.table().count());
    encoder.encode("x-a", "value", Sensitivity.NORMAL, ByteBuffer.allocate(room));
    assertEquals(1, encoder.table().count());
    ByteBuffer none = ByteBuffer.allocate(HpackEncoder.MAX_BLOCK_START_BYTES - 1);
    encoder.beginBlock(none);
    encoder.peerTableSize(0);
    assertThrows(BufferOverflowException.class, () -> encoder.beginBlock(none));
    assertEquals(0, none.position());
  }

  /** A block that no one could decode must not come out of what the caller got wrong. */
  @Test
  void charsThatAreNoOctetsChangeNothing() {
    ByteBuffer out = ByteBuffer.allocate(100);
    encoder.beginBlock(out);
    for (Field field : List.of(Field.of("x-\u0100", "v"), Field.of("x-a", "\u20ac"))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> encoder.encode(field.name(), field.value(), Sensitivity.NORMAL, out));
    }
    assertEquals(0, out.position());
    assertEquals(0, encoder.table().count());
  }

  @Test
  void anyKindOfBuffer() {
    List<Field> fields = List.of(Field.of("x-a", "value"), Field.of(":path", "/"));
    ByteBuffer direct = ByteBuffer.allocateDirect(100).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    encoder.beginBlock(direct);
    for (Field field : fields) {
      encoder.encode(field.name(), field.value(), field.sensitivity(), direct);
    }
    assertEquals(fields, Blocks.decode(Blocks.decoder(), direct.flip()));
    ByteBuffer large = ByteBuffer.allocateDirect(5000);
    Field field = Field.of(":path", "/".repeat(4000));
    encoder.encode(field.name(), field.value(), field.sensitivity(), large);
    assertEquals(List.of(field), Blocks.decode(Blocks.decoder(), large.flip()));
  }

  /** Strings whose hashes collide share a chain, and are still told apart. */
  @Test
  void collidingHashes() {
    List<String> colliding = new ArrayList<>(List.of(""));
    for (int i = 0; i < 4; i++) {
      List<String> longer = new ArrayList<>();
      colliding.forEach(text -> longer.addAll(List.of(text + "Aa", text + "BB")));
      colliding.clear();
      colliding.addAll(longer);
    }
    List<Field> fields = colliding.stream().map(text -> Field.of("x-" + text, text)).toList();
    HpackDecoder decoder = Blocks.decoder();
    assertEquals(fields, Blocks.decode(decoder, Blocks.encode(encoder, fields)));
    ByteBuffer references = Blocks.encode(encoder, fields);
    assertEquals(fields.size(), references.remaining());
    assertEquals(fields, Blocks.decode(decoder, references));
    int five = 5 * fields.get(0).size();
    encoder.peerTableSize(five);
    decoder.tableSizeAcknowledged(five);
    assertEquals(fields, Blocks.decode(decoder, Blocks.encode(encoder, fields)));
    assertEquals(Blocks.entries(decoder.table()), Blocks.entries(encoder.table()));
  }
}
