package io.roadrunner.server.pipeline;

import io.roadrunner.server.net.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of one exchange after it has changed to another protocol: a stream of HTTP/2 (RFC 8441
 * §4), or all that follows on a connection of HTTP/1.1 (RFC 9110 §7.8). Belongs to its event loop,
 * which also calls {@link TunnelEnd}; other threads come through {@link #execute}.
 */
public interface Tunnel {

  /** Whether bytes of the peer are wanted. */
  enum Reading {
    ON,
    PAUSED
  }

  /** Returns the loop on which everything happens; any thread. */
  EventLoop loop();

  /** Runs a task on the loop, soon; a fault in it resets the tunnel. Any thread. */
  void execute(Runnable task);

  /** Returns how threads that work for this peer are called: listener, role, peer; any thread. */
  String threadName();

  /**
   * Takes as many bytes as there is room for, a bounded number of them on their way. What is not
   * taken may be offered again after {@link TunnelEnd#writable}.
   *
   * @param bytes copied; its position moves behind what was taken
   * @return the number of bytes
   * @throws IOException if the tunnel has ended
   */
  int write(ByteBuffer bytes) throws IOException;

  /**
   * Lets more bytes come, or not. The peer can send as much as its window, or the buffers of the
   * connection, still have room for; after a pause {@link TunnelEnd#received} gets that soon.
   */
  void reading(Reading wanted);

  /**
   * No more bytes follow those that were written. Ends the tunnel once they have left: what the
   * peer may still send is not wanted.
   */
  void end();

  /** Ends the tunnel at once; the peer sees that it was cut off. */
  void reset();
}
