package io.roadrunner.server.websocket;

import io.roadrunner.deflate.Part;
import io.roadrunner.server.WebSocketMessage;
import io.roadrunner.server.WebSocketSession.Offer;
import io.roadrunner.websocket.MessageKind;
import io.roadrunner.websocket.PayloadForm;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Messages of a session, from any thread, one after the other. A message that takes time, because
 * it is compressed or comes in parts, has the session's turn until it ends; others wait, or leave
 * their message for whoever has it. Guarded by the monitor of the outlet, which nobody holds while
 * he compresses.
 */
final class Sender {

  /** A message of a thread that must not wait for its turn. */
  private record Left(MessageKind kind, ByteBuffer payload) {}

  /** Who may send a message. */
  private enum Turn {
    FREE,
    /** Somebody has it, who is not compressing now. */
    TAKEN,
    COMPRESSING
  }

  private final Outlet outlet;
  private final @Nullable Compression compression;
  private Turn turn = Turn.FREE;
  private @Nullable ArrayDeque<Left> left;

  Sender(Outlet outlet, @Nullable Compression compression) {
    this.outlet = outlet;
    this.compression = compression;
  }

  /** Sends a whole message, waiting for its turn and for room. */
  void send(MessageKind kind, ByteBuffer payload) throws IOException {
    synchronized (outlet) {
      if (!awaitTurn()) {
        leave(kind, payload);
        return;
      }
      if (compression == null) {
        outlet.message(kind, PayloadForm.PLAIN, payload);
        return;
      }
      turn = Turn.COMPRESSING;
    }
    compressAndPut(kind, payload);
  }

  /** Sends a message that has its frame already. */
  void send(WebSocketMessage message) throws IOException {
    if (compression != null) {
      send(message.kind(), message.payload());
      return;
    }
    synchronized (outlet) {
      if (awaitTurn()) {
        outlet.frame(message);
      } else {
        leave(message.kind(), message.payload());
      }
    }
  }

  /** Sends a message if nothing stands in its way. */
  Offer offer(WebSocketMessage message) {
    synchronized (outlet) {
      if (!outlet.state().maySend()) {
        return Offer.CLOSED;
      }
      if (outlet.full()) {
        return Offer.FULL;
      }
      if (turn != Turn.FREE) {
        leave(message.kind(), message.payload());
        return Offer.TAKEN;
      }
      if (compression == null) {
        outlet.frame(message);
        return Offer.TAKEN;
      }
      turn = Turn.COMPRESSING;
    }
    compressAndPut(message.kind(), message.payload());
    return Offer.TAKEN;
  }

  /** Returns true when it is this thread's turn, false on the loop while somebody else has it. */
  private boolean awaitTurn() throws IOException {
    while (true) {
      requireOpen();
      boolean full = outlet.full();
      if (!full && turn == Turn.FREE) {
        return true;
      }
      if (outlet.onLoop()) {
        if (full) {
          throw new IllegalStateException(
              "the outgoing queue is full, and an event loop must not wait; use offer, or a route "
                  + "that is not inline");
        }
        return false;
      }
      await();
    }
  }

  private void requireOpen() throws IOException {
    if (!outlet.state().maySend()) {
      throw new IOException("the WebSocket has been closed");
    }
  }

  private void await() throws InterruptedIOException {
    try {
      outlet.wait();
    } catch (InterruptedException e) {
      throw new InterruptedIOException("interrupted while waiting to send");
    }
  }

  private void leave(MessageKind kind, ByteBuffer payload) {
    if (left == null) {
      left = new ArrayDeque<>();
    }
    ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).put(payload).flip();
    left.add(new Left(kind, copy));
    outlet.reserve(copy.remaining());
  }

  private void compressAndPut(MessageKind kind, ByteBuffer payload) {
    try {
      compress(kind, payload);
    } finally {
      endTurn();
    }
  }

  private void compress(MessageKind kind, ByteBuffer payload) {
    PayloadForm form = PayloadForm.PLAIN;
    ByteBuffer bytes = payload;
    if (compression != null) {
      ByteBuffer smaller = ByteBuffer.allocate(compression.room(payload));
      form = compression.whole(payload, smaller);
      bytes = form == PayloadForm.COMPRESSED ? smaller.flip() : payload;
    }
    synchronized (outlet) {
      if (outlet.state().maySend()) {
        outlet.message(kind, form, bytes);
      }
    }
  }

  /** Gives the turn on, after the messages that were left meanwhile. */
  void endTurn() {
    while (true) {
      Left next;
      synchronized (outlet) {
        next = left == null || outlet.ended() ? null : left.poll();
        if (next == null) {
          turn = Turn.FREE;
          left = null;
          releaseIfPossible();
          outlet.notifyAll();
          return;
        }
        turn = Turn.COMPRESSING;
        outlet.reserve(-next.payload().remaining());
      }
      compress(next.kind(), next.payload());
    }
  }

  /** Waits for the turn and keeps it, for a message in parts. */
  void takeTurn() throws IOException {
    if (outlet.onLoop()) {
      throw new IllegalStateException("an event loop must not wait for the parts of a message");
    }
    synchronized (outlet) {
      while (!awaitTurn()) {
        await();
      }
      turn = Turn.TAKEN;
    }
  }

  /** Returns what a part adds to the payload of the message; for who has the turn. */
  ByteBuffer payload(ByteBuffer plain, Part part) throws IOException {
    if (compression == null) {
      return plain;
    }
    synchronized (outlet) {
      requireOpen();
      turn = Turn.COMPRESSING;
    }
    try {
      return compression.part(plain, part);
    } finally {
      synchronized (outlet) {
        turn = Turn.TAKEN;
        releaseIfPossible();
      }
    }
  }

  /** Sends a fragment when there is room; for who has the turn. */
  void fragment(Fragment place, MessageKind kind, ByteBuffer payload) throws IOException {
    synchronized (outlet) {
      requireOpen();
      while (outlet.full()) {
        await();
        requireOpen();
      }
      PayloadForm form = compression == null ? PayloadForm.PLAIN : PayloadForm.COMPRESSED;
      outlet.fragment(place, kind, form, payload);
    }
  }

  /** Sends a ping when there is room. */
  void ping(ByteBuffer payload) throws IOException {
    synchronized (outlet) {
      requireOpen();
      while (outlet.full() && !outlet.onLoop()) {
        await();
        requireOpen();
      }
      outlet.ping(payload);
    }
  }

  /** Nothing can be sent any more: frees what is held, now or when nobody compresses any more. */
  void end() {
    synchronized (outlet) {
      outlet.end();
      releaseIfPossible();
    }
  }

  private void releaseIfPossible() {
    if (compression != null && outlet.ended() && turn != Turn.COMPRESSING) {
      compression.close();
    }
  }
}
