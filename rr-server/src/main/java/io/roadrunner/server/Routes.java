package io.roadrunner.server;

import io.roadrunner.server.routing.Pattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A route table: immutable, checked when it is built, exchanged as a whole while serving. {@link
 * Route} says what patterns match.
 *
 * <p>GET routes answer HEAD as well. OPTIONS is answered with 204 and the methods of the path where
 * it has no route of its own, a method that a path does not have with 405 and Allow, a path that
 * nothing matches with 404.
 *
 * <pre>{@code
 * Routes routes =
 *     Routes.builder()
 *         .get("/", request -> Response.text("Hello"))
 *         .group(
 *             "/users",
 *             List.of(authenticated),
 *             users ->
 *                 users
 *                     .add(Route.get("/:id", this::show).named("user"))
 *                     .delete("/:id", this::remove))
 *         .build();
 * String path = routes.path("user", Map.of("id", "42"));
 * }</pre>
 */
public final class Routes {

  private final List<Route> all;
  private final Map<String, Pattern> named;

  private Routes(List<Route> all, Map<String, Pattern> named) {
    this.all = List.copyOf(all);
    this.named = Map.copyOf(named);
  }

  /** {@return a builder of an empty table} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return all routes in the order in which they were added, groups resolved} */
  public List<Route> all() {
    return all;
  }

  /**
   * {@return the path of a named route, percent-encoded: a request for it matches that pattern with
   * those parameters}
   *
   * @param name the name of the route
   * @param params a value for each parameter of the pattern, not percent-encoded; only that of
   *     {@code *name} may hold slashes or be empty
   * @throws IllegalArgumentException if no route has that name, if a parameter is missing or
   *     unknown, or if a value is one that the server would refuse, such as {@code ..}
   */
  public String path(String name, Map<String, String> params) {
    Pattern pattern = named.get(name);
    if (pattern == null) {
      throw new IllegalArgumentException("no route is named \"" + name + "\"");
    }
    return pattern.fill(params);
  }

  /** Collects routes. Not thread-safe. */
  public static final class Builder {
    private final List<Route> routes = new ArrayList<>();

    private Builder() {}

    /**
     * Adds a route.
     *
     * @param route the route
     * @return this builder
     */
    public Builder add(Route route) {
      routes.add(route);
      return this;
    }

    /**
     * Adds a route for GET (and HEAD).
     *
     * @param pattern the pattern
     * @param handler who answers
     * @return this builder
     */
    public Builder get(String pattern, Handler handler) {
      return add(Route.get(pattern, handler));
    }

    /**
     * Adds a route for HEAD.
     *
     * @param pattern the pattern
     * @param handler who answers
     * @return this builder
     */
    public Builder head(String pattern, Handler handler) {
      return add(Route.head(pattern, handler));
    }

    /**
     * Adds a route for POST.
     *
     * @param pattern the pattern
     * @param handler who answers
     * @return this builder
     */
    public Builder post(String pattern, Handler handler) {
      return add(Route.post(pattern, handler));
    }

    /**
     * Adds a route for PUT.
     *
     * @param pattern the pattern
     * @param handler who answers
     * @return this builder
     */
    public Builder put(String pattern, Handler handler) {
      return add(Route.put(pattern, handler));
    }

    /**
     * Adds a route for PATCH.
     *
     * @param pattern the pattern
     * @param handler who answers
     * @return this builder
     */
    public Builder patch(String pattern, Handler handler) {
      return add(Route.patch(pattern, handler));
    }

    /**
     * Adds a route for DELETE.
     *
     * @param pattern the pattern
     * @param handler who answers
     * @return this builder
     */
    public Builder delete(String pattern, Handler handler) {
      return add(Route.delete(pattern, handler));
    }

    /**
     * Adds a route for OPTIONS.
     *
     * @param pattern the pattern
     * @param handler who answers
     * @return this builder
     */
    public Builder options(String pattern, Handler handler) {
      return add(Route.options(pattern, handler));
    }

    /**
     * Adds routes below a prefix.
     *
     * @param prefix stands before each pattern; begins with a slash and ends without one
     * @param group adds the routes
     * @return this builder
     */
    public Builder group(String prefix, Consumer<Builder> group) {
      return group(prefix, List.of(), group);
    }

    /**
     * Adds routes below a prefix, with steps around them.
     *
     * @param prefix stands before each pattern; begins with a slash and ends without one, or is
     *     empty
     * @param middleware outermost first; they stand outside those of the routes themselves
     * @param group adds the routes
     * @return this builder
     */
    public Builder group(String prefix, List<Middleware> middleware, Consumer<Builder> group) {
      if (!prefix.isEmpty() && (!prefix.startsWith("/") || prefix.endsWith("/"))) {
        throw new IllegalArgumentException(
            "the prefix \"" + prefix + "\" must begin with a slash and end without one");
      }
      Builder inner = new Builder();
      group.accept(inner);
      inner.routes.forEach(route -> add(route.below(prefix, middleware)));
      return this;
    }

    /**
     * {@return the table}
     *
     * @throws IllegalArgumentException if two routes have the same name, or the same method and
     *     patterns that match the same paths
     */
    public Routes build() {
      Map<String, Route> shapes = new HashMap<>();
      Map<String, Pattern> named = new HashMap<>();
      for (Route route : routes) {
        Pattern pattern = Pattern.parse(route.pattern());
        Route same = shapes.putIfAbsent(route.method() + " " + pattern.shape(), route);
        if (same != null) {
          throw new IllegalArgumentException(
              "%s has two routes for the same paths: \"%s\" and \"%s\""
                  .formatted(route.method(), same.pattern(), route.pattern()));
        }
        String name = route.name().orElse("");
        Pattern other = name.isEmpty() ? null : named.putIfAbsent(name, pattern);
        if (other != null) {
          throw new IllegalArgumentException(
              "two routes are named \"%s\": \"%s\" and \"%s\""
                  .formatted(name, other.text(), route.pattern()));
        }
      }
      return new Routes(routes, named);
    }
  }
}
