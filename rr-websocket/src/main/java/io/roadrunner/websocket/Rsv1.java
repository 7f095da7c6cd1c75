package io.roadrunner.websocket;

/** What the first reserved bit means on a connection, by what the handshake agreed on. */
public enum Rsv1 {
  /** No extension uses it: a frame that has it set breaks the protocol (RFC 6455 §5.2). */
  RESERVED,
  /** The first frame of a message may have it set: the message is compressed (RFC 7692 §6). */
  MARKS_COMPRESSION
}
