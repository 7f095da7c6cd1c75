package io.roadrunner.telemetry;

/** How the body of a response was made. */
public enum ResponseKind {
  /** No content. */
  EMPTY,
  /** Content that was whole in memory. */
  BYTES,
  /** A region of a file. */
  FILE,
  /** Content that was made while it was sent. */
  STREAM,
  /** The connection, or the stream, changed to another protocol. */
  UPGRADE
}
