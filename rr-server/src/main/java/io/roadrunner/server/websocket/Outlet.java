package io.roadrunner.server.websocket;

import io.roadrunner.server.WebSocketMessage;
import io.roadrunner.websocket.Close;
import io.roadrunner.websocket.CloseCode;
import io.roadrunner.websocket.CloseHandshake;
import io.roadrunner.websocket.CloseHandshake.Input;
import io.roadrunner.websocket.CloseHandshake.State;
import io.roadrunner.websocket.MessageKind;
import io.roadrunner.websocket.PayloadForm;
import io.roadrunner.websocket.WebSocketViolation;
import io.roadrunner.websocket.WebSocketWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The way out of a session. Any thread puts frames into the queue, control frames also between
 * fragments; the loop alone sends them, as many as there are at once. Everything is guarded by the
 * monitor, which nobody holds while he writes to the transport, and which is told of more room.
 */
final class Outlet {

  private static final int CONTROL_ROOM = WebSocketWriter.MAX_CONTROL_PAYLOAD;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  // RFC 6455 §5.2
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  /** After so many full buffers in a row the other connections have their turn. */
  private static final int ROUNDS_PER_TURN = 16;

  private final Transport transport;
  private final SessionReports reports;
  private final int limit;
  private final WebSocketWriter writer = WebSocketWriter.server();
  private final SendQueue queue = new SendQueue();
  private final Runnable flushTask;

  /** The loop's own buffer, while it handles what has arrived: older than all of the queue. */
  private @Nullable ByteBuffer batch;

  private State state = State.OPEN;
  private int closeCode = CloseCode.ABNORMAL;
  private long closeSentNanos;
  private boolean scheduled;
  private boolean blocked;
  private boolean ended;
  private boolean dataSent;
  private @Nullable ByteBuffer owedPong;

  /**
   * Creates it.
   *
   * @param flushTask runs on the loop when there is something to send, and calls {@link #flush}
   */
  Outlet(Transport transport, SessionReports reports, int limit, Runnable flushTask) {
    this.transport = transport;
    this.reports = reports;
    this.limit = limit;
    this.flushTask = flushTask;
  }

  // Messages, for whoever may send one now.

  /** Puts a whole message. */
  synchronized void message(MessageKind kind, PayloadForm form, ByteBuffer payload) {
    int bytes = payload.remaining();
    ByteBuffer out = room(bytes);
    int before = out.position();
    writer.message(kind, form, payload, out);
    put(out, before);
    sentData(opcode(kind), bytes);
  }

  /** Puts a part of a message. */
  synchronized void fragment(
      Fragment place, MessageKind kind, PayloadForm form, ByteBuffer payload) {
    int bytes = payload.remaining();
    ByteBuffer out = room(bytes);
    int before = out.position();
    switch (place) {
      case FIRST -> writer.firstFragment(kind, form, payload, out);
      case NEXT -> writer.nextFragment(payload, out);
      case LAST -> writer.lastFragment(payload, out);
      case ONLY -> writer.message(kind, form, payload, out);
    }
    put(out, before);
    int opcode = place == Fragment.FIRST || place == Fragment.ONLY ? opcode(kind) : CONTINUATION;
    sentData(opcode, bytes);
  }

  /** Puts a message that has its frame already. */
  synchronized void frame(WebSocketMessage message) {
    ByteBuffer frame = message.frame();
    int bytes = frame.remaining();
    if (bytes <= SendQueue.SMALL) {
      ByteBuffer out = room(bytes);
      int before = out.position();
      out.put(frame);
      put(out, before);
    } else {
      queue.add(frame);
      wake();
    }
    sentData(opcode(message.kind()), message.payload().remaining());
  }

  private static int opcode(MessageKind kind) {
    return kind == MessageKind.TEXT ? TEXT : BINARY;
  }

  private void sentData(int opcode, int bytes) {
    dataSent = true;
    reports.frameOut(opcode, bytes);
  }

  // Bytes.

  private ByteBuffer room(int payloadBytes) {
    int size = payloadBytes + WebSocketWriter.MAX_HEADER_BYTES;
    ByteBuffer own = batch;
    if (own != null
        && own.remaining() >= size
        && queue.bytes() == 0
        && transport.loop().isCurrent()) {
      return own;
    }
    return size > SendQueue.SMALL ? ByteBuffer.allocate(size) : queue.room(size);
  }

  /** Notes what has been put where {@link #room} said. */
  @SuppressWarnings("ReferenceEquality") // Equal bytes in another buffer are other bytes.
  private void put(ByteBuffer out, int before) {
    if (out != batch) {
      int count = out.position() - before;
      if (before == 0 && out.capacity() > SendQueue.SMALL) {
        queue.add(out.flip());
      } else {
        queue.added(count);
      }
    }
    wake();
  }

  /** Counts bytes that will come when their turn does, or have. */
  synchronized void reserve(int bytes) {
    queue.added(bytes);
  }

  /** Tells whether the calling thread is the loop, which must not wait. */
  boolean onLoop() {
    return transport.loop().isCurrent();
  }

  private void wake() {
    if (batch == null && !scheduled && !blocked) {
      scheduled = true;
      transport.execute(flushTask);
    }
  }

  /** Returns how many bytes wait to be sent. */
  synchronized long queuedBytes() {
    ByteBuffer own = batch;
    return queue.bytes() + (own == null ? 0 : own.position());
  }

  /** Tells whether messages have to wait. */
  synchronized boolean full() {
    return queuedBytes() >= limit;
  }

  // Control frames, from any thread.

