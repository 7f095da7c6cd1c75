package io.roadrunner.server.routing;

import io.roadrunner.server.routing.RouterPropertiesTest.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Matching as plainly as it can be said: every line is tried, the best one wins. */
final class RoutingOracle {

  private RoutingOracle() {}

  static String answer(List<Line> table, String method, List<String> path) {
    List<Line> matching =
        table.stream()
            .filter(line -> matches(line.parts(), path))
            .sorted(Comparator.comparing(line -> rank(line.parts())))
            .toList();
    // The place decides before the method: a better place with GET wins over a worse with HEAD.
    String best = "";
    Line winner = null;
    for (Line line : matching) {
      boolean exact = line.method().equals(method);
      boolean asGet = method.equals("HEAD") && line.method().equals("GET");
      String place = rank(line.parts());
      if ((exact || asGet) && (winner == null || (exact && place.equals(best)))) {
        winner = line;
        best = place;
      }
    }
    if (winner != null) {
      return "200 " + winner.method() + " " + winner.pattern() + " " + values(winner, path);
    }
    return without(matching, method);
  }

  private static String without(List<Line> matching, String method) {
    if (matching.isEmpty()) {
      return "404 Not Found";
    }
    TreeSet<String> allow = new TreeSet<>(List.of("OPTIONS"));
    for (Line line : matching) {
      allow.add(line.method());
      if (line.method().equals("GET")) {
        allow.add("HEAD");
      }
    }
    String list = "[" + String.join(", ", allow) + "]";
    return method.equals("OPTIONS") ? "204 " + list : "405 " + list + " Method Not Allowed";
  }

  private static boolean matches(List<String> parts, List<String> path) {
    if (parts.isEmpty() || path.isEmpty()) {
      return parts.isEmpty() && path.isEmpty();
    }
    String part = parts.getFirst();
    if (part.startsWith("*")) {
      return true;
    }
    boolean here = part.startsWith(":") ? !path.getFirst().isEmpty() : part.equals(path.getFirst());
    return here && matches(parts.subList(1, parts.size()), path.subList(1, path.size()));
  }

  /** Sorts a literal before a parameter before a rest, from left to right. */
  private static String rank(List<String> parts) {
    StringBuilder rank = new StringBuilder();
    for (String part : parts) {
      rank.append(part.startsWith(":") ? '1' : part.startsWith("*") ? '2' : '0');
    }
    return rank.toString();
  }

  private static List<String> values(Line line, List<String> path) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < line.parts().size(); i++) {
      String part = line.parts().get(i);
      if (part.startsWith(":")) {
        values.add(path.get(i));
      } else if (part.startsWith("*")) {
        values.add(String.join("/", path.subList(i, path.size())));
      }
    }
    return values;
  }
}
