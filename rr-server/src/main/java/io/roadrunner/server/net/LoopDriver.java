package io.roadrunner.server.net;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of one event loop: a platform thread that waits in the selector, and a virtual thread
 * to which it lends the loop while handlers are being started.
 *
 * <p>A handler that is started from a platform thread wakes a carrier on another core, which costs
 * more than a small request does. Started from a virtual thread it is queued on the carrier that
 * runs already; the loop then yields, the handlers run one after the other, and the loop's next
 * turn finds what arrived meanwhile. As long as no handler is left running, the virtual thread also
 * waits in the selector. The loop goes back when handlers are still running, for they could keep
 * all carriers busy; when nothing has been ready for a while; and when all work is inline, where
 * the platform thread is cheaper. Should handlers keep the virtual thread from its turn, the
 * platform thread takes the loop back.
 *
 * <pre>
 *   PLATFORM --lend--> LENT --started--> RUNNING --yield--> YIELDED --resumed--> RUNNING
 *      ^                |                |     |               |
 *      |                |                |     +-- select -> WAITING -- ready --> RUNNING
 *      +-- taken back --+--- given back -+-- taken back -------+
 * </pre>
 */
final class LoopDriver {

  private static final Logger LOG = LoggerFactory.getLogger(LoopDriver.class);
  private static final VarHandle STATE;
  private static final VarHandle TURNS;

  private static final int PLATFORM = 0;
  private static final int LENT = 1;
  private static final int RUNNING = 2;
  private static final int YIELDED = 3;
  private static final int WAITING = 4;

  /** How long the virtual thread may wait for a carrier before the loop is taken back. */
  private static final long PATIENCE_NANOS = 20_000_000;

  /** For how long the loop is not lent after it had to be taken back. */
  private static final long DISTRUST_NANOS = 1_000_000_000;

  /** After how many turns in which no handler was started the loop goes back. */
  private static final int INLINE_TURNS = 256;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      STATE = lookup.findVarHandle(LoopDriver.class, "state", int.class);
      TURNS = lookup.findVarHandle(LoopDriver.class, "turns", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final EventLoop loop;
  private final Thread platform;
  private final Thread virtual;
  private volatile int state = PLATFORM;
  private volatile long turns;
  private volatile boolean recalled;
  private long lendAgainAt;

  LoopDriver(EventLoop loop, String name) {
    this.loop = loop;
    this.platform = Thread.ofPlatform().name(name).daemon(false).unstarted(this::runPlatform);
    this.virtual = Thread.ofVirtual().name(name + "-lent").unstarted(this::runVirtual);
    this.lendAgainAt = System.nanoTime();
  }

  void start() {
    platform.start();
    virtual.start();
  }

  void join() throws InterruptedException {
    platform.join();
  }

  private void runPlatform() {
    try {
      while (!loop.closed()) {
        loop.turn(EventLoop.Wait.UNTIL_READY);
        if (!loop.hasStarts()) {
          continue;
        }
        if (System.nanoTime() - lendAgainAt >= 0) {
          lend();
        } else {
          loop.startQueued();
        }
      }
    } catch (Throwable e) {
      LOG.error("event loop {} ended", platform.getName(), e);
    } finally {
      LockSupport.unpark(virtual);
      loop.release();
    }
  }

  private void lend() {
    long seen = turns;
    long seenAt = System.nanoTime();
    recalled = false;
    STATE.setVolatile(this, LENT);
    LockSupport.unpark(virtual);
    while (state != PLATFORM) {
      LockSupport.parkNanos(this, PATIENCE_NANOS);
      long now = System.nanoTime();
      int holder = state;
      if (turns != seen) {
        seen = turns;
        seenAt = now;
      } else if (now - seenAt >= PATIENCE_NANOS
          && (holder == LENT || holder == YIELDED)
          && STATE.compareAndSet(this, holder, PLATFORM)) {
        lendAgainAt = now + DISTRUST_NANOS;
        loop.startQueued();
      } else if (now - seenAt >= PATIENCE_NANOS && holder == WAITING) {
        recalled = true;
        loop.wakeup();
      }
    }
  }

  private void runVirtual() {
    while (!loop.closed()) {
      if (!STATE.compareAndSet(this, LENT, RUNNING)) {
        LockSupport.park(this);
        continue;
      }
      turnWhileBusy();
    }
  }

  private void turnWhileBusy() {
    int inlineTurns = 0;
    try {
      while (inlineTurns < INLINE_TURNS && !recalled && !loop.closed()) {
        inlineTurns = loop.hasStarts() ? 0 : inlineTurns + 1;
        if (!startAndYield()) {
          return;
        }
        if (loop.turn(EventLoop.Wait.NOT_AT_ALL) == 0 && !loop.hasStarts()) {
          if (loop.startedTasks() > 0) {
            break;
          }
          STATE.setVolatile(this, WAITING);
          loop.turn(EventLoop.Wait.UNTIL_WOKEN);
          STATE.setVolatile(this, RUNNING);
        }
      }
    } catch (Throwable e) {
      LOG.error("a turn of event loop {} failed", platform.getName(), e);
    }
    STATE.setVolatile(this, PLATFORM);
    LockSupport.unpark(platform);
  }

  /** Lets the handlers run that were started; false if the loop was taken back meanwhile. */
  // Yielding is what this class is about: it changes who runs first, never what is correct.
  @SuppressWarnings("ThreadPriorityCheck")
  private boolean startAndYield() {
    TURNS.setRelease(this, (long) TURNS.get(this) + 1);
    if (!loop.hasStarts()) {
      return true;
    }
    loop.startQueued();
    STATE.setVolatile(this, YIELDED);
    Thread.yield();
    return STATE.compareAndSet(this, YIELDED, RUNNING);
  }
}
