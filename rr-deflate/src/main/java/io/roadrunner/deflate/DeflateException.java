package io.roadrunner.deflate;

/**
 * The peer broke the protocol or went over a limit: the connection fails with {@link
 * DeflateViolation#closeCode()}.
 *
 * <p>Carries no stack trace: it says what the peer did, not where this library noticed.
 */
public final class DeflateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The rule that was broken. */
  private final DeflateViolation violation;

  DeflateException(DeflateViolation violation) {
    super(violation.text() + ", " + violation.section(), null, false, false);
    this.violation = violation;
  }

  /** {@return which rule was broken; has the close code} */
  public DeflateViolation violation() {
    return violation;
  }
}
