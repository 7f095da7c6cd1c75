package io.roadrunner.hpack;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;

/**
 * Encodes the header blocks that one side sends on one connection, in the order in which they are
 * sent: {@link #beginBlock} once, then {@link #encode} for each field. Cutting a block into frames
 * is the business of the HTTP/2 layer.
 *
 * <p>Not safe for use by more than one thread at a time. A field that is in a table is found
 * without allocation.
 */
public final class HpackEncoder {
  /** What {@link #beginBlock} can write at most. */
  public static final int MAX_BLOCK_START_BYTES = 10;

  /** First octet of a literal, and the lengths of two strings; or its name index and one length. */
  private static final int MAX_INTEGERS_BYTES = 1 + 2 * BlockWriter.MAX_INTEGER_BYTES;

  private final IndexingPolicy policy;
  private final int maxTableBytes;
  private final EncoderTable table = new EncoderTable(HpackDecoder.DEFAULT_TABLE_SIZE);

  private final BlockWriter writer;

  /** Size of the table that the peer knows of. */
  private int announcedTableSize = HpackDecoder.DEFAULT_TABLE_SIZE;

  /** The smallest size since the last block. */
  private int smallestTableSize = HpackDecoder.DEFAULT_TABLE_SIZE;

  private boolean updateDue;

  private HpackEncoder(IndexingPolicy policy, int maxTableBytes, StringCoding coding) {
    this.policy = policy;
    this.writer = new BlockWriter(coding);
    this.maxTableBytes = maxTableBytes;
    changeTableSize(Math.min(maxTableBytes, HpackDecoder.DEFAULT_TABLE_SIZE));
  }

  /**
   * An encoder for one connection, with strings coded as short as they can be.
   *
   * @param policy what goes into the dynamic table
   * @param maxTableBytes size of the dynamic table, whatever more the peer permits; counts 32
   *     octets for each entry beside name and value. 4096 is usual; 0 does without
   * @return an encoder with an empty dynamic table
   */
  public static HpackEncoder create(IndexingPolicy policy, int maxTableBytes) {
    return create(policy, maxTableBytes, StringCoding.SHORTEST);
  }

  /**
   * An encoder for one connection.
   *
   * @param policy what goes into the dynamic table
   * @param maxTableBytes as for {@link #create(IndexingPolicy, int)}
   * @param coding how strings are written
   * @return an encoder with an empty dynamic table
   */
  public static HpackEncoder create(IndexingPolicy policy, int maxTableBytes, StringCoding coding) {
    if (maxTableBytes < 0 || maxTableBytes > 1 << 28) {
      throw new IllegalArgumentException("table size is " + maxTableBytes + ", not 0 to 2^28");
    }
    return new HpackEncoder(policy, maxTableBytes, coding);
  }

  /**
   * The peer's SETTINGS_HEADER_TABLE_SIZE; to be called as its SETTINGS frame is applied, between
   * two blocks. The table takes what the peer permits, up to its own maximum, and the next block
   * tells the peer (RFC 7541 §4.2).
   *
   * @param bytes 0 to 2^32-1; the protocol's default, and so the value before any call, is 4096
   */
  public void peerTableSize(long bytes) {
    if (bytes < 0 || bytes > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("table size is " + bytes + ", not 0 to 2^32-1");
    }
    changeTableSize((int) Math.min(maxTableBytes, bytes));
  }

  private void changeTableSize(int bytes) {
    table.resize(bytes);
    smallestTableSize = Math.min(smallestTableSize, bytes);
    updateDue = smallestTableSize != announcedTableSize || bytes != announcedTableSize;
  }

