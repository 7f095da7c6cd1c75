package io.roadrunner.hpack;

import java.nio.ByteBuffer;

/**
 * Decodes the header blocks that one peer sends on one connection, in the order in which they came.
 *
 * <p>A block is whole: joining what a HEADERS or PUSH_PROMISE frame and its CONTINUATION frames
 * carry is the business of the HTTP/2 layer, and so are the rules for what names and values may
 * hold (RFC 9113 §8.2). Every block has to be decoded, even for a request that is being refused,
 * because it changes the dynamic table.
 *
 * <p>Not safe for use by more than one thread at a time. A block that repeats fields of earlier
 * ones allocates nothing.
 */
public final class HpackDecoder {
  /** SETTINGS_HEADER_TABLE_SIZE until both sides agreed on something else (RFC 9113 §6.5.2). */
  static final int DEFAULT_TABLE_SIZE = 4096;

  private static final int NOT_REQUIRED = Integer.MAX_VALUE;

  private final HpackLimits limits;
  private final DynamicTable table = new DynamicTable(DEFAULT_TABLE_SIZE);
  private final BlockReader reader = new BlockReader();

  private int agreedTableSize = DEFAULT_TABLE_SIZE;

  /** The next block has to bring an update to at most this. */
  private int requiredUpdate = NOT_REQUIRED;

  private boolean failed;

  /** What the block may still deliver; negative behind the first field too many. */
  private long bytesLeft;

  private int fieldsLeft;

  private HpackDecoder(HpackLimits limits) {
    this.limits = limits;
  }

  /**
   * {@return a decoder for one connection, with an empty dynamic table of 4096 octets}
   *
   * @param limits what a block may hold
   */
  public static HpackDecoder create(HpackLimits limits) {
    return new HpackDecoder(limits);
  }

  /**
   * The peer has acknowledged a SETTINGS frame with this SETTINGS_HEADER_TABLE_SIZE. From the next
   * block on it may use a table of that size; where that is less than the size now in use, the next
   * block has to begin with a size update (RFC 7541 §4.2, RFC 9113 §4.3.1).
   *
   * @param bytes not negative; the protocol's default, and so the size before any call, is 4096
   */
  public void tableSizeAcknowledged(int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("negative table size: " + bytes);
    }
    agreedTableSize = bytes;
    if (bytes < table.capacity()) {
      requiredUpdate = Math.min(requiredUpdate, bytes);
    }
  }

  /**
   * Decodes one whole block and hands its fields to the sink, one by one, while it goes on.
   *
   * @param block the block between position and limit, in the heap or not. The position is at the
   *     limit afterwards. Nothing of it is kept
   * @param sink gets the fields
   * @return whether the sink got all the fields
   * @throws HpackException if the block is malformed. The sink may have got fields before that; the
   *     decoder can no longer be used, nor the connection
   * @throws IllegalStateException if an earlier call ended with an exception
   */
  public BlockOutcome decode(ByteBuffer block, HeaderSink sink) {
    if (failed) {
      throw new IllegalStateException("an earlier block failed, the tables are out of step");
    }
    failed = true;
    if (block.remaining() > limits.maxBlockBytes()) {
      throw new HpackException(HpackViolation.BLOCK_TOO_LARGE);
    }
    reader.open(block);
    bytesLeft = limits.maxFieldListBytes();
    fieldsLeft = limits.maxFieldCount();
    sizeUpdates();
    while (reader.hasMore()) {
      field(sink);
    }
    reader.close();
    failed = false;
    return withinLimits() ? BlockOutcome.COMPLETE : BlockOutcome.LIST_TOO_LARGE;
  }

  DynamicTable table() {
    return table;
  }

  /** RFC 7541 §4.2: updates come first, the smallest size of the interval and the final one. */
  private void sizeUpdates() {
    int updates = 0;
    while (reader.hasMore() && (reader.peek() & 0xE0) == 0x20) {
      if (++updates > 2) {
        throw new HpackException(HpackViolation.TOO_MANY_SIZE_UPDATES);
      }
      int size = reader.integer(reader.next(), 5);
      if (size > agreedTableSize) {
        throw new HpackException(HpackViolation.SIZE_UPDATE_TOO_LARGE);
      }
      if (size <= requiredUpdate) {
        requiredUpdate = NOT_REQUIRED;
      }
      table.resize(size);
    }
    if (requiredUpdate != NOT_REQUIRED) {
      throw new HpackException(HpackViolation.MISSING_SIZE_UPDATE);
    }
  }

  /** RFC 7541 §6: the highest bits of the first octet tell the representation. */
  private void field(HeaderSink sink) {
    int first = reader.next();
    if (first < 0) {
      indexed(reader.integer(first, 7), sink);
    } else if ((first & 0x40) != 0) {
      literal(reader.integer(first, 6), Indexing.INDEX, sink);
    } else if ((first & 0x20) != 0) {
      throw new HpackException(HpackViolation.MISPLACED_SIZE_UPDATE);
    } else {
      Indexing indexing = (first & 0x10) == 0 ? Indexing.LITERAL : Indexing.NEVER;
      literal(reader.integer(first, 4), indexing, sink);
    }
  }

  // RFC 7541 §6.1
  private void indexed(int index, HeaderSink sink) {
    if (index > StaticTable.LENGTH) {
      int slot = slot(index);
      if (fits(table.sizeAt(slot))) {
        sink.accept(table.nameAt(slot), table.valueAt(slot), Sensitivity.NORMAL);
      }
    } else if (index == 0) {
      throw new HpackException(HpackViolation.INDEX_ZERO);
    } else if (fits(StaticTable.size(index))) {
      sink.accept(StaticTable.name(index), StaticTable.value(index), Sensitivity.NORMAL);
    }
  }

  // RFC 7541 §6.2
  private void literal(int nameIndex, Indexing indexing, HeaderSink sink) {
    int most = indexing == Indexing.INDEX ? Math.max(room(), table.capacity()) : room();
    String name = name(nameIndex, most);
    long size = nameLength(nameIndex, name);
    String value = reader.string(most);
    size += reader.stringLength() + DynamicTable.ENTRY_OVERHEAD;
    if (indexing == Indexing.INDEX) {
      table.add(name, value, size);
    }
    if (fits(size)) {
      sink.accept(
          name, value, indexing == Indexing.NEVER ? Sensitivity.SENSITIVE : Sensitivity.NORMAL);
    }
  }

  private String name(int index, int most) {
    if (index == 0) {
      return reader.string(most);
    }
    return index <= StaticTable.LENGTH ? StaticTable.name(index) : table.nameAt(slot(index));
  }

  private int nameLength(int index, String name) {
    return index == 0 ? reader.stringLength() : name.length();
  }

  private int slot(int index) {
    int age = index - StaticTable.LENGTH - 1;
    if (age >= table.count()) {
      throw new HpackException(HpackViolation.INDEX_BEYOND_TABLES);
    }
    return table.slotOf(age);
  }

  /** Octets that a field can have at most to be delivered. */
  private int room() {
    return fieldsLeft > 0 ? (int) Math.max(0, bytesLeft) : 0;
  }

  /** Counts a field. Says no for the first one too many, and for all behind it. */
  private boolean fits(long size) {
    bytesLeft -= size;
    fieldsLeft--;
    return withinLimits();
  }

  private boolean withinLimits() {
    return (bytesLeft | fieldsLeft) >= 0;
  }
}
