package io.roadrunner.server.routing;

import io.roadrunner.server.Middleware;
import io.roadrunner.server.PathParams;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.routing.Leaf.Target;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A compiled route table: from a method and a raw path to who answers. Immutable, for any thread.
 *
 * <p>A path that a pattern without parameters spells out is found by one look-up, which makes no
 * garbage. Every other path goes through {@link PathPolicy} and then a trie of segments. Matching
 * is case-sensitive. There is always an answer: where no route matches it is the table's own (404,
 * 405 with Allow, 400, or 204 to OPTIONS), with the listener-wide middleware around it.
 */
public final class Router {

  /**
   * Who answers a request.
   *
   * @param entry the route, or the table's own answer
   * @param params the parameters of the path
   */
  public record Match(RouteEntry entry, PathParams params) {}

  private final Map<String, MethodTable> literals = new HashMap<>();
  private final TrieNode root = new TrieNode();
  private final OwnAnswers answers;

  private Router(Routes routes, List<Middleware> listenerWide) {
    answers = new OwnAnswers(listenerWide);
    Set<String> methods = new LinkedHashSet<>();
    for (Route route : routes.all()) {
      Pattern pattern = Pattern.parse(route.pattern());
      Leaf leaf = root.leafOf(pattern);
      leaf.add(route.method(), new Target(pattern, RouteEntry.of(route, listenerWide)));
      methods.addAll(leaf.methods());
    }
    for (Route route : routes.all()) {
      Pattern pattern = Pattern.parse(route.pattern());
      if (pattern.names().isEmpty()) {
        String path = pattern.fill(Map.of());
        literals.computeIfAbsent(path, this::tableOf);
      }
    }
    literals.put("*", MethodTable.ofAsterisk(methods, answers));
  }

  /**
   * Returns the compiled form of a table.
   *
   * @param routes the table
   * @param listenerWide steps around everything that is answered, outermost first
   */
  public static Router compile(Routes routes, List<Middleware> listenerWide) {
    return new Router(routes, List.copyOf(listenerWide));
  }

  /**
   * Finds who answers.
   *
   * @param method as sent
   * @param rawPath as sent, without the query; {@code *} for the asterisk form
   */
  public Match match(String method, String rawPath) {
    MethodTable known = literals.get(rawPath);
    return known == null ? search(method, rawPath) : known.match(method);
  }

  private Match search(String method, String rawPath) {
    return switch (PathPolicy.decode(rawPath)) {
      case DecodedPath.Refused refused -> answers.refused(refused.fault());
      case DecodedPath.Segments path -> {
        Walk walk = new Walk(method, path.segments());
        Target target = walk.from(root);
        yield target == null ? missed(method, path, walk) : target.match(path);
      }
    };
  }

  private Match missed(String method, DecodedPath.Segments path, Walk walk) {
    return walk.others().isEmpty()
        ? answers.notFound()
        : MethodTable.of(path, walk.others(), answers).match(method);
  }

  /** Returns the table of a path that a pattern spells out. */
  private MethodTable tableOf(String path) {
    if (!(PathPolicy.decode(path) instanceof DecodedPath.Segments decoded)) {
      throw new IllegalStateException("no path: " + path);
    }
    // No method is empty, so that nothing ends this walk early.
    Walk all = new Walk("", decoded.segments());
    Target none = all.from(root);
    assert none == null;
    return MethodTable.of(decoded, all.others(), answers);
  }
}
