package io.roadrunner.websocket;

import io.roadrunner.websocket.ExtensionOffer.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * The grammar of RFC 6455 §9.1, with the list rule of RFC 9110 §5.6.1 that skips empty elements.
 *
 * <pre>
 * extension-list  = 1#extension
 * extension       = token *( ";" extension-param )
 * extension-param = token [ "=" ( token | quoted-string ) ]
 *   ; the unescaped quoted-string has to be a token again
 * </pre>
 */
final class ExtensionGrammar {

  private final int maxElements;
  private final List<ExtensionOffer> offers;
  private int elements;
  private String text = "";
  private int at;

  ExtensionGrammar(int maxElements, List<ExtensionOffer> offers) {
    this.maxElements = maxElements;
    this.offers = offers;
  }

  /** Adds the extensions of one field line; false if it breaks the grammar or the limit. */
  boolean read(String line) {
    text = line;
    at = 0;
    int before = elements;
    while (true) {
      skipSpace();
      if (at == text.length()) {
        // A line of nothing but commas is no list with at least one element.
        return elements > before;
      }
      if (!skip(',') && !extension()) {
        return false;
      }
    }
  }

  private boolean extension() {
    String name = token();
    List<Parameter> parameters = new ArrayList<>();
    if (name.isEmpty() || !count()) {
      return false;
    }
    skipSpace();
    while (skip(';')) {
      if (!parameter(parameters)) {
        return false;
      }
      skipSpace();
    }
    offers.add(new ExtensionOffer(name, parameters));
    return at == text.length() || text.charAt(at) == ',';
  }

  private boolean parameter(List<Parameter> parameters) {
    skipSpace();
    String name = token();
    if (name.isEmpty() || !count()) {
      return false;
    }
    skipSpace();
    if (!skip('=')) {
      return parameters.add(Parameter.of(name));
    }
    skipSpace();
    String value = skip('"') ? quoted() : token();
    return !value.isEmpty() && parameters.add(Parameter.of(name, value));
  }

  /** What stands between quotes, or nothing if that is no token or never ends. */
  private String quoted() {
    StringBuilder value = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return value.toString();
      }
      if (c == '\\' && at < text.length()) {
        c = text.charAt(at++);
      }
      if (!Tokens.isTokenChar(c)) {
        return "";
      }
      value.append(c);
    }
    return "";
  }

  private String token() {
    int from = at;
    while (at < text.length() && Tokens.isTokenChar(text.charAt(at))) {
      at++;
    }
    return text.substring(from, at);
  }

  private boolean count() {
    return ++elements <= maxElements;
  }

  private boolean skip(char expected) {
    if (at < text.length() && text.charAt(at) == expected) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }
}
