package io.roadrunner.server;

/**
 * Turns a request into a response.
 *
 * <p>Runs on a virtual thread of its own and may block, unless its route says {@link
 * Route#inline()}: then it runs on the event loop and must never block. What it throws becomes a
 * 500 without details on the wire, and a log line that carries the request id.
 *
 * <p>What a handler leaves in a thread local may be seen by another one: inline handlers share the
 * event loop, and requests that a client has pipelined on one connection share a virtual thread,
 * one after the other. Attributes of the request and scoped values end with their request, and the
 * logging context (MDC) is emptied behind each handler.
 */
@FunctionalInterface
public interface Handler {

  /**
   * Answers one request.
   *
   * @param request the request; of use until the response has left
   * @return the response, never null
   * @throws Exception whatever went wrong; the peer sees a 500
   */
  Response handle(Request request) throws Exception;
}
