package io.roadrunner.telemetry;

/** Why a connection ended. */
public enum CloseReason {
  /** The peer closed it between messages. */
  PEER_CLOSED,
  /** The peer went away in the middle of a message, or the transport failed. */
  PEER_GONE,
  /** A message said that it was the last one, or the protocol version has one message only. */
  LAST_MESSAGE,
  /** The peer broke a rule or a limit of the protocol. */
  PROTOCOL_VIOLATION,
  /** The head of a request did not arrive in time. */
  REQUEST_TIMEOUT,
  /** No request came for too long. */
  IDLE_TIMEOUT,
  /** The peer read or wrote more slowly than it must. */
  SLOW_PEER,
  /** A handler failed in a way that left the connection unusable. */
  HANDLER_FAILED,
  /** The TLS handshake did not succeed. */
  TLS_HANDSHAKE_FAILED,
  /** The connection's new protocol, after an upgrade, came to its end. */
  UPGRADE_ENDED,
  /** The listener drains and the connection was idle, or had sent its last response. */
  DRAINED,
  /** The listener closed while the connection was in use. */
  SERVER_CLOSED
}
