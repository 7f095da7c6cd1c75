package io.roadrunner.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One line of the route table: a method and a pattern, who answers, and how.
 *
 * <p>A pattern is a path of segments: a literal, {@code :name} for any one segment, or, as its last,
 * {@code *name} for the rest of the path with its slashes. Literals win over {@code :name}, which
 * wins over {@code *name}.
 *
 * @param method the method; GET answers HEAD as well, unless HEAD has a route of its own
 * @param pattern the pattern, beginning with a slash
 * @param handler who answers
 * @param execution where the handler runs
 * @param name for {@link Routes#path}
 * @param middleware steps around this route's handler, outermost first
 * @param maxBodyBytes the body limit of this route; the server's where empty
 */
public record Route(
    String method,
    String pattern,
    Handler handler,
    Execution execution,
    Optional<String> name,
    List<Middleware> middleware,
    OptionalLong maxBodyBytes) {

  /** Where a handler runs. */
  public enum Execution {
    /** On a virtual thread of its own: it may block. */
    VIRTUAL_THREAD,
    /** On the event loop: it must never block. */
    INLINE
  }

  /** Checks the pattern. */
  public Route {
    if (!pattern.startsWith("/")) {
      throw new IllegalArgumentException(
          "the pattern of a route begins with a slash: \"" + pattern + "\" does not");
    }
    middleware = List.copyOf(middleware);
  }

  /**
   * Returns a route whose handler runs on a virtual thread.
   *
   * @param method the method, for instance {@code PROPFIND}
   * @param pattern the pattern
   * @param handler who answers
   */
  public static Route of(String method, String pattern, Handler handler) {
    return new Route(
        method,
        pattern,
        handler,
        Execution.VIRTUAL_THREAD,
        Optional.empty(),
        List.of(),
        OptionalLong.empty());
  }

  /**
   * Returns a route for GET (and HEAD).
   *
   * @param pattern the pattern
   * @param handler who answers
   */
  public static Route get(String pattern, Handler handler) {
    return of("GET", pattern, handler);
  }

  /**
   * Returns a route for POST.
   *
   * @param pattern the pattern
   * @param handler who answers
   */
  public static Route post(String pattern, Handler handler) {
    return of("POST", pattern, handler);
  }

  /**
   * Returns a route for PUT.
   *
   * @param pattern the pattern
   * @param handler who answers
   */
  public static Route put(String pattern, Handler handler) {
    return of("PUT", pattern, handler);
  }

  /**
   * Returns a route for PATCH.
   *
   * @param pattern the pattern
   * @param handler who answers
   */
  public static Route patch(String pattern, Handler handler) {
    return of("PATCH", pattern, handler);
  }

  /**
   * Returns a route for DELETE.
   *
   * @param pattern the pattern
   * @param handler who answers
   */
  public static Route delete(String pattern, Handler handler) {
    return of("DELETE", pattern, handler);
  }

  /** Returns this route with its handler on the event loop, for handlers that never block. */
  public Route inline() {
    return new Route(method, pattern, handler, Execution.INLINE, name, middleware, maxBodyBytes);
  }

  /**
   * Returns this route with a name.
   *
   * @param newName unique among the routes
   */
  public Route named(String newName) {
    return new Route(
        method, pattern, handler, execution, Optional.of(newName), middleware, maxBodyBytes);
  }

  /**
   * Returns this route with steps around its handler.
   *
   * @param steps outermost first; they stand inside those that the route has already
   */
  public Route with(Middleware... steps) {
    List<Middleware> all = new ArrayList<>(middleware);
    all.addAll(List.of(steps));
    return new Route(method, pattern, handler, execution, name, all, maxBodyBytes);
  }

  /**
   * Returns this route with a body limit of its own.
   *
   * @param bytes the largest body that is taken
   */
  public Route maxBodyBytes(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("maxBodyBytes is at least 0, not " + bytes);
    }
    return new Route(
        method, pattern, handler, execution, name, middleware, OptionalLong.of(bytes));
  }
}
