package io.roadrunner.telemetry;

import java.util.Objects;

/** The life of a connection. Each {@link ConnectionAccepted} has one {@link ConnectionClosed}. */
public sealed interface ConnectionEvent extends TelemetryEvent {

  /**
   * The address of the other side.
   *
   * @return the address, for people to read
   */
  String peer();

  /**
   * A connection was taken from the listening socket and will be served.
   *
   * @param atEpochMillis when, in milliseconds since the epoch
   * @param listener the name of the listener
   * @param peer the address of the client
   */
  record ConnectionAccepted(long atEpochMillis, String listener, String peer)
      implements ConnectionEvent {

    /** Refuses null. */
    public ConnectionAccepted {
      Objects.requireNonNull(listener, "listener");
      Objects.requireNonNull(peer, "peer");
    }
  }

  /**
   * A connection that was accepted is closed.
   *
   * @param atEpochMillis when, in milliseconds since the epoch
   * @param listener the name of the listener
   * @param peer the address of the client
   * @param durationNanos from {@link ConnectionAccepted} to now, in nanoseconds
   * @param requestsServed the number of requests that were started on it
   * @param reason why it was closed
   */
  record ConnectionClosed(
      long atEpochMillis,
      String listener,
      String peer,
      long durationNanos,
      long requestsServed,
      CloseReason reason)
      implements ConnectionEvent {

    /** Refuses null. */
    public ConnectionClosed {
      Objects.requireNonNull(listener, "listener");
      Objects.requireNonNull(peer, "peer");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * A connection was closed at once, without being served and without having been accepted.
   *
   * @param atEpochMillis when, in milliseconds since the epoch
   * @param listener the name of the listener
   * @param peer the address of the client
   * @param reason why
   */
  record ConnectionRefused(long atEpochMillis, String listener, String peer, RefusalReason reason)
      implements ConnectionEvent {

    /** Refuses null. */
    public ConnectionRefused {
      Objects.requireNonNull(listener, "listener");
      Objects.requireNonNull(peer, "peer");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * An accepted connection did not come through its TLS handshake; it closes next.
   *
   * @param atEpochMillis when, in milliseconds since the epoch
   * @param listener the name of the listener
   * @param peer the address of the client
   * @param durationNanos from {@link ConnectionAccepted} to now, in nanoseconds
   * @param reason what the handshake failed for
   */
  record TlsHandshakeFailed(
      long atEpochMillis, String listener, String peer, long durationNanos, String reason)
      implements ConnectionEvent {

    /** Refuses null. */
    public TlsHandshakeFailed {
      Objects.requireNonNull(listener, "listener");
      Objects.requireNonNull(peer, "peer");
      Objects.requireNonNull(reason, "reason");
    }
  }
}
