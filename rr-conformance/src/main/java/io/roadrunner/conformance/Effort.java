package io.roadrunner.conformance;

/** What a case costs. */
public enum Effort {
  /** All of these together take seconds. */
  LIGHT,
  /** Much data, or each member of a large set. */
  HEAVY
}
