package io.roadrunner.server.routing;

import io.roadrunner.server.routing.Leaf.Target;
import io.roadrunner.server.routing.Router.Match;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who answers one path, whatever the method, made beforehand: looking it up makes no garbage. */
final class MethodTable {

  private final Map<String, Match> matches;
  private final Match otherwise;

  private MethodTable(Map<String, Match> matches, Match otherwise) {
    this.matches = matches;
    this.otherwise = otherwise;
  }

  /** Returns the table of {@code *}, which concerns the server as a whole (RFC 9110 §9.3.7). */
  static MethodTable ofAsterisk(Set<String> methods, OwnAnswers answers) {
    return new MethodTable(
        Map.of("OPTIONS", answers.options("*", methods)), answers.refused(PathFault.NOT_ABSOLUTE));
  }

  /**
   * Returns the table of a path.
   *
   * @param leaves all that match it, in the order of precedence, at least one
   */
  static MethodTable of(DecodedPath.Segments path, List<Leaf> leaves, OwnAnswers answers) {
    Map<String, Match> matches = new HashMap<>();
    Set<String> methods = new LinkedHashSet<>();
    String pattern = "";
    for (Leaf leaf : leaves) {
      for (String method : leaf.methods()) {
        Target target = leaf.target(method);
        if (target != null && methods.add(method)) {
          matches.put(method, target.match(path));
          pattern = pattern.isEmpty() ? target.pattern().text() : pattern;
        }
      }
    }
    matches.putIfAbsent("OPTIONS", answers.options(pattern, methods));
    return new MethodTable(matches, answers.notAllowed(pattern, methods));
  }

  Match match(String method) {
    return matches.getOrDefault(method, otherwise);
  }
}
