package io.roadrunner.telemetry;

/** Why a connection was closed before it was served. */
public enum RefusalReason {
  /** As many connections as the listener may hold are open. */
  CONNECTION_LIMIT,
  /** The listener is draining or closed. */
  DRAINING,
  /** A connection from this address is not wanted. */
  PEER_NOT_ALLOWED,
  /** The operating system could not set the connection up. */
  IO_ERROR
}
