package io.roadrunner.http2;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Streams by their identifiers: open addressing, so that looking one up allocates nothing. */
final class StreamMap {
  private static final int FIRST_SLOTS = 8;
  private static final @Nullable Http2Stream[] NO_SLOTS = new Http2Stream[0];

  private @Nullable Http2Stream[] slots = NO_SLOTS;
  private int count;

  int count() {
    return count;
  }

  @Nullable Http2Stream get(int id) {
    if (count == 0) {
      return null;
    }
    int mask = slots.length - 1;
    for (int i = slot(id, mask); ; i = (i + 1) & mask) {
      Http2Stream stream = slots[i];
      if (stream == null || stream.id == id) {
        return stream;
      }
    }
  }

  /** Adds a stream whose identifier is new. */
  void add(Http2Stream stream) {
    if (2 * count >= slots.length) {
      @Nullable Http2Stream[] old = slots;
      slots = new Http2Stream[Math.max(FIRST_SLOTS, 2 * old.length)];
      for (Http2Stream moved : old) {
        if (moved != null) {
          place(moved);
        }
      }
    }
    place(stream);
    count++;
  }

  /** Removes a stream that is there. */
  void remove(Http2Stream stream) {
    int mask = slots.length - 1;
    int hole = slot(stream.id, mask);
    while (slots[hole] != stream) {
      hole = (hole + 1) & mask;
    }
    slots[hole] = null;
    count--;
    // What stood behind may have wanted the place.
    for (int i = (hole + 1) & mask; slots[i] != null; i = (i + 1) & mask) {
      Http2Stream moved = slots[i];
      slots[i] = null;
      place(moved);
    }
  }

  void clear() {
    Arrays.fill(slots, null);
    count = 0;
  }

  void forEach(Consumer<Http2Stream> action) {
    for (Http2Stream stream : slots) {
      if (stream != null) {
        action.accept(stream);
      }
    }
  }

  private void place(Http2Stream stream) {
    int mask = slots.length - 1;
    int i = slot(stream.id, mask);
    while (slots[i] != null) {
      i = (i + 1) & mask;
    }
    slots[i] = stream;
  }

  /** Identifiers of clients are odd. */
  private static int slot(int id, int mask) {
    return (id >>> 1) & mask;
  }
}
