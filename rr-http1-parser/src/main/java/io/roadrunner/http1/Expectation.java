package io.roadrunner.http1;

/** What the {@code Expect} field of a request asks for (RFC 9110 §10.1.1). */
public enum Expectation {
  /**
   * Nothing to do: no {@code Expect} field, or a {@code 100-continue} that must not be answered
   * because the request is HTTP/1.0 or has no body to wait for.
   */
  NONE,
  /** The client waits for {@code 100 (Continue)} before it sends the body. */
  CONTINUE,
  /** An expectation that RFC 9110 does not define; the answer to it is 417. */
  UNKNOWN
}
