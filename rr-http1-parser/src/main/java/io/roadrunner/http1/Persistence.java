package io.roadrunner.http1;

/** What version and {@code Connection} fields say about the connection (RFC 9112 §9.3). */
public enum Persistence {
  /** Another message may follow this one. */
  KEEP_ALIVE,
  /** The sender wants this to be the last message of its side. */
  CLOSE
}
