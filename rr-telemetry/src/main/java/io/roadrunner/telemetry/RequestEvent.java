package io.roadrunner.telemetry;

import java.util.Objects;

/**
 * The life of a request. Each {@link RequestStarted} is followed by exactly one {@link
 * RequestStopped} or {@link RequestFailed}; a request that is rejected or throttled never starts.
 */
public sealed interface RequestEvent extends TelemetryEvent {

  /**
   * The head of a request is read and its handling begins.
   *
   * @param atEpochMillis when, in milliseconds since the epoch
   * @param request the request
   */
  record RequestStarted(long atEpochMillis, RequestInfo request) implements RequestEvent {

    /** Refuses null. */
    public RequestStarted {
      Objects.requireNonNull(request, "request");
    }

    @Override
    public String listener() {
      return request.listener();
    }
  }

  /**
   * The last byte of the response was handed to the transport.
   *
   * @param atEpochMillis when, in milliseconds since the epoch
   * @param request the request
   * @param route the template of the route that matched, or an empty string where none did
   * @param status the status code of the final response; 101 for an upgrade
   * @param kind how the response's body was made
   * @param durationNanos from {@link RequestStarted} to now, in nanoseconds
   * @param requestBodyBytes bytes of content received, without framing
   * @param responseBodyBytes bytes of content sent, without framing
   */
  record RequestStopped(
      long atEpochMillis,
      RequestInfo request,
      String route,
      int status,
      ResponseKind kind,
      long durationNanos,
      long requestBodyBytes,
      long responseBodyBytes)
      implements RequestEvent {

    /** Refuses null. */
    public RequestStopped {
      Objects.requireNonNull(request, "request");
      Objects.requireNonNull(route, "route");
      Objects.requireNonNull(kind, "kind");
    }

    @Override
    public String listener() {
      return request.listener();
    }
  }

  /**
   * A request ended by an error: its handler threw, or its response could not be sent whole.
   *
   * @param atEpochMillis when, in milliseconds since the epoch
   * @param request the request
   * @param route the template of the route that matched, or an empty string where none did
   * @param status the status code that was sent in answer, or 0 if none could be
   * @param durationNanos from {@link RequestStarted} to now, in nanoseconds
   * @param cause what was thrown
   */
  record RequestFailed(
      long atEpochMillis,
      RequestInfo request,
      String route,
      int status,
      long durationNanos,
      Throwable cause)
      implements RequestEvent {

    /** Refuses null. */
    public RequestFailed {
      Objects.requireNonNull(request, "request");
      Objects.requireNonNull(route, "route");
      Objects.requireNonNull(cause, "cause");
    }

    @Override
    public String listener() {
      return request.listener();
    }

    /**
     * The class of what was thrown.
     *
     * @return its binary name
     */
    public String errorClass() {
      return cause.getClass().getName();
    }

    /**
     * The message of what was thrown.
     *
     * @return the message, or an empty string if it has none
     */
    public String errorMessage() {
      return Objects.requireNonNullElse(cause.getMessage(), "");
    }
  }

  /**
   * Bytes that came in the place of a request broke a rule or a limit, and were answered as such.
   *
   * @param atEpochMillis when, in milliseconds since the epoch
   * @param listener the name of the listener
   * @param peer the address of the client
   * @param reason the name of the rule, out of a fixed set (a constant's name such as {@code
   *     BAD_CHUNK_SIZE}), fit to be a metric's label
   * @param status the status code of the answer, or 0 if none was sent
   */
  record RequestRejected(
      long atEpochMillis, String listener, String peer, String reason, int status)
      implements RequestEvent {

    /** Refuses null. */
    public RequestRejected {
      Objects.requireNonNull(listener, "listener");
      Objects.requireNonNull(peer, "peer");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * A request was well-formed but turned away, because the server has enough to do.
   *
   * @param atEpochMillis when, in milliseconds since the epoch
   * @param listener the name of the listener
   * @param peer the address of the client
   * @param reason which limit was reached
   * @param status the status code of the answer, or 0 if the protocol has another way to say it
   */
  record RequestThrottled(
      long atEpochMillis, String listener, String peer, ThrottleReason reason, int status)
      implements RequestEvent {

    /** Refuses null. */
    public RequestThrottled {
      Objects.requireNonNull(listener, "listener");
      Objects.requireNonNull(peer, "peer");
      Objects.requireNonNull(reason, "reason");
    }
  }
}
