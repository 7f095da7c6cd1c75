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
 * runs already; the loop then yields, the handlers run one after the other, and the loop's next turn
 * finds what arrived meanwhile. When nothing is ready any more, the loop goes back to the platform
 * thread, which can wait cheaply. Should handlers keep all carriers busy, so that the virtual thread
 * does not get its turn, the platform thread takes the loop back.
 *
 * <pre>
 *   PLATFORM --lend--> LENT --started--> RUNNING --yield--> YIELDED --resumed--> RUNNING
 *      ^                |                   |                  |
 *      +-- taken back --+---- given back ---+---- taken back --+
 * </pre>
 */
final class LoopDriver {

  private static final Logger LOG = LoggerFactory.getLogger(LoopDriver.class);
  private static final VarHandle STATE;

  private static final int PLATFORM = 0;
  private static final int LENT = 1;
  private static final int RUNNING = 2;
  private static final int YIELDED = 3;

  /** How long the virtual thread may wait for a carrier before the loop is taken back. */
  private static final long PATIENCE_NANOS = 20_000_000;

  /** For how long the loop is not lent after it had to be taken back. */
  private static final long DISTRUST_NANOS = 1_000_000_000;

  /** After how many turns without anything ready the loop goes back. */
  private static final int IDLE_TURNS = 2;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(LoopDriver.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final EventLoop loop;
  private final Thread platform;
  private final Thread virtual;
  private volatile int state = PLATFORM;
  private volatile long turns;
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
    STATE.setVolatile(this, LENT);
    LockSupport.unpark(virtual);
    while (state != PLATFORM) {
      LockSupport.parkNanos(this, PATIENCE_NANOS);
      int now = state;
      boolean stuck = turns == seen && (now == LENT || now == YIELDED);
      if (stuck && STATE.compareAndSet(this, now, PLATFORM)) {
        lendAgainAt = System.nanoTime() + DISTRUST_NANOS;
        loop.startQueued();
      }
      seen = turns;
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
    int idle = 0;
    try {
      while (idle < IDLE_TURNS && !loop.closed()) {
        loop.startQueued();
        STATE.setVolatile(this, YIELDED);
        Thread.yield();
        if (!STATE.compareAndSet(this, YIELDED, RUNNING)) {
          return;
        }
        turns++;
        idle = loop.turn(EventLoop.Wait.NOT_AT_ALL) == 0 && !loop.hasStarts() ? idle + 1 : 0;
      }
    } catch (Throwable e) {
      LOG.error("a turn of event loop {} failed", platform.getName(), e);
    }
    STATE.setVolatile(this, PLATFORM);
    LockSupport.unpark(platform);
  }
}
