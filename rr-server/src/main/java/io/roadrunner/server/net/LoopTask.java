package io.roadrunner.server.net;

/**
 * Work that a loop starts on a virtual thread of its own, see {@link EventLoop#startSoon}. Its last
 * act must be {@link EventLoop#taskEnded}.
 */
public interface LoopTask extends Runnable {

  /** Returns the name of the thread: listener, role, peer. */
  String threadName();
}