  /** Asks for a sign of life; on the loop. */
  synchronized void pingFromServer() {
    if (state.maySend()) {
      control(PING, NOTHING.duplicate());
    }
  }

  synchronized void ping(ByteBuffer payload) {
    control(PING, payload);
  }

  /**
   * Answers a ping. While the peer does not read, only the newest one is answered (RFC 6455
   * §5.5.3).
   */
  synchronized void pong(ByteBuffer payload) {
    if (!state.maySend()) {
      return;
    }
    if (blocked) {
      owedPong = ByteBuffer.allocate(payload.remaining()).put(payload).flip();
    } else {
      control(PONG, payload);
    }
  }

  private void control(int opcode, ByteBuffer payload) {
    int bytes = payload.remaining();
    ByteBuffer out = room(CONTROL_ROOM);
    int before = out.position();
    if (opcode == PING) {
      writer.ping(payload, out);
    } else {
      writer.pong(payload, out);
    }
    put(out, before);
    reports.frameOut(opcode, bytes);
  }

  /** Begins the closing handshake, or answers the peer's. */
  synchronized void close(int code, String reason) {
    step(Input.SEND_CLOSE, code, reason);
  }

  /** The peer broke the protocol. */
  synchronized void fail(WebSocketViolation violation) {
    step(Input.FAIL, violation.closeCode(), violation.text());
  }

  /** The peer has sent a Close frame, and the answer is not to wait any longer. */
  synchronized void answer(Close received) {
    step(Input.RECEIVE_CLOSE, CloseCode.NO_STATUS, "");
    if (state == State.CLOSE_RECEIVED) {
      step(Input.SEND_CLOSE, received.code(), "");
    }
  }

  private void step(Input input, int code, String reason) {
    CloseHandshake.Step step = CloseHandshake.step(state, input);
    state = step.state();
    switch (step.action()) {
      case WRITE_CLOSE_AND_WAIT, WRITE_CLOSE_AND_END -> putClose(code, reason);
      case END_TRANSPORT -> wake();
      case ANSWER_CLOSE, NONE -> {}
    }
    notifyAll();
  }

  private void putClose(int code, String reason) {
    ByteBuffer out = room(CONTROL_ROOM);
    int before = out.position();
    if (code == CloseCode.NO_STATUS) {
      writer.closeWithoutCode(out);
    } else {
      writer.close(code, reason, out);
    }
    closeCode = code;
    closeSentNanos = System.nanoTime();
    put(out, before);
    reports.frameOut(CLOSE, out.position() - before - 2);
  }

  /** Returns the code of the Close frame that was sent, 1006 if there was none. */
  synchronized int closeCode() {
    return closeCode;
  }

  /** Returns when it was put, as of {@link System#nanoTime()}. */
  synchronized long closeSentNanos() {
    return closeSentNanos;
  }

  synchronized State state() {
    return state;
  }

  // The loop's side.

  /** Takes bytes that are older than the session. */
  synchronized void sendFirst(byte[] bytes) {
    if (bytes.length > 0) {
      queue.add(ByteBuffer.wrap(bytes));
    }
  }

  /** Frames that the loop makes from now on go to its own buffer. */
  synchronized void beginBatch() {
    batch = blocked ? null : transport.loop().outBuffer();
  }

  /**
   * Sends what there is, as far as the transport takes it; ends the batch.
   *
   * @return the number of bytes
   */
  long flush() throws IOException {
    ByteBuffer out = transport.loop().outBuffer();
    long count = 0;
    try {
      for (int round = 0; fill(out); round++) {
        if (round == ROUNDS_PER_TURN) {
          putBack(out.flip());
          return count;
        }
        count += transport.write(out.flip());
        if (!sent(out)) {
          return count;
        }
      }
      return count;
    } finally {
      out.clear();
    }
  }

  /** Moves what waits to the loop's buffer; false if there is nothing to be sent now. */
  private synchronized boolean fill(ByteBuffer out) {
    scheduled = false;
    if (blocked) {
      return false;
    }
    payPong();
    queue.moveTo(out);
    if (out.position() == 0) {
      batch = null;
      return false;
    }
    return true;
  }

  private void payPong() {
    ByteBuffer payload = owedPong;
    if (payload != null && state.maySend()) {
      owedPong = null;
      control(PONG, payload);
    }
  }

  /** Enough for now: the other connections of the loop have their turn. */
  private synchronized void putBack(ByteBuffer out) {
    batch = null;
    queue.putBack(out);
    wake();
  }

  /** Notes what the transport has taken; false if it takes no more now. */
  private synchronized boolean sent(ByteBuffer out) {
    if (out.hasRemaining()) {
      blocked = true;
      batch = null;
      queue.putBack(out);
      return false;
    }
    out.clear();
    if (!full()) {
      notifyAll();
    }
    return true;
  }

  /** The transport takes bytes again. */
  synchronized void writable() {
    blocked = false;
  }

  synchronized boolean isBlocked() {
    return blocked;
  }

  /** Tells whether a message was sent since this was asked before. */
  synchronized boolean takeDataSent() {
    boolean sent = dataSent;
    dataSent = false;
    return sent;
  }

  /** Tells whether the last Close frame has left and nothing is to follow it. */
  synchronized boolean isDone() {
    return state == State.CLOSED && queuedBytes() == 0;
  }

  /** Nothing can be sent any more. */
  synchronized void end() {
    step(Input.TRANSPORT_END, CloseCode.ABNORMAL, "");
    ended = true;
    queue.clear();
    batch = null;
    owedPong = null;
  }

  synchronized boolean ended() {
    return ended;
  }
}
