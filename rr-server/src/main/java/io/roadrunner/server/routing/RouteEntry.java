package io.roadrunner.server.routing;

import io.roadrunner.server.Handler;
import io.roadrunner.server.Middleware;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Route.Execution;
import java.util.List;
import java.util.OptionalLong;

/**
 * Who answers, with everything that is known before the first request, and how long it took lately.
 */
public final class RouteEntry {

  /** What the handler may do with the body. */
  private enum BodyUse {
    READS,
    IGNORES
  }

  private static final int AVERAGE_SHIFT = 3;
  private static final long LONG_NANOS = 500_000;

  private final String pattern;
  private final Handler pipeline;
  private final Execution execution;
  private final OptionalLong maxBodyBytes;
  private final BodyUse bodyUse;
  private long averageNanos;

  private RouteEntry(
      String pattern,
      Handler pipeline,
      Execution execution,
      OptionalLong maxBodyBytes,
      BodyUse bodyUse) {
    this.pattern = pattern;
    this.pipeline = pipeline;
    this.execution = execution;
    this.maxBodyBytes = maxBodyBytes;
    this.bodyUse = bodyUse;
  }

  /** Returns the entry of a route of the table. */
  static RouteEntry of(Route route, List<Middleware> listenerWide) {
    return new RouteEntry(
        route.pattern(),
        compose(listenerWide, compose(route.middleware(), route.handler())),
        route.execution(),
        route.maxBodyBytes(),
        BodyUse.READS);
  }

  /**
   * Returns an entry with an answer of the server's own. It is given on the event loop, unless
   * there is middleware around it, which might block.
   */
  static RouteEntry answering(Response response, String pattern, List<Middleware> listenerWide) {
    return new RouteEntry(
        pattern,
        compose(listenerWide, request -> response),
        listenerWide.isEmpty() ? Execution.INLINE : Execution.VIRTUAL_THREAD,
        OptionalLong.empty(),
        listenerWide.isEmpty() ? BodyUse.IGNORES : BodyUse.READS);
  }

  private static Handler compose(List<Middleware> steps, Handler last) {
    Handler composed = last;
    for (Middleware step : steps.reversed()) {
      Handler next = composed;
      composed = request -> step.handle(request, next);
    }
    return composed;
  }

  /**
   * Notes how long a request of this route took; any thread, and lost updates do no harm.
   *
   * @param nanos from the end of its head to the end of its response
   */
  public void took(long nanos) {
    averageNanos += (nanos - averageNanos) >> AVERAGE_SHIFT;
  }

  /**
   * Tells whether requests of this route have lately taken so long that answers which are ready
   * should not wait for another one.
   */
  public boolean takesLong() {
    return averageNanos > LONG_NANOS;
  }

  /** Returns the middleware and the handler, as one. */
  public Handler pipeline() {
    return pipeline;
  }

  /** Returns where the pipeline runs. */
  public Execution execution() {
    return execution;
  }

  /** Returns the pattern as it was written; empty when no pattern has matched. */
  public String pattern() {
    return pattern;
  }

  /**
   * Returns the largest body that is taken.
   *
   * @param serverDefault for routes without a limit of their own
   */
  public long maxBodyBytes(long serverDefault) {
    return maxBodyBytes.orElse(serverDefault);
  }

  /** Tells whether nobody will look at the body, so that it need not be kept. */
  public boolean ignoresBody() {
    return bodyUse == BodyUse.IGNORES;
  }
}
