package io.roadrunner.websocket;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One element of {@code Sec-WebSocket-Extensions}: an extension that is offered or agreed on (RFC
 * 6455 §9.1).
 *
 * @param name a token, as it came
 * @param parameters in their order, with repetitions: what those mean is for the extension to say
 */
public record ExtensionOffer(String name, List<Parameter> parameters) {

  /**
   * A parameter of an extension.
   *
   * @param name a token, as it came
   * @param value a token, without the quotes it may have had; or none
   */
  public record Parameter(String name, Optional<String> value) {

    /** Refuses what is no token with {@link IllegalArgumentException}. */
    public Parameter {
      Tokens.require(name);
      value.ifPresent(Tokens::require);
    }

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
     * @param value a token
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

  /** Keeps a copy; refuses a name that is no token with {@link IllegalArgumentException}. */
  public ExtensionOffer {
    Tokens.require(name);
    parameters = List.copyOf(parameters);
  }

  /**
   * An extension with parameters in their order.
   *
   * @param name a token
   * @param parameters in their order
   * @return the new value
   */
  public static ExtensionOffer of(String name, Parameter... parameters) {
    return new ExtensionOffer(name, List.of(parameters));
  }

  /**
   * Reads the values of all {@code Sec-WebSocket-Extensions} lines of a message, in time linear to
   * their length.
   *
   * @param values one for each line, in their order
   * @param maxElements for extensions and parameters together
   * @return empty if a value does not follow the grammar or there are too many elements; an empty
   *     list if there is no value
   */
  public static Optional<List<ExtensionOffer>> parse(List<String> values, int maxElements) {
    List<ExtensionOffer> offers = new ArrayList<>();
    ExtensionGrammar grammar = new ExtensionGrammar(maxElements, offers);
    for (String value : values) {
      if (!grammar.read(value)) {
        return Optional.empty();
      }
    }
    return Optional.of(List.copyOf(offers));
  }

  /**
   * The value of one {@code Sec-WebSocket-Extensions} line.
   *
   * @param offers in their order
   * @return extensions joined by commas
   */
  public static String format(List<ExtensionOffer> offers) {
    return offers.stream().map(ExtensionOffer::toString).collect(Collectors.joining(", "));
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
