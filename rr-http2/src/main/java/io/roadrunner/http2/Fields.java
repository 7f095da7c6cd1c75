package io.roadrunner.http2;

import io.roadrunner.hpack.HeaderSink;
import io.roadrunner.hpack.Sensitivity;
import java.util.Arrays;
import java.util.Optional;

/** Field lines in the order of the wire. Immutable. Each char of a string is one octet. */
public final class Fields implements FieldSource {
  private static final Fields NONE = new Fields(new String[0]);

  /** Name, value, name, value, ... */
  private final String[] lines;

  private Fields(String[] lines) {
    this.lines = lines;
  }

  /** {@return no fields} */
  public static Fields none() {
    return NONE;
  }

  /**
   * {@return these fields}
   *
   * @param namesAndValues name, value, name, value, ...
   */
  public static Fields of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a name without a value");
    }
    return copyOf(namesAndValues, namesAndValues.length);
  }

  static Fields copyOf(String[] lines, int length) {
    return length == 0 ? NONE : new Fields(Arrays.copyOf(lines, length));
  }

  /** {@return how many field lines there are} */
  public int count() {
    return lines.length / 2;
  }

  /**
   * {@return the name of a line, in lower case}
   *
   * @param line 0 for the first
   */
  public String name(int line) {
    return lines[2 * line];
  }

  /**
   * {@return the value of a line}
   *
   * @param line 0 for the first
   */
  public String value(int line) {
    return lines[2 * line + 1];
  }

  /**
   * {@return the value of the first line of that name, if there is one}
   *
   * @param name in lower case
   */
  public Optional<String> first(String name) {
    for (int i = 0; i < lines.length; i += 2) {
      if (lines[i].equals(name)) {
        return Optional.of(lines[i + 1]);
      }
    }
    return Optional.empty();
  }

  @Override
  public void writeTo(HeaderSink sink) {
    for (int i = 0; i < lines.length; i += 2) {
      sink.accept(lines[i], lines[i + 1], Sensitivity.NORMAL);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fields fields && Arrays.equals(lines, fields.lines);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(lines);
  }

  @Override
  public String toString() {
    return Arrays.toString(lines);
  }
}
