package io.roadrunner.hpack;

/**
 * The peer sent a header block that cannot be decoded. The dynamic tables of the two sides differ
 * from here on, so the whole connection has to be closed (RFC 9113 §4.3), with {@link
 * HpackViolation#errorCode()} as the reason.
 *
 * <p>Carries no stack trace: it says what the peer did, not where this library noticed.
 */
public final class HpackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The rule that was broken. */
  private final HpackViolation violation;

  HpackException(HpackViolation violation) {
    super(violation.text() + ", " + violation.section(), null, false, false);
    this.violation = violation;
  }

  /** {@return which rule was broken; has the error code to close the connection with} */
  public HpackViolation violation() {
    return violation;
  }
}
