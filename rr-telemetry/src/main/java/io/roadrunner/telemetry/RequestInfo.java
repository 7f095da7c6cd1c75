package io.roadrunner.telemetry;

import java.util.Objects;

/**
 * What is known of a request once its head was read. All events of one request share one instance.
 *
 * @param requestId the identifier of the request, 16 lower-case hexadecimal digits
 * @param listener the name of the listener that took the connection
 * @param peer the address of the client, for people to read
 * @param method the method as received, for instance {@code GET}
 * @param target the request target as received, not decoded
 * @param scheme {@code http} or {@code https}
 * @param protocol the protocol version, for instance {@code HTTP/1.1}
 */
public record RequestInfo(
    String requestId,
    String listener,
    String peer,
    String method,
    String target,
    String scheme,
    String protocol) {

  /** Refuses null. */
  public RequestInfo {
    Objects.requireNonNull(requestId, "requestId");
    Objects.requireNonNull(listener, "listener");
    Objects.requireNonNull(peer, "peer");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(scheme, "scheme");
    Objects.requireNonNull(protocol, "protocol");
  }
}
