package io.roadrunner.server.net;

/** What hangs on a selection key. All methods run on the event loop. */
interface Pollable {

  /**
   * The channel is ready.
   *
   * @param readyOps as in {@link java.nio.channels.SelectionKey}
   */
  void ready(int readyOps);

  /**
   * Time has passed; deadlines may have, too.
   *
   * @param nowNanos the time of {@link System#nanoTime()}
   */
  void tick(long nowNanos);

  /** Something inside threw what it should not: close, without another exception. */
  void broken(Throwable cause);
}
