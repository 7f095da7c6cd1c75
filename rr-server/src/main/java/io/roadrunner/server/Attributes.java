package io.roadrunner.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Values that the steps of one request hand on, each under a typed key. Not thread-safe. */
public final class Attributes {

  private final Map<Key<?>, Object> values = new HashMap<>();

  /** Creates an empty set of attributes. */
  public Attributes() {}

  /**
   * The name of an attribute; two keys are the same only when they are the same object.
   *
   * @param <T> the type of the value
   */
  public static final class Key<T> {
    private final String name;
    private final Class<T> type;

    private Key(String name, Class<T> type) {
      this.name = name;
      this.type = type;
    }

    /**
     * {@return a new key}
     *
     * @param <T> the type of the value
     * @param name for messages
     * @param type the type of the value
     */
    public static <T> Key<T> of(String name, Class<T> type) {
      return new Key<>(name, type);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * {@return the value under that key}
   *
   * @param <T> the type of the value
   * @param key the key
   */
  public <T> Optional<T> get(Key<T> key) {
    return Optional.ofNullable(key.type.cast(values.get(key)));
  }

  /**
   * Sets the value under that key.
   *
   * @param <T> the type of the value
   * @param key the key
   * @param value the value
   */
  public <T> void put(Key<T> key, T value) {
    values.put(key, key.type.cast(value));
  }
}
