package io.roadrunner.hpack;

import java.util.Arrays;

/**
 * The fields that both sides remember, newest first, oldest evicted first (RFC 7541 §2.3.2, §4).
 *
 * <p>Entries live in a ring of parallel arrays, so that an entry costs no object of its own. An
 * <em>age</em> counts from the newest entry, which has age 0; a <em>slot</em> is a place in the
 * ring, the same one for as long as the entry lives and the ring does not grow.
 */
final class DynamicTable {
  /** What an entry counts beyond the octets of its name and value (RFC 7541 §4.1). */
  static final int ENTRY_OVERHEAD = 32;

  private static final int FIRST_SLOTS = 16;

  private String[] names = new String[FIRST_SLOTS];
  private String[] values = new String[FIRST_SLOTS];
  private int[] sizes = new int[FIRST_SLOTS];
  private int nextSlot;
  private int count;
  private int size;
  private int capacity;

  DynamicTable(int capacity) {
    this.capacity = capacity;
    Arrays.fill(names, "");
    Arrays.fill(values, "");
  }

  static int sizeOf(String name, String value) {
    return name.length() + value.length() + ENTRY_OVERHEAD;
  }

  /** Entries. */
  int count() {
    return count;
  }

  /** Octets that the entries count together. */
  int size() {
    return size;
  }

  int capacity() {
    return capacity;
  }

  /** Length of the ring, a power of two. */
  int slots() {
    return names.length;
  }

  int slotOf(int age) {
    return (nextSlot - 1 - age) & (names.length - 1);
  }

  int ageOf(int slot) {
    return (nextSlot - 1 - slot) & (names.length - 1);
  }

  String nameAt(int slot) {
    return names[slot];
  }

  String valueAt(int slot) {
    return values[slot];
  }

  int sizeAt(int slot) {
    return sizes[slot];
  }

  /** Changes the capacity, and evicts what no longer fits (RFC 7541 §4.3). */
  void resize(int newCapacity) {
    capacity = newCapacity;
    evictFor(0);
  }

  /**
   * Adds an entry after evicting as many as it needs. One that is larger than the table leaves it
   * empty, which is no error (RFC 7541 §4.4).
   *
   * @param entrySize what {@link #sizeOf} says of the two; may be more than fits
   */
  void add(String name, String value, long entrySize) {
    evictFor(entrySize);
    if (entrySize > capacity) {
      return;
    }
    if (count == names.length) {
      grow();
    }
    names[nextSlot] = name;
    values[nextSlot] = value;
    sizes[nextSlot] = (int) entrySize;
    nextSlot = (nextSlot + 1) & (names.length - 1);
    count++;
    size += (int) entrySize;
  }

  private void evictFor(long entrySize) {
    while (count > 0 && size + entrySize > capacity) {
      evictOldest();
    }
  }

  void evictOldest() {
    int slot = slotOf(count - 1);
    size -= sizes[slot];
    names[slot] = "";
    values[slot] = "";
    count--;
  }

  /** Doubles the ring; entries move so that the oldest is in slot 0. */
  private void grow() {
    int slots = names.length;
    names = unrolled(names, new String[2 * slots]);
    values = unrolled(values, new String[2 * slots]);
    int[] grownSizes = new int[2 * slots];
    System.arraycopy(sizes, nextSlot, grownSizes, 0, slots - nextSlot);
    System.arraycopy(sizes, 0, grownSizes, slots - nextSlot, nextSlot);
    sizes = grownSizes;
    nextSlot = slots;
  }

  private String[] unrolled(String[] from, String[] to) {
    System.arraycopy(from, nextSlot, to, 0, from.length - nextSlot);
    System.arraycopy(from, 0, to, from.length - nextSlot, nextSlot);
    Arrays.fill(to, from.length, to.length, "");
    return to;
  }
}
