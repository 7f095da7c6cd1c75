package io.roadrunner.http2.frame;

/** How far a fault of the peer reaches (RFC 9113 §5.4). */
public sealed interface Http2Error {

  /** {@return the rule that was broken} */
  Http2Violation violation();

  /** {@return the error code to answer with} */
  default ErrorCode code() {
    return violation().code();
  }

  /**
   * The connection has to end with GOAWAY (RFC 9113 §5.4.1).
   *
   * @param violation the rule that was broken
   */
  record ConnectionError(Http2Violation violation) implements Http2Error {}

  /**
   * One stream has to end with RST_STREAM, the others go on (RFC 9113 §5.4.2).
   *
   * @param streamId the stream, not 0
   * @param violation the rule that was broken
   */
  record StreamError(int streamId, Http2Violation violation) implements Http2Error {}
}
