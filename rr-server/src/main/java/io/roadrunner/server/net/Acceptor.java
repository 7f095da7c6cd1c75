package io.roadrunner.server.net;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listening socket, on one of the listener's loops. */
final class Acceptor implements Pollable {

  private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
  private static final int ACCEPTS_PER_TURN = 64;
  private static final long FIRST_PAUSE_NANOS = 50_000_000;
  private static final long LONGEST_PAUSE_NANOS = 1_000_000_000;

  /** Where connections come from. */
  @FunctionalInterface
  interface Source {
    /** Returns the next connection, null if none waits. */
    @Nullable SocketChannel accept() throws IOException;
  }

  private final ServerSocketChannel channel;
  private final Source source;
  private final Listener listener;
  private @Nullable SelectionKey key;
  private long pauseNanos = FIRST_PAUSE_NANOS;
  private long resumeAt;
  private boolean paused;

  Acceptor(ServerSocketChannel channel, Source source, Listener listener) {
    this.channel = channel;
    this.source = source;
    this.listener = listener;
  }

  void register(EventLoop loop) throws IOException {
    key = loop.register(channel, SelectionKey.OP_ACCEPT, this);
  }

  @Override
  public void ready(int readyOps) {
    acceptUpTo(ACCEPTS_PER_TURN);
  }

  /** Accepts what waits in the backlog, then stops listening; on the loop. */
  void finish() {
    acceptUpTo(Integer.MAX_VALUE);
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("{}: the listening socket did not close", listener.name(), e);
    }
  }

  private void acceptUpTo(int most) {
    try {
      for (int i = 0; i < most; i++) {
        SocketChannel accepted = source.accept();
        if (accepted == null) {
          return;
        }
        pauseNanos = FIRST_PAUSE_NANOS;
        listener.accepted(accepted);
      }
    } catch (IOException e) {
      pause(e);
    }
  }

  /** Out of descriptors or memory: trying again at once would only spin. */
  private void pause(Throwable cause) {
    if (!channel.isOpen()) {
      return;
    }
    LOG.warn(
        "{}: cannot accept ({}); next try in {} ms",
        listener.name(),
        cause.getMessage(),
        pauseNanos / 1_000_000);
    paused = true;
    resumeAt = System.nanoTime() + pauseNanos;
    pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
    if (key != null) {
      key.interestOps(0);
    }
  }

  @Override
  public void tick(long nowNanos) {
    if (paused && key != null && nowNanos - resumeAt >= 0) {
      paused = false;
      key.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  @Override
  public void broken(Throwable cause) {
    LOG.error("{}: a fault while accepting", listener.name(), cause);
    pause(cause);
  }
}
