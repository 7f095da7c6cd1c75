package io.roadrunner.server.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The value of If-Match or If-None-Match (RFC 9110 §13.1.1, §13.1.2).
 *
 * @param any whether it is {@code *}
 * @param tags as they stand there, with their quotes and {@code W/}
 */
record EntityTags(boolean any, List<String> tags) {

  /** Copies the list. */
  EntityTags {
    tags = List.copyOf(tags);
  }

  /** Returns what a field value says; empty when it is malformed. */
  static Optional<EntityTags> parse(String value) {
    if (value.equals("*")) {
      return Optional.of(new EntityTags(true, List.of()));
    }
    List<String> tags = new ArrayList<>();
    int at = 0;
    while (at < value.length()) {
      char c = value.charAt(at);
      if (c == ' ' || c == '\t' || c == ',') {
        at++;
        continue;
      }
      int open = value.startsWith("W/", at) ? at + 2 : at;
      int close = value.startsWith("\"", open) ? value.indexOf('"', open + 1) : -1;
      if (close < 0) {
        return Optional.empty();
      }
      tags.add(value.substring(at, close + 1));
      at = close + 1;
    }
    return tags.isEmpty() ? Optional.empty() : Optional.of(new EntityTags(false, tags));
  }

  /** RFC 9110 §8.8.3.2: same characters, and neither is weak. */
  boolean matchesStrongly(String etag) {
    return any || tags.contains(etag);
  }

  /** RFC 9110 §8.8.3.2: same characters, weak or not. */
  boolean matchesWeakly(String etag) {
    return matchesStrongly(etag) || tags.contains("W/" + etag);
  }
}
