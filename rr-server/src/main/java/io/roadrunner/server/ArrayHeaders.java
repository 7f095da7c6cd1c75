package io.roadrunner.server;

import java.util.Arrays;

/** Headers in one array of alternating names and values. */
final class ArrayHeaders implements Headers {

  static final ArrayHeaders EMPTY = new ArrayHeaders(new String[0]);

  private final String[] namesAndValues;

  private ArrayHeaders(String[] namesAndValues) {
    this.namesAndValues = namesAndValues;
  }

  static ArrayHeaders of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "headers need a value for each name, but got " + namesAndValues.length + " strings");
    }
    for (int i = 0; i < namesAndValues.length; i += 2) {
      HeaderSyntax.check(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new ArrayHeaders(namesAndValues.clone());
  }

  static ArrayHeaders appended(Headers headers, String name, String value) {
    HeaderSyntax.check(name, value);
    int size = headers.size();
    String[] all = Arrays.copyOf(copy(headers), 2 * size + 2);
    all[2 * size] = name;
    all[2 * size + 1] = value;
    return new ArrayHeaders(all);
  }

  static ArrayHeaders without(Headers headers, String name) {
    String[] kept = new String[2 * headers.size()];
    int n = 0;
    for (int i = 0; i < headers.size(); i++) {
      if (!headers.name(i).equalsIgnoreCase(name)) {
        kept[n++] = headers.name(i);
        kept[n++] = headers.value(i);
      }
    }
    return new ArrayHeaders(Arrays.copyOf(kept, n));
  }

  static ArrayHeaders copyOf(Headers headers) {
    if (headers instanceof ArrayHeaders checked) {
      return checked;
    }
    String[] all = copy(headers);
    for (int i = 0; i < all.length; i += 2) {
      HeaderSyntax.check(all[i], all[i + 1]);
    }
    return new ArrayHeaders(all);
  }

  private static String[] copy(Headers headers) {
    if (headers instanceof ArrayHeaders array) {
      return array.namesAndValues;
    }
    String[] all = new String[2 * headers.size()];
    for (int i = 0; i < headers.size(); i++) {
      all[2 * i] = headers.name(i);
      all[2 * i + 1] = headers.value(i);
    }
    return all;
  }

  @Override
  public int size() {
    return namesAndValues.length / 2;
  }

  @Override
  public String name(int index) {
    return namesAndValues[2 * index];
  }

  @Override
  public String value(int index) {
    return namesAndValues[2 * index + 1];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ArrayHeaders that && Arrays.equals(namesAndValues, that.namesAndValues);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(namesAndValues);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < size(); i++) {
      text.append(i == 0 ? "" : ", ").append(name(i)).append(": ").append(value(i));
    }
    return text.toString();
  }
}
