package io.roadrunner.hpack;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What the tests do with blocks. */
final class Blocks {

  private Blocks() {}

  /** Bytes in hexadecimal, with any white space between them. */
  static ByteBuffer hex(String digits) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(digits.replaceAll("\\s", "")));
  }

  static String hex(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return HexFormat.of().formatHex(copy);
  }

  static HpackDecoder decoder() {
    return HpackDecoder.create(HpackLimits.defaults());
  }

  static HpackEncoder encoder(IndexingPolicy policy) {
    return HpackEncoder.create(policy, 4096);
  }

  static List<Field> decode(HpackDecoder decoder, ByteBuffer block) {
    List<Field> fields = new ArrayList<>();
    decoder.decode(
        block, (name, value, sensitivity) -> fields.add(new Field(name, value, sensitivity)));
    return fields;
  }

  static List<Field> decode(HpackDecoder decoder, String hex) {
    return decode(decoder, hex(hex));
  }

  static ByteBuffer encode(HpackEncoder encoder, List<Field> fields) {
    int room = HpackEncoder.MAX_BLOCK_START_BYTES;
    for (Field field : fields) {
      room += HpackEncoder.maxEncodedBytes(field.name(), field.value());
    }
    ByteBuffer out = ByteBuffer.allocate(room);
    encoder.beginBlock(out);
    for (Field field : fields) {
      encoder.encode(field.name(), field.value(), field.sensitivity(), out);
    }
    return out.flip();
  }

  static String encodeHex(HpackEncoder encoder, Field... fields) {
    return hex(encode(encoder, List.of(fields)));
  }

  /** Entries of a dynamic table, the newest first. */
  static List<List<String>> entries(DynamicTable table) {
    List<List<String>> entries = new ArrayList<>();
    for (int age = 0; age < table.count(); age++) {
      int slot = table.slotOf(age);
      entries.add(List.of(table.nameAt(slot), table.valueAt(slot)));
    }
    return entries;
  }
}
