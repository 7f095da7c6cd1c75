package io.roadrunner.server.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One selector and the connections on it. Whichever thread calls {@link #turn} is the loop for that
 * turn; {@link LoopDriver} sees to it that there is only one at a time.
 */
public final class EventLoop {

  private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int PLAIN_BYTES = 32 << 10;
  private static final int TASKS_PER_TURN = 256;

  private final Selector selector;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final ByteBuffer heapBuffer = ByteBuffer.allocate(BUFFER_BYTES);
  private final ByteBuffer plainBuffer = ByteBuffer.allocate(PLAIN_BYTES);
  private final ByteBuffer outBuffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final ArrayDeque<Connection> starts = new ArrayDeque<>();
  private final Thread.Builder.OfVirtual handlers =
      Thread.ofVirtual().inheritInheritableThreadLocals(false);
  private final Consumer<SelectionKey> dispatch = this::dispatch;
  private final AtomicInteger owners = new AtomicInteger();
  private long tickNanos;
  private long nextTick;
  private volatile boolean closed;

  EventLoop(long tickMillis) {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open a selector: " + e.getMessage(), e);
    }
    tickNanos = tickMillis * 1_000_000;
    nextTick = System.nanoTime() + tickNanos;
  }

  /** For how long a turn may wait: until a deadline may be due, for ever, or not. */
  enum Wait {
    UNTIL_READY,
    UNTIL_WOKEN,
    NOT_AT_ALL
  }

  /** One round: what is ready, what others asked for, what is due. Returns how much was ready. */
  int turn(Wait wait) throws IOException {
    int ready =
        switch (tasks.isEmpty() ? wait : Wait.NOT_AT_ALL) {
          case UNTIL_READY -> selector.select(dispatch, tickNanos / 1_000_000);
          case UNTIL_WOKEN -> selector.select(dispatch);
          case NOT_AT_ALL -> selector.selectNow(dispatch);
        };
    runTasks();
    long now = System.nanoTime();
    if (now - nextTick >= 0) {
      nextTick = now + tickNanos;
      tick(now);
    }
    return ready;
  }

  private void dispatch(SelectionKey key) {
    Pollable pollable = (Pollable) key.attachment();
    try {
      pollable.ready(key.readyOps());
    } catch (CancelledKeyException e) {
      LOG.trace("a key was cancelled by the owner of its connection");
      outBuffer.clear();
    } catch (Throwable e) {
      broken(pollable, e);
    }
  }

  /** A fault in one connection must not end the others, nor reach them with what it was saying. */
  private void broken(Pollable pollable, Throwable cause) {
    outBuffer.clear();
    pollable.broken(cause);
  }

  private void runTasks() {
    for (int i = 0; i < TASKS_PER_TURN; i++) {
      Runnable task = tasks.poll();
      if (task == null) {
        return;
      }
      try {
        task.run();
      } catch (Throwable e) {
        LOG.error("a task of the event loop failed", e);
      }
    }
  }

  /** Looks at deadlines that often from now on; on the loop only. */
  void tickEvery(long millis) {
    tickNanos = millis * 1_000_000;
    nextTick = System.nanoTime();
  }

  private void tick(long now) {
    for (SelectionKey key : selector.keys()) {
      Pollable pollable = (Pollable) key.attachment();
      try {
        pollable.tick(now);
      } catch (Throwable e) {
        broken(pollable, e);
      }
    }
  }

  /** Registers a channel; on the loop only. */
  SelectionKey register(SelectableChannel channel, int ops, Pollable pollable) throws IOException {
    return channel.register(selector, ops, pollable);
  }

  /** Calls {@code action} for each connection; on the loop only. */
  void forEachConnection(Consumer<Connection> action) {
    for (SelectionKey key : selector.keys().toArray(SelectionKey[]::new)) {
      if (key.attachment() instanceof Connection connection) {
        action.accept(connection);
      }
    }
  }

  /**
   * Runs a task on the loop, soon.
   *
   * @param task must not block
   */
  public void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /** Ends the waiting of the current turn, so that changes of interest and closes take effect. */
  void wakeup() {
    selector.wakeup();
  }

  /** Queues the start of a connection's owner; on the loop only. */
  void startSoon(Connection connection) {
    starts.add(connection);
    owners.incrementAndGet();
  }

  /** An owner's thread is at its end; on that thread. */
  void ownerEnded() {
    owners.decrementAndGet();
  }

  /** Returns how many owners are queued or running. */
  int owners() {
    return owners.get();
  }

  boolean hasStarts() {
    return !starts.isEmpty();
  }

  /** Starts the queued owners, each on a virtual thread. */
  void startQueued() {
    Connection connection;
    while ((connection = starts.poll()) != null) {
      handlers.name(connection.threadName()).unstarted(connection).start();
    }
  }

  /** Returns the buffer into which the loop reads; on the loop only. */
  ByteBuffer readBuffer() {
    return readBuffer;
  }

  /** Returns the array-backed buffer in which the loop parses; on the loop only. */
  ByteBuffer heapBuffer() {
    return heapBuffer;
  }

  /** Returns the buffer into which the loop decrypts; on the loop only. */
  ByteBuffer plainBuffer() {
    return plainBuffer;
  }

  /**
   * Returns the direct buffer in which answers given on the loop are collected; empty between two
   * calls into a protocol; on the loop only.
   */
  public ByteBuffer outBuffer() {
    return outBuffer;
  }

  boolean closed() {
    return closed;
  }

  /** Asks the loop to end; its thread then calls {@link #release}. */
  void close() {
    closed = true;
    selector.wakeup();
  }

  /** Frees the selector, at the end of the loop's thread. */
  void release() {
    try {
      selector.close();
    } catch (IOException e) {
      LOG.warn("the selector did not close", e);
    }
  }
}
