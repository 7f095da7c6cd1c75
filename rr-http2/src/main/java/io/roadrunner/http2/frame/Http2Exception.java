package io.roadrunner.http2.frame;

/**
 * The peer broke the protocol. After a {@link Http2Error.StreamError} the next frame can be read;
 * after a {@link Http2Error.ConnectionError} nothing more can.
 *
 * <p>Carries no stack trace: it says what the peer did, not where this library noticed.
 */
public final class Http2Exception extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong, and how far it reaches. */
  private final transient Http2Error error;

  private Http2Exception(Http2Error error) {
    super(error.violation().text() + ", " + error.violation().section(), null, false, false);
    this.error = error;
  }

  /**
   * {@return the end of a connection}
   *
   * @param violation the rule that was broken
   */
  public static Http2Exception connection(Http2Violation violation) {
    return new Http2Exception(new Http2Error.ConnectionError(violation));
  }

  /**
   * {@return the end of a stream}
   *
   * @param streamId the stream, not 0
   * @param violation the rule that was broken
   */
  public static Http2Exception stream(int streamId, Http2Violation violation) {
    return new Http2Exception(new Http2Error.StreamError(streamId, violation));
  }

  /** {@return what went wrong, and how far it reaches} */
  public Http2Error error() {
    return error;
  }
}
