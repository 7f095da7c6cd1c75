package io.roadrunner.server.routing;

import io.roadrunner.server.routing.Leaf.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One search through the table: literals before {@code :name} before {@code *name}, and back where
 * that leads nowhere or to other methods only.
 *
 * <p>Each node of the table is visited once at most, and none deeper than the path: the table's
 * author decides what a search may cost, not the path's.
 */
final class Walk {

  private final String method;
  private final List<String> segments;
  private final List<Leaf> others = new ArrayList<>(2);
  private int steps;

  Walk(String method, List<String> segments) {
    this.method = method;
    this.segments = segments;
  }

  /** Returns the first target for the method, in the order of precedence. */
  @Nullable Target from(TrieNode root) {
    return visit(root, 0);
  }

  /** Returns the places that match the path but not the method, in the order of precedence. */
  List<Leaf> others() {
    return others;
  }

  /** Returns how many nodes were visited. */
  int steps() {
    return steps;
  }

  private @Nullable Target visit(TrieNode node, int depth) {
    steps++;
    if (depth == segments.size()) {
      return accept(node.leaf());
    }
    String segment = segments.get(depth);
    TrieNode literal = node.literal(segment);
    Target found = literal == null ? null : visit(literal, depth + 1);
    TrieNode param = node.param();
    if (found == null && param != null && !segment.isEmpty()) {
      found = visit(param, depth + 1);
    }
    return found == null ? accept(node.rest()) : found;
  }

  private @Nullable Target accept(@Nullable Leaf leaf) {
    if (leaf == null) {
      return null;
    }
    Target target = leaf.target(method);
    if (target == null) {
      others.add(leaf);
    }
    return target;
  }
}
