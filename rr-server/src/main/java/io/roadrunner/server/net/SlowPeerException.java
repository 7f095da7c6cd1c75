package io.roadrunner.server.net;

import java.io.IOException;

/** The peer reads or writes more slowly than it must. */
public final class SlowPeerException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates one.
   *
   * @param message what the server waited for
   */
  public SlowPeerException(String message) {
    super(message);
  }
}
