package io.roadrunner.server.http2;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The streams of a connection by their identifiers; open addressing, no boxes. For the loop. */
final class StreamTable {

  private static final @Nullable StreamRun[] NONE = new StreamRun[0];
  private static final int LEAST_SLOTS = 8;

  private @Nullable StreamRun[] slots = NONE;
  private int count;

  int count() {
    return count;
  }

  private int slot(int id) {
    // Identifiers of clients are odd and grow by two (RFC 9113 §5.1.1).
    return (id >>> 1) & (slots.length - 1);
  }

  @Nullable StreamRun get(int id) {
    if (count == 0) {
      return null;
    }
    int at = slot(id);
    StreamRun found = slots[at];
    while (found != null && found.id() != id) {
      at = (at + 1) & (slots.length - 1);
      found = slots[at];
    }
    return found;
  }

  /** Tells whether a stream has not ended. */
  boolean has(StreamRun stream) {
    return get(stream.id()) == stream;
  }

  void add(StreamRun stream) {
    if (2 * (count + 1) > slots.length) {
      resize(Math.max(LEAST_SLOTS, 2 * slots.length));
    }
    put(stream);
    count++;
  }

  private void put(StreamRun stream) {
    int at = slot(stream.id());
    while (slots[at] != null) {
      at = (at + 1) & (slots.length - 1);
    }
    slots[at] = stream;
  }

  private void resize(int length) {
    @Nullable StreamRun[] old = slots;
    slots = new StreamRun[length];
    for (StreamRun stream : old) {
      if (stream != null) {
        put(stream);
      }
    }
  }

  void remove(int id) {
    if (count == 0) {
      return;
    }
    int at = slot(id);
    StreamRun found = slots[at];
    while (found != null && found.id() != id) {
      at = (at + 1) & (slots.length - 1);
      found = slots[at];
    }
    if (found == null) {
      return;
    }
    count--;
    slots[at] = null;
    // What stands behind may have been pushed on by what was removed.
    at = (at + 1) & (slots.length - 1);
    StreamRun moved = slots[at];
    while (moved != null) {
      slots[at] = null;
      put(moved);
      at = (at + 1) & (slots.length - 1);
      moved = slots[at];
    }
  }

  /** Frees what an idle connection does not need. */
  void trim() {
    if (count == 0) {
      slots = NONE;
    }
  }

  /** Calls an action for each stream; the action may remove the one that it is given. */
  void forEach(Consumer<StreamRun> action) {
    StreamRun[] all = new StreamRun[count];
    int n = 0;
    for (StreamRun stream : slots) {
      if (stream != null) {
        all[n++] = stream;
      }
    }
    for (StreamRun stream : all) {
      action.accept(stream);
    }
  }
}
