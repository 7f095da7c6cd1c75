package io.roadrunner.server.routing;

import io.roadrunner.server.routing.Pattern.Part;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may follow after some segments. Changed only while a table is compiled. */
final class TrieNode {

  private final Map<String, TrieNode> literals = new HashMap<>();
  private @Nullable TrieNode param;
  private @Nullable Leaf rest;
  private @Nullable Leaf leaf;

  /** Returns the place where that pattern ends, made where there is none. */
  Leaf leafOf(Pattern pattern) {
    TrieNode node = this;
    for (Part part : pattern.parts()) {
      switch (part) {
        case Part.Literal literal ->
            node = node.literals.computeIfAbsent(literal.text(), text -> new TrieNode());
        case Part.Param any -> {
          TrieNode next = node.param == null ? new TrieNode() : node.param;
          node.param = next;
          node = next;
        }
        case Part.Rest all -> {
          Leaf found = node.rest == null ? new Leaf() : node.rest;
          node.rest = found;
          return found;
        }
      }
    }
    Leaf found = node.leaf == null ? new Leaf() : node.leaf;
    node.leaf = found;
    return found;
  }

  @Nullable TrieNode literal(String segment) {
    return literals.get(segment);
  }

  @Nullable TrieNode param() {
    return param;
  }

  @Nullable Leaf rest() {
    return rest;
  }

  @Nullable Leaf leaf() {
    return leaf;
  }
}
