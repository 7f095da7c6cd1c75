package io.roadrunner.hpack;

/** How an encoder represents a field that is in neither table (RFC 7541 §6.2). */
public enum Indexing {
  /** Adds it to the dynamic table: pays off when the field comes again on this connection. */
  INDEX,

  /** Leaves the table alone, for values that hardly repeat and would push out those that do. */
  LITERAL,

  /** Like {@link #LITERAL}, and tells everyone behind to do the same: for secrets. */
  NEVER
}
