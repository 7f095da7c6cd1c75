package io.roadrunner.websocket;

/**
 * The peer broke the protocol. The reader that threw it takes no more bytes: the connection fails,
 * which means a Close frame with the violation's code and then the end of the transport (RFC 6455
 * §7.1.7).
 *
 * <p>Carries no stack trace: it says what the peer did, not where this library noticed.
 */
public final class WebSocketException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Which rule was broken. */
  private final WebSocketViolation violation;

  WebSocketException(WebSocketViolation violation) {
    super(violation.text() + ", " + violation.section(), null, false, false);
    this.violation = violation;
  }

  /**
   * Which rule was broken; has the close code to answer with.
   *
   * @return the rule
   */
  public WebSocketViolation violation() {
    return violation;
  }
}
