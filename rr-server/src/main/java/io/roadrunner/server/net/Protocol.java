package io.roadrunner.server.net;

import java.nio.ByteBuffer;

/**
 * What a connection speaks. The loop calls it while the loop owns the connection, and {@link #gone}
 * at any time.
 */
public interface Protocol extends Runnable {

  /** Who owns the connection after a call. */
  enum Flow {
    /** The loop still does; bytes left in the buffer are kept and come again with later ones. */
    STAYS_ON_LOOP,
    /** It was handed over, or closed: the loop must not touch it. */
    LEFT_LOOP
  }

  /**
   * Bytes have arrived.
   *
   * @param in heap buffer; what is consumed is behind its position afterwards
   */
  Flow received(ByteBuffer in);

  /** The peer has sent its last byte and may still read. */
  void ended();

  /**
   * Time has passed.
   *
   * @param nowNanos the time of {@link System#nanoTime()}
   */
  void tick(long nowNanos);

  /** The socket takes bytes again; on the loop, whoever owns the connection. */
  default void writable() {}

  /** The socket has been closed on this side; on whatever thread did it. */
  default void closed() {}

  /** The peer has reset the connection; somebody else may own it just now. */
  void gone();

  /**
   * Finish what is in flight, then close; the loop calls it once while it owns the connection, and
   * whoever owns it later sees {@link Connection#draining()}.
   *
   * @param nowNanos the time of {@link System#nanoTime()}
   */
  void drain(long nowNanos);

  /** The new owner's work, on a virtual thread, after the connection was handed over. */
  @Override
  void run();
}
