package io.roadrunner.hpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class S7_LimitsTest {
  private final List<Field> fields = new ArrayList<>();

  private BlockOutcome decode(HpackDecoder decoder, String hex) {
    fields.clear();
    return decoder.decode(
        Blocks.hex(hex),
        (name, value, sensitivity) -> fields.add(new Field(name, value, sensitivity)));
  }

  private static HpackDecoder decoder(int bytes, int count) {
    return HpackDecoder.create(
        HpackLimits.defaults().withMaxFieldListBytes(bytes).withMaxFieldCount(count));
  }

  @Test
  void theListCounts32OctetsForEachField() {
    HpackDecoder decoder = decoder(84, 10);
    assertEquals(BlockOutcome.COMPLETE, decode(decoder, "82 82")); // 42 each
    assertEquals(BlockOutcome.LIST_TOO_LARGE, decode(decoder, "82 83"));
    assertEquals(List.of(Field.of(":method", "GET")), fields);
    assertEquals(BlockOutcome.COMPLETE, decode(decoder, "82"));
  }

  @Test
  void fieldsAreCounted() {
    HpackDecoder decoder = decoder(16384, 3);
    assertEquals(BlockOutcome.COMPLETE, decode(decoder, "82 82 82"));
    assertEquals(BlockOutcome.LIST_TOO_LARGE, decode(decoder, "82 82 82 82"));
    assertEquals(3, fields.size());
    assertEquals(BlockOutcome.LIST_TOO_LARGE, decode(decoder, "82 82 82 04 01 2f 82"));
    assertEquals(3, fields.size());
  }

  @Test
  void noFieldIsDeliveredBehindTheFirstOneTooMany_K11() {
    HpackDecoder decoder = decoder(50, 10);
    String large = "04 0f" + "2f".repeat(15);
    assertEquals(BlockOutcome.LIST_TOO_LARGE, decode(decoder, large + "82" + "00 00 00"));
    assertEquals(List.of(), fields);
    assertEquals(BlockOutcome.COMPLETE, decode(decoder, "82"));
    assertEquals(List.of(Field.of(":method", "GET")), fields);
  }

  @Test
  void theTableStaysInStepWhileFieldsAreDropped_K06() {
    HpackDecoder decoder = decoder(100, 10);
    HpackDecoder roomy = Blocks.decoder();
    String block =
        "40 01 61 7f 01" + "78".repeat(128) + "40 01 65 82 18 c7" + "40 01 63 01 64 bf c0 82";
    assertEquals(BlockOutcome.LIST_TOO_LARGE, decode(decoder, block));
    assertEquals(BlockOutcome.COMPLETE, decode(roomy, block));
    assertEquals(Blocks.entries(roomy.table()), Blocks.entries(decoder.table()));
    assertEquals(BlockOutcome.COMPLETE, decode(decoder, "be"));
    assertEquals(List.of(Field.of("c", "d")), fields);
  }

  @Test
  void aStringOverEveryLimitEmptiesTheTable_K06() {
    HpackDecoder decoder = decoder(100, 10);
    decode(decoder, "20");
    decode(decoder, "3f 45 40 01 61 01 62"); // 100
    assertEquals(1, decoder.table().count());
    String over = "7f 4a" + "78".repeat(201);
    assertEquals(BlockOutcome.LIST_TOO_LARGE, decode(decoder, "40 01 61" + over + "82"));
    assertEquals(List.of(), fields);
    assertEquals(0, decoder.table().count());
    assertEquals(BlockOutcome.COMPLETE, decode(decoder, "82"));
  }

  /** 16 384 references to an entry of 4 KB would be 64 MB. */
  @Test
  void aBombIsDroppedAndTheConnectionGoesOn_K06() {
    HpackDecoder decoder = Blocks.decoder();
    assertEquals(
        BlockOutcome.COMPLETE, decode(decoder, "40 01 61 7f c0 1e" + "78".repeat(127 + 3904)));
    assertEquals(BlockOutcome.LIST_TOO_LARGE, decode(decoder, "be".repeat(16384)));
    assertEquals(4, fields.size());
    assertEquals(BlockOutcome.COMPLETE, decode(decoder, "be"));
  }

  @Test
  void nothingIsMadeOfAStringOverTheLimit() {
    HpackDecoder decoder = HpackDecoder.create(HpackLimits.defaults().withMaxBlockBytes(1 << 25));
    ByteBuffer plain = largeString(0x00);
    ByteBuffer huffman = largeString(0x80);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    HeaderSink sink = (name, value, sensitivity) -> fields.add(Field.of(name, value));
    assertEquals(BlockOutcome.LIST_TOO_LARGE, decoder.decode(plain, sink));
    assertEquals(BlockOutcome.LIST_TOO_LARGE, decoder.decode(huffman, sink));
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 1 << 18, "allocated " + allocated);
    assertEquals(List.of(), fields);
  }

  /** A field to be indexed whose value has 16 MiB: NUL octets, or Huffman-coded zeros. */
  private static ByteBuffer largeString(int huffman) {
    ByteBuffer block = ByteBuffer.allocate(7 + (1 << 24));
    block.put((byte) 0x44).put((byte) (huffman | 0x7f));
    int rest = (1 << 24) - 127;
    for (int i = 0; i < 3; i++) {
      block.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    block.put((byte) rest);
    int start = block.position();
    block.limit(start + (1 << 24));
    // The codes of '0' are five zero bits each, and end with the upper five bits of this octet.
    return block.put(block.limit() - 1, (byte) 0x07).rewind();
  }

  @Test
  void aBlockOverTheHardLimitIsNotDecoded() {
    HpackDecoder decoder = HpackDecoder.create(HpackLimits.defaults().withMaxBlockBytes(3));
    assertEquals(BlockOutcome.COMPLETE, decode(decoder, "82 82 82"));
    HpackException e = assertThrows(HpackException.class, () -> decode(decoder, "82 82 82 82"));
    assertEquals(HpackViolation.BLOCK_TOO_LARGE, e.violation());
    assertEquals(List.of(), fields);
  }

  @Test
  void impossibleLimits() {
    HpackLimits limits = HpackLimits.defaults();
    assertThrows(IllegalArgumentException.class, () -> limits.withMaxFieldListBytes(31));
    assertThrows(IllegalArgumentException.class, () -> limits.withMaxFieldCount(0));
    assertThrows(IllegalArgumentException.class, () -> limits.withMaxBlockBytes(0));
    assertThrows(IllegalArgumentException.class, () -> limits.withMaxBlockBytes((1 << 28) + 1));
    assertEquals(new HpackLimits(16384, 256, 65536), limits);
  }
}
