package io.roadrunner.server.websocket;

import io.roadrunner.server.Route.Execution;
import io.roadrunner.server.WebSocketHandler;
import io.roadrunner.server.WebSocketPart;
import io.roadrunner.server.WebSocketPart.Position;
import io.roadrunner.server.net.LoopTask;
import io.roadrunner.server.pipeline.Dispatcher;
import io.roadrunner.server.pipeline.SafeThrowable;
import io.roadrunner.websocket.CloseCode;
import io.roadrunner.websocket.MessageKind;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the handler of one session, one method after the other: at once on the loop where the route
 * is inline, else on a virtual thread that exists only while there is something to tell. What waits
 * for that thread is bounded by the engine, which stops to decode while {@link #full}.
 */
final class Callbacks implements LoopTask {

  private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

  private final Agreement agreement;
  private final Transport transport;
  private final Session session;
  private final Runnable afterWaiting;
  private final boolean inline;
  private @Nullable ArrayDeque<Callback> waiting;
  private int waitingBytes;
  private boolean running;
  private boolean tellRoom;
  private boolean failed;

  /**
   * Creates them.
   *
   * @param afterWaiting runs on the loop when there is room again after {@link #full}
   */
  Callbacks(Agreement agreement, Transport transport, Session session, Runnable afterWaiting) {
    this.agreement = agreement;
    this.transport = transport;
    this.session = session;
    this.afterWaiting = afterWaiting;
    this.inline = agreement.request().match().entry().execution() == Execution.INLINE;
  }

  private WebSocketHandler handler() {
    return agreement.handler();
  }

  // The loop's side.

  void message(MessageKind kind, ByteBuffer payload) {
    if (!inline) {
      tell(new Callback.Whole(kind, copy(payload)));
    } else if (!failed) {
      try {
        handler().message(session, kind, payload);
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  void part(MessageKind kind, ByteBuffer bytes, Position position) {
    ByteBuffer kept = inline ? bytes : copy(bytes);
    tell(new Callback.Part(new WebSocketPart(kind, kept, position)));
  }

  void pong(ByteBuffer payload) {
    tell(new Callback.Pong(inline ? payload : copy(payload)));
  }

  private static ByteBuffer copy(ByteBuffer bytes) {
    byte[] kept = new byte[bytes.remaining()];
    bytes.get(kept);
    return ByteBuffer.wrap(kept);
  }

  /** Tells the handler, now or behind what waits. */
  void tell(Callback callback) {
    if (inline) {
      call(callback);
      return;
    }
    synchronized (this) {
      if (waiting == null) {
        waiting = new ArrayDeque<>();
      }
      waiting.add(callback);
      waitingBytes += callback.bytes();
      if (callback instanceof Callback.Closed && !running) {
        // The end does not wait for a permit: the clock may not come again.
        agreement.context().dispatcher().enter();
        running = true;
        transport.loop().startSoon(this);
      }
    }
    startIfNeeded();
  }

  /** Starts a thread if there is something to tell and a permit; the clock tries again. */
  void startIfNeeded() {
    synchronized (this) {
      if (running || waiting == null) {
        return;
      }
      running = agreement.context().dispatcher().tryEnter();
      if (!running) {
        return;
      }
    }
    transport.loop().startSoon(this);
  }

  /** Tells whether so much waits that nothing more should be decoded. */
  synchronized boolean full() {
    tellRoom = waitingBytes >= agreement.context().limits().inboundBufferBytes();
    return tellRoom;
  }

  // The virtual thread.

  @Override
  public String threadName() {
    return transport.threadName();
  }

  @Override
  public void run() {
    Dispatcher dispatcher = agreement.context().dispatcher();
    try {
      dispatcher.within(agreement.request(), this::callAll);
    } finally {
      dispatcher.leave();
      transport.loop().taskEnded();
    }
  }

  private void callAll() {
    Callback next;
    while ((next = take()) != null) {
      call(next);
      // An interrupt was for one method of the handler.
      boolean _ = Thread.interrupted();
    }
  }

  private synchronized @Nullable Callback take() {
    ArrayDeque<Callback> all = waiting;
    if (all == null || all.isEmpty()) {
      waiting = null;
      running = false;
      return null;
    }
    Callback next = all.remove();
    waitingBytes -= next.bytes();
    if (tellRoom && 2 * waitingBytes < agreement.context().limits().inboundBufferBytes()) {
      tellRoom = false;
      transport.execute(afterWaiting);
    }
    return next;
  }

  // Both.

  private void call(Callback callback) {
    try {
      switch (callback) {
        case Callback.Open open -> handler().open(session);
        case Callback.Whole whole when !failed ->
            handler().message(session, whole.kind(), whole.payload());
        case Callback.Part part when !failed -> handler().part(session, part.part());
        case Callback.Pong pong when !failed -> handler().pong(session, pong.payload());
        case Callback.Whole dropped -> {}
        case Callback.Part dropped -> {}
        case Callback.Pong dropped -> {}
        case Callback.Drain drain -> {
          handler().drain(session, drain.deadline());
          session.close(CloseCode.GOING_AWAY, "");
        }
        case Callback.Answer answer -> {
          session.answer(answer.received());
          handler().close(session, answer.received().code(), answer.received().reason());
        }
        case Callback.Failed fault -> {
          session.fail(fault.violation());
          handler().close(session, fault.violation().closeCode(), fault.violation().text());
        }
        case Callback.Closed closed -> handler().close(session, closed.code(), closed.reason());
      }
    } catch (Throwable e) {
      failed(e);
    }
  }

  private void failed(Throwable cause) {
    failed = true;
    String id = agreement.request().requestId();
    LOG.error("the WebSocket of request {} failed", id, SafeThrowable.of(cause));
    try {
      handler().error(session, cause);
    } catch (Throwable again) {
      LOG.error("the WebSocket of request {} failed to hear of it", id, SafeThrowable.of(again));
    }
    session.close(CloseCode.INTERNAL_ERROR, "");
  }
}
