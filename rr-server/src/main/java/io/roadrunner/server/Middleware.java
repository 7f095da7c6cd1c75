package io.roadrunner.server;

/**
 * A step around handlers: sees the request first and the response last, may answer by itself, may
 * hand on another response than it got.
 *
 * <p>Middleware runs where the handler runs: on its virtual thread, or on the event loop when the
 * route is inline.
 */
@FunctionalInterface
public interface Middleware {

  /**
   * Answers a request, as a rule by calling {@code next} once.
   *
   * @param request the request
   * @param next the rest of the pipeline
   * @return the response, never null
   * @throws Exception whatever went wrong; the peer sees a 500
   */
  Response handle(Request request, Handler next) throws Exception;
}
