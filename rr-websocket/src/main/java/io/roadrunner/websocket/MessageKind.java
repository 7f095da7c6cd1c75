package io.roadrunner.websocket;

/** The two kinds of messages (RFC 6455 §5.6). */
public enum MessageKind {
  /** UTF-8 text. */
  TEXT,
  /** Bytes that only the application can interpret. */
  BINARY
}
