package io.roadrunner.http1;

/**
 * The peer broke the protocol. The parser that threw it takes no more bytes: nothing behind the
 * fault can be told apart safely, so the connection has to be closed after the answer.
 *
 * <p>Carries no stack trace: it says what the peer did, not where this library noticed.
 */
public final class Http1Exception extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The rule that was broken. */
  private final Http1Violation violation;

  Http1Exception(Http1Violation violation) {
    super(violation.text() + ", " + violation.section(), null, false, false);
    this.violation = violation;
  }

  /** {@return which rule was broken; has the status code to answer a request with} */
  public Http1Violation violation() {
    return violation;
  }
}
