package io.roadrunner.http2;

/** Whether clients may use CONNECT with :protocol, as for WebSocket (RFC 8441). */
public enum ExtendedConnect {
  /** No: such a request is malformed. */
  DISABLED,
  /** SETTINGS_ENABLE_CONNECT_PROTOCOL is sent. */
  ENABLED
}
