package io.roadrunner.hpack;

/**
 * The dynamic table of an encoder: what {@link DynamicTable} holds, found by content. Fields hang
 * in chains by hash of name and value, and by hash of the name alone.
 *
 * <p>The hash is {@link String}'s, which anyone can make collide; a chain is never longer than the
 * table, which is 128 entries for 4096 octets.
 */
final class EncoderTable {
  private final DynamicTable table;
  private SlotChains byField;
  private SlotChains byName;

  EncoderTable(int capacity) {
    table = new DynamicTable(capacity);
    byField = new SlotChains(table.slots());
    byName = new SlotChains(table.slots());
  }

  DynamicTable table() {
    return table;
  }

  /**
   * Index of the field in both tables together (RFC 7541 §2.3.3), or 0.
   *
   * @param hash its {@link FieldHash}
   */
  int fieldIndex(int hash, String name, String value) {
    for (int slot = byField.first(hash); slot >= 0; slot = byField.next(slot)) {
      if (byField.hash(slot) == hash
          && table.valueAt(slot).equals(value)
          && table.nameAt(slot).equals(name)) {
        return index(slot);
      }
    }
    return 0;
  }

  /** Index of the newest field with this name, or 0. */
  int nameIndex(String name) {
    int hash = name.hashCode();
    for (int slot = byName.first(hash); slot >= 0; slot = byName.next(slot)) {
      if (byName.hash(slot) == hash && table.nameAt(slot).equals(name)) {
        return index(slot);
      }
    }
    return 0;
  }

  /** Adds a field that fits into the table, and evicts for it. */
  void add(String name, String value) {
    int size = DynamicTable.sizeOf(name, value);
    evictTo(table.capacity() - size);
    int slots = table.slots();
    table.add(name, value, size);
    if (table.slots() == slots) {
      link(table.slotOf(0));
    } else {
      linkAll();
    }
  }

  void resize(int capacity) {
    evictTo(capacity);
    table.resize(capacity);
  }

  private void evictTo(int size) {
    while (table.size() > size) {
      int oldest = table.slotOf(table.count() - 1);
      byField.removeLast(oldest);
      byName.removeLast(oldest);
      table.evictOldest();
    }
  }

  private void linkAll() {
    byField = new SlotChains(table.slots());
    byName = new SlotChains(table.slots());
    for (int age = table.count() - 1; age >= 0; age--) {
      link(table.slotOf(age));
    }
  }

  private void link(int slot) {
    String name = table.nameAt(slot);
    byField.add(FieldHash.of(name, table.valueAt(slot)), slot);
    byName.add(name.hashCode(), slot);
  }

  private int index(int slot) {
    return StaticTable.LENGTH + 1 + table.ageOf(slot);
  }
}
