package io.roadrunner.server;

import java.io.IOException;

/** The peer's body cannot be read: too large, malformed, too slow or cut off. */
public final class RequestBodyException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Set once, in the constructor. */
  private final int status;

  /**
   * Creates one.
   *
   * @param status the status that the peer gets unless the handler answers otherwise
   * @param message what was wrong
   */
  public RequestBodyException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** {@return the status that the peer gets unless the handler answers otherwise} */
  public int status() {
    return status;
  }
}
