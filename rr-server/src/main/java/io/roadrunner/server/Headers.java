package io.roadrunner.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Field lines of a request or a response in their order on the wire (RFC 9110 §5). Names are looked
 * up without regard to ASCII case; values are Latin-1, without surrounding white space. Immutable.
 */
public interface Headers {

  /** {@return how many field lines there are} */
  int size();

  /**
   * {@return the name of a field line, as it was sent}
   *
   * @param index from 0 to {@link #size()} - 1
   */
  String name(int index);

  /**
   * {@return the value of a field line}
   *
   * @param index from 0 to {@link #size()} - 1
   */
  String value(int index);

  /**
   * {@return the value of the first field line of that name}
   *
   * @param name the field name, in any case
   */
  default Optional<String> first(String name) {
    for (int i = 0; i < size(); i++) {
      if (name(i).equalsIgnoreCase(name)) {
        return Optional.of(value(i));
      }
    }
    return Optional.empty();
  }

  /**
   * {@return the values of all field lines of that name, in order}
   *
   * @param name the field name, in any case
   */
  default List<String> all(String name) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      if (name(i).equalsIgnoreCase(name)) {
        values.add(value(i));
      }
    }
    return List.copyOf(values);
  }

  /**
   * {@return whether there is a field line of that name}
   *
   * @param name the field name, in any case
   */
  default boolean contains(String name) {
    return first(name).isPresent();
  }

  /**
   * {@return these headers and one more field line at the end}
   *
   * @param name a token (RFC 9110 §5.6.2)
   * @param value without CR, LF, NUL and other controls, Latin-1
   * @throws IllegalArgumentException if name or value may not stand in a field line
   */
  default Headers with(String name, String value) {
    return ArrayHeaders.appended(this, name, value);
  }

  /**
   * {@return these headers without the field lines of that name}
   *
   * @param name the field name, in any case
   */
  default Headers without(String name) {
    return ArrayHeaders.without(this, name);
  }

  /** {@return headers without a field line} */
  static Headers empty() {
    return ArrayHeaders.EMPTY;
  }

  /**
   * {@return headers of alternating names and values}
   *
   * @param namesAndValues name, value, name, value, ...
   * @throws IllegalArgumentException if the count is odd, or if a name or a value may not stand in
   *     a field line
   */
  static Headers of(String... namesAndValues) {
    return ArrayHeaders.of(namesAndValues);
  }

  /**
   * {@return the same headers, immutable and checked}
   *
   * @param headers of any kind
   * @throws IllegalArgumentException if a name or a value may not stand in a field line
   */
  static Headers copyOf(Headers headers) {
    return ArrayHeaders.copyOf(headers);
  }
}
