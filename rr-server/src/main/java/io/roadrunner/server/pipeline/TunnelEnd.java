package io.roadrunner.server.pipeline;

import java.nio.ByteBuffer;

/** What is at this side's end of a {@link Tunnel}. Called on its event loop; must not block. */
public interface TunnelEnd {

  /** The head of the response is on its way; the first call. */
  void opened(Tunnel tunnel);

  /**
   * Bytes of the peer.
   *
   * @param in what is consumed is behind its position afterwards, and lets the peer send more; the
   *     rest is kept, and comes again with later bytes. Valid until this returns
   */
  void received(ByteBuffer in);

  /** The peer has sent its last byte, and may still read. */
  void ended();

  /** There is room again, after {@link Tunnel#write} has taken less than all. */
  void writable();

  /**
   * Time has passed.
   *
   * @param nowNanos the time of {@link System#nanoTime()}
   */
  void tick(long nowNanos);

  /**
   * The server ends: come to an end soon.
   *
   * @param nowNanos the time of {@link System#nanoTime()}
   */
  void drain(long nowNanos);

  /** Nothing goes in or out any more, for whatever reason; the last call. */
  void closed();
}
