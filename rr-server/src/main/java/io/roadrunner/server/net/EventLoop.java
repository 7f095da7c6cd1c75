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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One selector and the connections on it. Whichever thread calls {@link #turn} is the loop for that
 * turn; {@link LoopDriver} sees to it that there is only one at a time.
 */
public final class EventLoop {

  private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
  private static final int BUFFER_BYTES = ReadShare.MOST;
  private static final int PLAIN_BYTES = 64 << 10;
  private static final int TASKS_PER_TURN = 256;

  private final Selector selector;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final ByteBuffer heapBuffer = ByteBuffer.allocate(BUFFER_BYTES);
  private final ByteBuffer plainBuffer = ByteBuffer.allocate(PLAIN_BYTES);
  private final ByteBuffer outBuffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final ByteBuffer frameBuffer = ByteBuffer.allocate(BUFFER_BYTES);
  private final ArrayDeque<LoopTask> starts = new ArrayDeque<>();
  private final Thread.Builder.OfVirtual handlers =
      Thread.ofVirtual().inheritInheritableThreadLocals(false);
  private final Consumer<SelectionKey> dispatch = this::dispatch;
  private final AtomicInteger started = new AtomicInteger();
  private final DeadlineRounds deadlines;
  private long drainDeadlineNanos;
  private @Nullable Thread turning;
  private volatile boolean waiting;
  private volatile boolean closed;

  EventLoop(long tickMillis) {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open a selector: " + e.getMessage(), e);
    }
    deadlines = new DeadlineRounds(tickMillis * 1_000_000, System.nanoTime(), this::tick);
  }

  /** For how long a turn may wait: until a deadline may be due, for ever, or not. */
  enum Wait {
    UNTIL_READY,
    UNTIL_WOKEN,
    NOT_AT_ALL
  }

  /**
   * One round: what is ready, what others asked for, what is due. Returns how much there was to do.
   */
  int turn(Wait wait) throws IOException {
    turning = Thread.currentThread();
    int ready = wait == Wait.NOT_AT_ALL ? selector.selectNow(dispatch) : waitFor(wait);
    ready += runTasks();
    deadlines.turn(System.nanoTime());
    return ready;
  }

  private int waitFor(Wait wait) throws IOException {
    waiting = true;
    try {
      // Whoever adds a task after this look sees that the loop waits, and wakes it.
      if (!tasks.isEmpty()) {
        return selector.selectNow(dispatch);
      }
      return wait == Wait.UNTIL_READY
          ? selector.select(dispatch, deadlines.patienceMillis())
          : selector.select(dispatch);
    } finally {
      waiting = false;
    }
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

  private int runTasks() {
    for (int i = 0; i < TASKS_PER_TURN; i++) {
      Runnable task = tasks.poll();
      if (task == null) {
        return i;
      }
      try {
        task.run();
      } catch (Throwable e) {
        LOG.error("a task of the event loop failed", e);
      }
    }
    return TASKS_PER_TURN;
  }

  /** Everything ends by that time; looks at deadlines more often from now on; on the loop only. */
  void drainUntil(long deadlineNanos, long tickMillis) {
    drainDeadlineNanos = deadlineNanos;
    deadlines.hasten(tickMillis * 1_000_000, System.nanoTime());
  }

  /** Returns when a drain that has begun ends; on the loop only. */
  public long drainDeadlineNanos() {
    return drainDeadlineNanos;
  }

  private void tick(Pollable pollable, long now) {
    try {
      pollable.tick(now);
    } catch (Throwable e) {
      broken(pollable, e);
    }
  }

  /** Registers a channel; on the loop only. */
  SelectionKey register(SelectableChannel channel, int ops, Pollable pollable) throws IOException {
    SelectionKey key = channel.register(selector, ops, pollable);
    deadlines.add(key);
    return key;
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
    if (waiting) {
      selector.wakeup();
    }
  }

  /** Runs a task of one connection on the loop, soon; a fault in it is that connection's. */
  void execute(Pollable pollable, Runnable task) {
    execute(
        () -> {
          try {
            task.run();
          } catch (CancelledKeyException e) {
            outBuffer.clear();
          } catch (Throwable e) {
            broken(pollable, e);
          }
        });
  }

  /** Tells whether the calling thread is the loop at the moment; any thread may ask. */
  public boolean isCurrent() {
    // Only the loop's own threads ever find themselves here, and they wrote it.
    return turning == Thread.currentThread();
  }

  /** Ends the waiting of the current turn, so that changes of interest and closes take effect. */
  void wakeup() {
    selector.wakeup();
  }

  /** Queues the start of a virtual thread; on the loop only. */
  public void startSoon(LoopTask task) {
    starts.add(task);
    started.incrementAndGet();
  }

  /** A task that was started is at its end; on its thread. */
  public void taskEnded() {
    started.decrementAndGet();
  }

  /** Returns how many tasks are queued for a thread or running on one. */
  int startedTasks() {
    return started.get();
  }

  boolean hasStarts() {
    return !starts.isEmpty();
  }

  /** Starts the queued tasks, each on a virtual thread. */
  void startQueued() {
    LoopTask task;
    while ((task = starts.poll()) != null) {
      handlers.name(task.threadName()).unstarted(task).start();
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

  /** Returns the array-backed buffer in which frames are put together; on the loop only. */
  public ByteBuffer frameBuffer() {
    return frameBuffer;
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
    while (runTasks() > 0) {
      LOG.trace("what others asked for before the loop ended was done");
    }
    // Also those that are to hear of the end.
    startQueued();
    try {
      selector.close();
    } catch (IOException e) {
      LOG.warn("the selector did not close", e);
    }
  }
}
