package io.roadrunner.hpack;

/**
 * Whether a field may be kept in compression tables, here and at every hop behind (RFC 7541 §7.1).
 */
public enum Sensitivity {
  /** Each encoder decides by its own policy. */
  NORMAL,

  /**
   * A never-indexed literal: no encoder on the way may put the field into a table (RFC 7541
   * §6.2.3). An intermediary has to send on as sensitive what it received as sensitive.
   */
  SENSITIVE
}
