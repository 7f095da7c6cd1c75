package io.roadrunner.server;

import io.roadrunner.server.routing.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One line of the route table: a method and a pattern, who answers, and how.
 *
 * <p>A pattern is a path of segments: a literal, {@code :name} for any one segment that is not
 * empty, or, as its last, {@code *name} for the rest of the path with its slashes (of {@code
 * /files/*path}, the path {@code /files/} has the rest "", and {@code /files} does not match).
 * Literals win over {@code :name}, which wins over {@code *name}; where the better match has no
 * route for the method, the next one gets its turn. Literals are written as people read them, not
 * percent-encoded, and are case-sensitive. A trailing slash matters, and so do empty segments.
 *
 * <p>Before it is matched, a path is split at its slashes and each segment percent-decoded once, as
 * UTF-8. What could be read in two ways gets 400: bad escapes, bytes that are no UTF-8, control
 * characters, an encoded slash, a backslash, a dot segment (also encoded, also with path parameters
 * as in {@code ..;x}), and more than 256 segments.
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

  private static final java.util.regex.Pattern METHOD =
      java.util.regex.Pattern.compile("[-!#$%&'*+.^_`|~0-9A-Za-z]+");

  /** Where a handler runs. */
  public enum Execution {
    /** On a virtual thread of its own: it may block. */
    VIRTUAL_THREAD,
    /** On the event loop: it must never block. */
    INLINE
  }

  /** Checks the pattern. */
  public Route {
    checkMethod(method, pattern);
    Pattern.parse(pattern);
    if (name.equals(Optional.of(""))) {
      throw new IllegalArgumentException("the name of a route is not empty: \"" + pattern + "\"");
    }
    middleware = List.copyOf(middleware);
  }

  /** Refuses what no request can have as its method. */
  private static void checkMethod(String method, String pattern) {
    // RFC 9110 §9.1: a token. §9.3.6: CONNECT has no path that a pattern could match.
    if (!METHOD.matcher(method).matches() || method.equals("CONNECT")) {
      throw new IllegalArgumentException(
          "the pattern \"" + pattern + "\" cannot have the method \"" + method + "\"");
    }
  }

  /**
   * {@return a route whose handler runs on a virtual thread}
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
   * {@return a route for GET (and HEAD)}
   *
   * @param pattern the pattern
   * @param handler who answers
   */
  public static Route get(String pattern, Handler handler) {
    return of("GET", pattern, handler);
  }

  /**
   * {@return a route for HEAD, where GET's answer without its content would cost too much}
   *
   * @param pattern the pattern
   * @param handler who answers
   */
  public static Route head(String pattern, Handler handler) {
    return of("HEAD", pattern, handler);
  }

  /**
   * {@return a route for POST}
   *
   * @param pattern the pattern
   * @param handler who answers
   */
  public static Route post(String pattern, Handler handler) {
    return of("POST", pattern, handler);
  }

  /**
   * {@return a route for PUT}
   *
   * @param pattern the pattern
   * @param handler who answers
   */
  public static Route put(String pattern, Handler handler) {
    return of("PUT", pattern, handler);
  }

  /**
   * {@return a route for PATCH}
   *
   * @param pattern the pattern
   * @param handler who answers
   */
  public static Route patch(String pattern, Handler handler) {
    return of("PATCH", pattern, handler);
  }

  /**
   * {@return a route for DELETE}
   *
   * @param pattern the pattern
   * @param handler who answers
   */
  public static Route delete(String pattern, Handler handler) {
    return of("DELETE", pattern, handler);
  }

  /**
   * {@return a route for OPTIONS, where a list of the methods is not enough}
   *
   * @param pattern the pattern
   * @param handler who answers
   */
  public static Route options(String pattern, Handler handler) {
    return of("OPTIONS", pattern, handler);
  }

  /** {@return this route with its handler on the event loop, for handlers that never block} */
  public Route inline() {
    return new Route(method, pattern, handler, Execution.INLINE, name, middleware, maxBodyBytes);
  }

  /**
   * {@return this route with a name}
   *
   * @param newName unique in the table, not empty
   */
  public Route named(String newName) {
    return new Route(
        method, pattern, handler, execution, Optional.of(newName), middleware, maxBodyBytes);
  }

  /**
   * {@return this route below a prefix, with steps around those that it has already}
   *
   * @param prefix stands before the pattern
   * @param steps outermost first
   */
  Route below(String prefix, List<Middleware> steps) {
    List<Middleware> all = new ArrayList<>(steps);
    all.addAll(middleware);
    return new Route(method, prefix + pattern, handler, execution, name, all, maxBodyBytes);
  }

  /**
   * {@return this route with steps around its handler}
   *
   * @param steps outermost first; they stand inside those that the route has already
   */
  public Route with(Middleware... steps) {
    List<Middleware> all = new ArrayList<>(middleware);
    all.addAll(List.of(steps));
    return new Route(method, pattern, handler, execution, name, all, maxBodyBytes);
  }

  /**
   * {@return this route with a body limit of its own}
   *
   * @param bytes the largest body that is taken
   */
  public Route maxBodyBytes(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("maxBodyBytes is at least 0, not " + bytes);
    }
    return new Route(method, pattern, handler, execution, name, middleware, OptionalLong.of(bytes));
  }
}
