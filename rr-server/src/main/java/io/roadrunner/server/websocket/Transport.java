package io.roadrunner.server.websocket;

import io.roadrunner.server.net.EventLoop;
import io.roadrunner.telemetry.CloseReason;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What carries the bytes of a WebSocket: an HTTP/1.1 connection, or a stream of HTTP/2. It calls
 * {@link WebSocketEngine}, and is called, on its event loop.
 */
public interface Transport {

  /** Whether bytes of the peer are wanted. */
  enum Reading {
    ON,
    PAUSED
  }

  /** Returns the loop on which everything happens; any thread. */
  EventLoop loop();

  /** Runs a task on the loop, soon; a fault in it ends this transport. Any thread. */
  void execute(Runnable task);

  /** Returns how threads that work for this peer are called: listener, role, peer. */
  String threadName();

  /**
   * Sends as much as is possible now. What is not taken comes again after {@link
   * WebSocketEngine#writable}, which is called only then.
   *
   * @return the number of bytes
   * @throws IOException if the peer is gone
   */
  int write(ByteBuffer bytes) throws IOException;

  /**
   * Lets more bytes come, or not. After a pause, what the engine left unread is delivered again,
   * before this returns or soon.
   */
  void reading(Reading wanted);

  /** This side has sent its last byte. */
  void end();

  /** Ends the transport at once; {@link WebSocketEngine#closed} follows before this returns. */
  void close(CloseReason reason);

  /** Returns when a drain cuts off what is open, as of {@link System#nanoTime()}. */
  long drainDeadlineNanos();
}
