package io.roadrunner.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The field lines of a head or of a trailer section, in the order in which they came. Lines with
 * the same name stay apart. Names are tokens, kept as received and compared without regard to ASCII
 * case; values are opaque ISO-8859-1 without white space at their ends and without controls other
 * than HTAB.
 *
 * <p>Immutable, and safe to hand to other threads. Looking a name up makes no garbage; Strings are
 * made each time they are asked for.
 */
public final class FieldLines {
  /** Ints per line: start of the name, its end, start of the value, its end. */
  static final int STRIDE = 4;

  private static final FieldLines EMPTY = new FieldLines(new byte[0], new int[0]);

  private final byte[] bytes;
  private final int[] offsets;

  /** Takes both arrays over: offsets point into bytes, {@link #STRIDE} of them for each line. */
  FieldLines(byte[] bytes, int[] offsets) {
    this.bytes = bytes;
    this.offsets = offsets;
  }

  /** {@return no lines} */
  public static FieldLines empty() {
    return EMPTY;
  }

  /**
   * {@return that one line}
   *
   * @param name a token
   * @param value value, in ISO-8859-1
   * @throws IllegalArgumentException as {@link Builder#add}
   */
  public static FieldLines of(String name, String value) {
    return builder().add(name, value).build();
  }

  /** {@return a new, empty builder} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return how many lines there are} */
  public int size() {
    return offsets.length / STRIDE;
  }

  /**
   * {@return name of a line, as received}
   *
   * @param index 0 to {@link #size()} - 1, otherwise {@link IndexOutOfBoundsException}
   */
  public String name(int index) {
    int at = index * STRIDE;
    return text(offsets[at], offsets[at + 1]);
  }

  /**
   * {@return value of a line; each char is one byte}
   *
   * @param index 0 to {@link #size()} - 1, otherwise {@link IndexOutOfBoundsException}
   */
  public String value(int index) {
    int at = index * STRIDE;
    return text(offsets[at + 2], offsets[at + 3]);
  }

  /**
   * {@return value of the first line with that name, in any case}
   *
   * @param name name of a field, in any case
   */
  public Optional<String> first(String name) {
    int index = indexOf(name, 0);
    return index < 0 ? Optional.empty() : Optional.of(value(index));
  }

  /**
   * {@return values of all lines with that name, in any case, in order}
   *
   * @param name name of a field, in any case
   */
  public List<String> all(String name) {
    int index = indexOf(name, 0);
    if (index < 0) {
      return List.of();
    }
    List<String> values = new ArrayList<>();
    for (; index >= 0; index = indexOf(name, index + 1)) {
      values.add(value(index));
    }
    return List.copyOf(values);
  }

  /**
   * {@return whether there is a line with that name, in any case}
   *
   * @param name name of a field, in any case
   */
  public boolean contains(String name) {
    return indexOf(name, 0) >= 0;
  }

  /**
   * {@return index of the first line with that name, in any case, at or behind {@code from}; -1 if
   * there is none}
   *
   * @param name name of a field, in any case
   * @param from index to start at, 0 or more
   */
  public int indexOf(String name, int from) {
    for (int at = from * STRIDE; at < offsets.length; at += STRIDE) {
      int start = offsets[at];
      if (offsets[at + 1] - start == name.length() && Ascii.equalsIgnoreCase(bytes, start, name)) {
        return at / STRIDE;
      }
    }
    return -1;
  }

  /**
   * {@return whether the value of a line is that text, with ASCII letters in any case} Makes no
   * garbage.
   *
   * @param index 0 to {@link #size()} - 1, otherwise {@link IndexOutOfBoundsException}
   * @param text what to compare with
   */
  public boolean valueEqualsIgnoreCase(int index, String text) {
    int at = index * STRIDE;
    int start = offsets[at + 2];
    return offsets[at + 3] - start == text.length() && Ascii.equalsIgnoreCase(bytes, start, text);
  }

  byte[] bytes() {
    return bytes;
  }

  int valueStart(int index) {
    return offsets[index * STRIDE + 2];
  }

  int valueEnd(int index) {
    return offsets[index * STRIDE + 3];
  }

  /** Bytes that {@link #write} writes. */
  int encodedSize() {
    int size = 0;
    for (int at = 0; at < offsets.length; at += STRIDE) {
      size += offsets[at + 1] - offsets[at] + offsets[at + 3] - offsets[at + 2] + 4;
    }
    return size;
  }

  /** Writes {@code name: SP value CRLF} for each line. */
  void write(byte[] target, int start) {
    int to = start;
    for (int at = 0; at < offsets.length; at += STRIDE) {
      int nameLength = offsets[at + 1] - offsets[at];
      System.arraycopy(bytes, offsets[at], target, to, nameLength);
      to += nameLength;
      target[to] = ':';
      target[to + 1] = Ascii.SP;
      int valueLength = offsets[at + 3] - offsets[at + 2];
      System.arraycopy(bytes, offsets[at + 2], target, to + 2, valueLength);
      to = Output.crlf(target, to + 2 + valueLength);
    }
  }

  private String text(int start, int end) {
    return new String(bytes, start, end - start, ISO_8859_1);
  }

  /** Same lines, byte for byte, in the same order. */
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof FieldLines that) || that.size() != size()) {
      return false;
    }
    for (int i = 0; i < size(); i++) {
      if (!name(i).equals(that.name(i)) || !value(i).equals(that.value(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = 0; i < size(); i++) {
      hash = 31 * (31 * hash + name(i).hashCode()) + value(i).hashCode();
    }
    return hash;
  }

  /** The lines, for people: values may hold secrets, so think before this goes into a log. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < size(); i++) {
      text.append(i == 0 ? "" : ", ").append(name(i)).append(": ").append(value(i));
    }
    return text.append(']').toString();
  }

  /** Collects lines. Not safe for use by several threads. */
  public static final class Builder {
    private byte[] bytes = new byte[64];
    private int[] offsets = new int[4 * STRIDE];
    private int length;
    private int used;

    private Builder() {}

    /**
     * Adds a line behind the others. White space at the ends of the value is left out.
     *
     * @param name a token
     * @param value value, in ISO-8859-1
     * @return this builder
     * @throws IllegalArgumentException if the name is not a token, or the value has a control
     *     character other than HTAB, or a character above U+00FF
     */
    public Builder add(String name, String value) {
      Ascii.requireToken(name);
      Ascii.requireFieldValue(value);
      int from = 0;
      int to = value.length();
      while (from < to && Ascii.isBlank(value.charAt(from))) {
        from++;
      }
      while (to > from && Ascii.isBlank(value.charAt(to - 1))) {
        to--;
      }
      ensureRoom(name.length() + to - from);
      append(name, 0, name.length());
      append(value, from, to);
      return this;
    }

    private void append(String text, int from, int to) {
      offsets[used++] = length;
      Ascii.copy(text, from, to, bytes, length);
      length += to - from;
      offsets[used++] = length;
    }

    private void ensureRoom(int more) {
      if (bytes.length - length < more) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
      }
      if (offsets.length - used < STRIDE) {
        offsets = Arrays.copyOf(offsets, 2 * offsets.length);
      }
    }

    /** {@return the lines added so far} */
    public FieldLines build() {
      return used == 0
          ? EMPTY
          : new FieldLines(Arrays.copyOf(bytes, length), Arrays.copyOf(offsets, used));
    }
  }
}
