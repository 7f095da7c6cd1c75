package io.roadrunner.deflate;

import java.util.List;
import java.util.Optional;

/**
 * One element of {@code Sec-WebSocket-Extensions} (RFC 6455 §9.1), as plain values: this module
 * does not parse the field.
 *
 * @param name the extension's, such as {@code permessage-deflate}
 * @param parameters in their order, with repetitions
 */
public record Extension(String name, List<Parameter> parameters) {

  /**
   * A parameter of an extension.
   *
   * @param name a token
   * @param value a token, or a quoted string with its quotes; or none
   */
  public record Parameter(String name, Optional<String> value) {

    /**
     * A parameter without a value.
     *
     * @param name a token
     * @return the new value
     */
    public static Parameter of(String name) {
      return new Parameter(name, Optional.empty());
    }

    /**
     * A parameter with a value.
     *
     * @param name a token
     * @param value a token, or a quoted string with its quotes
     * @return the new value
     */
    public static Parameter of(String name, String value) {
      return new Parameter(name, Optional.of(value));
    }

    /** As it stands in the field. */
    @Override
    public String toString() {
      return value.map(text -> name + "=" + text).orElse(name);
    }
  }

  /** Keeps a copy of the parameters. */
  public Extension {
    parameters = List.copyOf(parameters);
  }

  /**
   * An extension with parameters in their order.
   *
   * @param name a token
   * @param parameters in their order
   * @return the new value
   */
  public static Extension of(String name, Parameter... parameters) {
    return new Extension(name, List.of(parameters));
  }

  /** As it stands in the field. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name);
    for (Parameter parameter : parameters) {
      text.append("; ").append(parameter);
    }
    return text.toString();
  }
}
