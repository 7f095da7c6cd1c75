package io.roadrunner.server;

import java.util.ArrayList;
import java.util.List;

/** A route table: immutable, checked when it is built, exchanged as a whole while serving. */
public final class Routes {

  private final List<Route> all;

  private Routes(List<Route> all) {
    this.all = List.copyOf(all);
  }

  /** Returns a builder of an empty table. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns all routes in the order in which they were added, groups resolved. */
  public List<Route> all() {
    return all;
  }

  /** Collects routes. */
  public static final class Builder {
    private final List<Route> routes = new ArrayList<>();

    private Builder() {}

    /**
     * Adds a route.
     *
     * @param route the route
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
     */
    public Builder get(String pattern, Handler handler) {
      return add(Route.get(pattern, handler));
    }

    /**
     * Adds a route for POST.
     *
     * @param pattern the pattern
     * @param handler who answers
     */
    public Builder post(String pattern, Handler handler) {
      return add(Route.post(pattern, handler));
    }

    /** Returns the table. */
    public Routes build() {
      return new Routes(routes);
    }
  }
}
