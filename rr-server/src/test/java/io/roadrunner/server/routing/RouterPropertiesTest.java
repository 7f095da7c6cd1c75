package io.roadrunner.server.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class RouterPropertiesTest {

  /** A line of a table, as the oracle sees it. */
  record Line(String method, List<String> parts) {
    String pattern() {
      return "/" + String.join("/", parts);
    }
  }

  @Property(tries = 400)
  @Label("a table answers as a search through all lines does")
  void agreesWithTheOracle(
      @ForAll("tables") List<Line> table,
      @ForAll("methods") String method,
      @ForAll("paths") List<String> path) {
    List<Line> lines = distinct(table);
    Routes.Builder routes = Routes.builder();
    lines.forEach(line -> routes.add(Route.of(line.method(), line.pattern(), says(line))));
    Router router = Router.compile(routes.build(), List.of());

    String answer = Answers.ask(router, method, "/" + String.join("/", path));

    assertEquals(RoutingOracle.answer(lines, method, path), answer);
  }

  private static io.roadrunner.server.Handler says(Line line) {
    return request ->
        Response.text(line.method() + " " + line.pattern() + " " + request.params().values());
  }

  private static List<Line> distinct(List<Line> table) {
    Map<String, Line> lines = new HashMap<>();
    for (Line line : table) {
      List<String> shape = new ArrayList<>();
      line.parts().forEach(p -> shape.add(p.startsWith(":") ? ":" : p));
      lines.putIfAbsent(line.method() + shape, line);
    }
    return List.copyOf(lines.values());
  }

  @Provide
  Arbitrary<List<Line>> tables() {
    Arbitrary<String> part = Arbitraries.of("a", "a", "b", "c", ":", "");
    Arbitrary<Boolean> rest = Arbitraries.of(true, false, false);
    Arbitrary<Line> line =
        net.jqwik.api.Combinators.combine(methods(), part.list().ofMinSize(1).ofMaxSize(4), rest)
            .as(
                (method, parts, hasRest) -> {
                  List<String> named = new ArrayList<>();
                  parts.forEach(p -> named.add(p.equals(":") ? ":p" + named.size() : p));
                  if (hasRest) {
                    named.add("*rest");
                  }
                  return new Line(method, named);
                });
    return line.list().ofMaxSize(12);
  }

  @Provide
  Arbitrary<String> methods() {
    return Arbitraries.of("GET", "HEAD", "POST", "OPTIONS");
  }

  @Provide
  Arbitrary<List<String>> paths() {
    return Arbitraries.of("a", "b", "c", "x", "").list().ofMinSize(1).ofMaxSize(5);
  }

  @Property(tries = 1000)
  @Label("P19: whatever the path, decoding gives segments that may stand in a path, or a refusal")
  void decodingNeverThrows(@ForAll("almostPaths") String raw) {
    if (PathPolicy.decode("/" + raw) instanceof DecodedPath.Segments path) {
      assertTrue(path.segments().size() <= PathPolicy.MAX_SEGMENTS);
      for (String segment : path.segments()) {
        assertEquals(-1, segment.indexOf('/'));
        assertEquals(-1, segment.indexOf('\\'));
        assertEquals(-1, segment.indexOf('\0'));
        assertTrue(!segment.equals(".") && !segment.equals("..") && !segment.startsWith("..;"));
      }
    }
  }

  @Provide
  Arbitrary<String> almostPaths() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "%",
            "%2", "%2e", "%2f", "%5C", "%00", "%c0", "%af", "%C3%A9", "/", ".", ";", "a", "é", "\\",
            " ", "%25", "\uD800");
    return Arbitraries.oneOf(
        pieces.list().ofMaxSize(20).map(list -> String.join("", list)), Arbitraries.strings());
  }

  @Property(tries = 500)
  @Label("a path made of a name and parameters leads back to that route and those parameters")
  void reverseThenMatchIsIdentity(
      @ForAll @StringLength(max = 12) String first, @ForAll("rests") String rest) {
    Routes routes =
        Routes.builder()
            .add(Route.get("/ü/:first/x/*rest", request -> Response.noContent()).named("there"))
            .build();
    Map<String, String> params = Map.of("first", first, "rest", rest);
    String path = filled(routes, params);
    Assume.that(!path.isEmpty());

    Router.Match match = Router.compile(routes, List.of()).match("GET", path);

    assertEquals("/ü/:first/x/*rest", match.entry().pattern());
    assertEquals(List.of(first, rest), match.params().values());
  }

  private static String filled(Routes routes, Map<String, String> params) {
    try {
      return routes.path("there", params);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  @Provide
  Arbitrary<String> rests() {
    return Arbitraries.strings().ofMaxLength(6).list().ofMaxSize(4).map(l -> String.join("/", l));
  }

  @Property(tries = 50)
  @Label("E03: a search visits no node of the table twice, whatever the path")
  void costIsBoundedByTheTable(
      @ForAll @IntRange(min = 1, max = 10) int depth, @ForAll("depthPaths") List<String> path) {
    // Literal and parameter side by side at each level, and a dead end at the bottom of each way.
    List<String> patterns = new ArrayList<>(List.of(""));
    int nodes = 1;
    for (int level = 0; level < depth; level++) {
      List<String> longer = new ArrayList<>();
      for (String pattern : patterns) {
        longer.add(pattern + "/a");
        longer.add(pattern + "/:p" + level);
      }
      patterns = longer;
      nodes += longer.size();
    }
    TrieNode root = new TrieNode();
    patterns.forEach(pattern -> root.leafOf(Pattern.parse(pattern + "/end")));

    Walk walk = new Walk("GET", path);

    assertEquals(null, walk.from(root));
    assertTrue(walk.steps() <= nodes, walk.steps() + " steps, " + nodes + " nodes");
  }

  @Provide
  Arbitrary<List<String>> depthPaths() {
    return Arbitraries.of("a", "a", "b").list().ofMinSize(1).ofMaxSize(256);
  }
}
