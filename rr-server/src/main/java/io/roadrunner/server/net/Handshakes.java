package io.roadrunner.server.net;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The TLS handshakes of one listener that are going on: bounded in number, and in how many of them
 * compute at a time. Their arithmetic has platform threads of its own, which the operating system
 * makes share the processors with loops and handlers; a virtual thread would keep a handler waiting
 * for as long as it computes.
 */
final class Handshakes {

  private static final int IDLE_SECONDS = 10;

  private final Set<TlsIntake> goingOn = new LinkedHashSet<>();
  private final ThreadPoolExecutor computing;

  Handshakes(String listener) {
    AtomicInteger number = new AtomicInteger();
    computing =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task ->
                Thread.ofPlatform()
                    .daemon()
                    .name(listener + "-tls-" + number.getAndIncrement())
                    .unstarted(task));
    computing.allowCoreThreadTimeOut(true);
  }

  /** Sets how many handshakes may compute at a time. */
  void threads(int count) {
    // Neither may be beyond the other on the way.
    computing.setCorePoolSize(1);
    computing.setMaximumPoolSize(count);
    computing.setCorePoolSize(count);
  }

  /**
   * A connection begins its handshake. If there are too many then, the one that has been at it for
   * longest has to go: it is most likely to be stalled, and a newcomer must not suffer for that.
   */
  void begin(TlsIntake handshake, int most) {
    TlsIntake eldest = null;
    synchronized (goingOn) {
      goingOn.add(handshake);
      if (goingOn.size() > most) {
        eldest = goingOn.iterator().next();
        goingOn.remove(eldest);
      }
    }
    if (eldest != null) {
      eldest.evict();
    }
  }

  /** A handshake is over, one way or the other; may be said twice. */
  void end(TlsIntake handshake) {
    synchronized (goingOn) {
      goingOn.remove(handshake);
    }
  }

  /** Runs what takes long; tasks are taken in the order in which they come. */
  void compute(Runnable task) {
    computing.execute(task);
  }

  /** Ends the threads, after the loops. */
  void close() {
    computing.shutdownNow();
  }
}
