package io.roadrunner.server.routing;

import io.roadrunner.server.PathParams;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** A place in the table where patterns of one shape end: one target for each method. */
final class Leaf {

  /**
   * A route of the table.
   *
   * @param pattern its pattern, with its own names for the parameters
   * @param entry who answers
   */
  record Target(Pattern pattern, RouteEntry entry) {

    Router.Match match(DecodedPath.Segments path) {
      return pattern.names().isEmpty()
          ? new Router.Match(entry, PathParams.none())
          : new Router.Match(
              entry, new PathParams(pattern.names(), pattern.values(path.segments())));
    }
  }

  private final Map<String, Target> targets = new LinkedHashMap<>();

  void add(String method, Target target) {
    targets.put(method, target);
  }

  @Nullable Target target(String method) {
    Target target = targets.get(method);
    // RFC 9110 §9.3.2: HEAD is GET without the content.
    return target == null && method.equals("HEAD") ? targets.get("GET") : target;
  }

  /** Returns the methods that have a target, at least one. */
  SequencedSet<String> methods() {
    SequencedSet<String> methods = new LinkedHashSet<>(targets.keySet());
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return methods;
  }
}
