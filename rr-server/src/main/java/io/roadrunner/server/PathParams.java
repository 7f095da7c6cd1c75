package io.roadrunner.server;

import java.util.List;

/**
 * The parameters of a matched path, in the order of the pattern, percent-decoded once.
 *
 * @param names the names in the pattern, without {@code :} or {@code *}
 * @param values as many values
 */
public record PathParams(List<String> names, List<String> values) {

  private static final PathParams NONE = new PathParams(List.of(), List.of());

  /** Checks and copies both lists. */
  public PathParams {
    names = List.copyOf(names);
    values = List.copyOf(values);
    if (names.size() != values.size()) {
      throw new IllegalArgumentException(names.size() + " names, " + values.size() + " values");
    }
  }

  /** {@return the parameters of a pattern without parameters} */
  public static PathParams none() {
    return NONE;
  }

  /**
   * {@return the value of a parameter}
   *
   * @param name as in the pattern
   * @throws IllegalArgumentException if the pattern has no such parameter
   */
  public String get(String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "the route has no parameter \"" + name + "\", only " + names);
    }
    return values.get(index);
  }
}
