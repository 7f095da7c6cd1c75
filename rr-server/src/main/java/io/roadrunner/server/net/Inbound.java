package io.roadrunner.server.net;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What the loop has read while somebody else owns the connection: bounded bytes, then perhaps an
 * end. The only place where loop and owner meet besides the baton.
 */
final class Inbound {

  /** How the peer's side of the connection stands. */
  enum End {
    OPEN,
    ENDED,
    RESET
  }

  private @Nullable InputBuffer bytes;
  private volatile End end = End.OPEN;
  private boolean paused;
  private @Nullable Thread waiting;

  synchronized int size() {
    return bytes == null ? 0 : bytes.size();
  }

  synchronized void offer(ByteBuffer source) {
    if (bytes == null) {
      bytes = new InputBuffer();
    }
    bytes.append(source);
    wake();
  }

  synchronized void pause() {
    paused = true;
  }

  synchronized void finish(End how) {
    // A reset is final; an end does not take it back.
    end = end == End.RESET ? End.RESET : how;
    wake();
  }

  private void wake() {
    if (waiting != null) {
      LockSupport.unpark(waiting);
      waiting = null;
    }
  }

  /** Moves everything to {@code target}. Tells whether reading was paused and should go on. */
  synchronized boolean moveTo(InputBuffer target) {
    if (bytes != null) {
      target.append(bytes.bytes());
      bytes = null;
    }
    boolean resume = paused && end == End.OPEN;
    paused = false;
    return resume;
  }

  End end() {
    return end;
  }

  /** Registers the owner to be woken; tells whether there is nothing to wait for. */
  synchronized boolean readyOrWait(Thread owner) {
    boolean ready = end != End.OPEN || (bytes != null && !bytes.isEmpty());
    waiting = ready ? null : owner;
    return ready;
  }
}
