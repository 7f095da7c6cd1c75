package io.roadrunner.server.net;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Who may touch a connection: the loop, or one owner. Only the loop gives it away, and only the
 * owner gives it back; handing over is one atomic change, which orders memory as well.
 *
 * <pre>
 *   LOOP --handOver--> OWNED --something arrived--> OWNED_MORE
 *     ^                  |                              |
 *     +----- release ----+ <------ look for more -------+
 * </pre>
 */
final class Baton {

  private static final VarHandle HOLDER;

  private static final int LOOP = 0;
  private static final int OWNED = 1;
  private static final int OWNED_MORE = 2;

  static {
    try {
      HOLDER = MethodHandles.lookup().findVarHandle(Baton.class, "holder", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile int holder = LOOP;

  boolean onLoop() {
    return holder == LOOP;
  }

  /** The loop gives the connection away. */
  void handOver() {
    HOLDER.setVolatile(this, OWNED);
  }

  /** The owner gives the connection back, unless something has arrived for it. */
  boolean release() {
    return HOLDER.compareAndSet(this, OWNED, LOOP);
  }

  /** The owner is about to look at what has arrived: what comes from now on is news again. */
  void lookForMore() {
    HOLDER.setVolatile(this, OWNED);
  }

  /** The loop has something for the owner; false if there is none, so that it is the loop's. */
  boolean tellOwner() {
    while (true) {
      int now = holder;
      if (now == LOOP) {
        return false;
      }
      if (now == OWNED_MORE || HOLDER.compareAndSet(this, OWNED, OWNED_MORE)) {
        return true;
      }
    }
  }
}