  /**
   * Starts a block: writes the size updates that are due, mostly none.
   *
   * @param out takes up to {@link #MAX_BLOCK_START_BYTES} from its position on
   * @throws BufferOverflowException if an update is due and fewer remain; nothing has changed then
   */
  public void beginBlock(ByteBuffer out) {
    if (!updateDue) {
      return;
    }
    writer.open(out, required(MAX_BLOCK_START_BYTES, out));
    int size = table.table().capacity();
    // RFC 7541 §4.2: the smallest size in between, if that evicted more, and then the final one.
    if (smallestTableSize < Math.min(size, announcedTableSize)) {
      writer.integer(0x20, 5, smallestTableSize);
      announcedTableSize = smallestTableSize;
    }
    if (size != announcedTableSize) {
      writer.integer(0x20, 5, size);
      announcedTableSize = size;
    }
    writer.close(out);
    smallestTableSize = size;
    updateDue = false;
  }

  /**
   * Room that is enough for {@link #encode} in any case: the octets of both strings, and a few
   * more.
   *
   * @param name name of the field
   * @param value value of the field
   * @return octets that have to remain in the buffer
   */
  public static int maxEncodedBytes(String name, String value) {
    return name.length() + value.length() + MAX_INTEGERS_BYTES;
  }

  /**
   * Encodes one field of the block that was begun.
   *
   * @param name each char is one octet, U+0000 to U+00FF; HTTP/2 wants lower case (RFC 9113 §8.2),
   *     which is not checked here
   * @param value each char is one octet
   * @param sensitivity {@link Sensitivity#SENSITIVE} makes it a never-indexed literal, without
   *     asking the policy
   * @param out takes the field from its position on
   * @throws BufferOverflowException if less than {@link #maxEncodedBytes} remains, unless the field
   *     is in a table; nothing has changed then, and the call can be repeated with more room
   * @throws IllegalArgumentException if a char is above U+00FF; nothing has changed then
   * @throws IllegalStateException if the size of the table changed and no block was begun since
   */
  public void encode(String name, String value, Sensitivity sensitivity, ByteBuffer out) {
    if (updateDue) {
      throw new IllegalStateException("beginBlock has to come first, the table size changed");
    }
    if (sensitivity == Sensitivity.SENSITIVE) {
      literal(Indexing.NEVER, StaticTable.nameIndex(name), name, value, out);
      return;
    }
    int hash = FieldHash.of(name, value);
    int index = table.fieldIndex(hash, name, value);
    if (index == 0) {
      index = StaticTable.fieldIndex(hash, name, value);
    }
    if (index != 0) {
      indexed(index, out);
    } else {
      literal(policy.indexing(name, value), StaticTable.nameIndex(name), name, value, out);
    }
  }

  DynamicTable table() {
    return table.table();
  }

  // RFC 7541 §6.1
  private void indexed(int index, ByteBuffer out) {
    if (index < 0x7F) {
      out.put((byte) (0x80 | index));
      return;
    }
    writer.open(out, required(BlockWriter.MAX_INTEGER_BYTES, out));
    writer.integer(0x80, 7, index);
    writer.close(out);
  }

  private void literal(
      Indexing indexing, int staticName, String name, String value, ByteBuffer out) {
    writer.open(out, required(maxEncodedBytes(name, value), out));
    int nameIndex = staticName == 0 ? table.nameIndex(name) : staticName;
    boolean added = indexing == Indexing.INDEX && worthItsPlace(name, value);
    if (added) {
      writer.integer(0x40, 6, nameIndex); // RFC 7541 §6.2.1
    } else {
      // RFC 7541 §6.2.2, §6.2.3
      writer.integer(indexing == Indexing.NEVER ? 0x10 : 0x00, 4, nameIndex);
    }
    if (nameIndex == 0) {
      writer.string(name);
    }
    writer.string(value);
    if (added) {
      table.add(name, value);
    }
    writer.close(out);
  }

  /** A field that would push most of the others out is not worth it. */
  private boolean worthItsPlace(String name, String value) {
    return DynamicTable.sizeOf(name, value) <= table.table().capacity() / 4 * 3;
  }

  private static int required(int room, ByteBuffer out) {
    if (out.remaining() < room) {
      throw new BufferOverflowException();
    }
    return room;
  }
}
