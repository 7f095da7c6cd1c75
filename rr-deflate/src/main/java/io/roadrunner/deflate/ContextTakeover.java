package io.roadrunner.deflate;

/** Whether a message may refer to those before it in the same direction (RFC 7692 §7.1.1). */
public enum ContextTakeover {
  /** The window goes on from message to message: better compression, memory while idle. */
  ALLOWED,
  /** Each message starts with an empty window: no memory between messages. */
  NONE
}
