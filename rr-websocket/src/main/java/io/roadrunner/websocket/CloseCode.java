package io.roadrunner.websocket;

/** The close codes of RFC 6455 §7.4.1 and of the IANA registry, and which of them may be sent. */
public final class CloseCode {
  /** The purpose of the connection has been fulfilled. */
  public static final int NORMAL = 1000;

  /** A server that goes down or a browser that leaves the page. */
  public static final int GOING_AWAY = 1001;

  /** The peer broke the protocol. */
  public static final int PROTOCOL_ERROR = 1002;

  /** A kind of message that the endpoint cannot accept, such as binary where it expects text. */
  public static final int UNSUPPORTED_DATA = 1003;

  /** Never sent: stands for a Close frame without a code. */
  public static final int NO_STATUS = 1005;

  /** Never sent: stands for a transport that ended without a Close frame. */
  public static final int ABNORMAL = 1006;

  /** A message whose data does not fit its kind, such as text that is not UTF-8. */
  public static final int INVALID_DATA = 1007;

  /** A message that breaks a policy of the endpoint. */
  public static final int POLICY_VIOLATION = 1008;

  /** A message too large to process. */
  public static final int TOO_LARGE = 1009;

  /** A client that misses an extension it needs. */
  public static final int MISSING_EXTENSION = 1010;

  /** An unexpected condition in the endpoint. */
  public static final int INTERNAL_ERROR = 1011;

  /** The server restarts; registered later than RFC 6455. */
  public static final int SERVICE_RESTART = 1012;

  /** The server is overloaded; registered later than RFC 6455. */
  public static final int TRY_AGAIN_LATER = 1013;

  /** A gateway got an invalid response from upstream; registered later than RFC 6455. */
  public static final int BAD_GATEWAY = 1014;

  private CloseCode() {}

  /**
   * Whether a Close frame may carry the code: 1000 to 1003, 1007 to 1014 and 3000 to 4999 (RFC 6455
   * §7.4). The others are reserved, undefined, or stand for something that never was on the wire.
   *
   * @param code any number
   * @return true if so
   */
  public static boolean isForWire(int code) {
    return (code >= NORMAL && code <= UNSUPPORTED_DATA)
        || (code >= INVALID_DATA && code <= BAD_GATEWAY)
        || (code >= 3000 && code <= 4999);
  }
}
