package io.roadrunner.server.websocket;

import io.roadrunner.server.ServerLimits;
import io.roadrunner.server.WebSocketOptions;
import io.roadrunner.server.WebSocketPart.Position;
import io.roadrunner.server.net.PeerPace;
import io.roadrunner.telemetry.CloseReason;
import io.roadrunner.websocket.Close;
import io.roadrunner.websocket.CloseCode;
import io.roadrunner.websocket.MessageKind;
import io.roadrunner.websocket.WebSocketException;
import io.roadrunner.websocket.WebSocketViolation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket, whatever carries it: bytes to callbacks, and what the application sends to bytes.
 * Belongs to the loop of its transport; only {@link Session} is for everybody.
 *
 * <pre>
 *   transport: received -> Incoming -> Callbacks -> handler
 *                                                      | any thread
 *   transport: write   <- loop: flush <- Outlet <- Sender <- Session
 * </pre>
 */
public final class WebSocketEngine {

  /** How much is put together before it is sent, while more is being decoded. */
  private static final int BATCH = 48 << 10;

  private final Transport transport;
  private final Agreement agreement;
  private final SessionReports reports;
  private final @Nullable Inflation inflation;
  private final Outlet out;
  private final Sender sender;
  private final Incoming in;
  private final Callbacks callbacks;
  private final Deadlines deadlines;
  private CloseReason reason = CloseReason.UPGRADE_ENDED;
  private @Nullable Close received;
  private @Nullable WebSocketViolation broken;
  private int code = CloseCode.ABNORMAL;
  private boolean told;
  private boolean paused;
  private boolean peerEnded;
  private boolean lingering;
  private boolean ended;

  /**
   * Creates it; nothing happens before {@link #begin}.
   *
   * @param transport carries the bytes
   * @param agreement what the handshake has led to
   */
  public WebSocketEngine(Transport transport, Agreement agreement) {
    this.transport = transport;
    this.agreement = agreement;
    WebSocketOptions options = agreement.options();
    ServerLimits limits = agreement.context().limits();
    reports = new SessionReports(agreement.context().dispatcher().reports(), agreement.request());
    inflation =
        agreement.compression().map(p -> new Inflation(p, options, transport.loop())).orElse(null);
    Compression compression =
        agreement
            .compression()
            .map(p -> new Compression(p, options.compression().orElseThrow(), options.codecs()))
            .orElse(null);
    out = new Outlet(transport, reports, options.outgoingQueueBytes(), this::settle);
    sender = new Sender(out, compression);
    callbacks =
        new Callbacks(
            agreement, transport, new Session(agreement, sender, out), this::resumeIfPossible);
    in = Incoming.of(options, inflation, reports, new Arrivals());
    deadlines =
        new Deadlines(
            options,
            PeerPace.of(limits.minBytesPerSecond(), limits.slowPeerGrace(), limits.maxPeerStall()));
  }

  /** Sends bytes that are older than the session; before it begins. */
  void sendFirst(byte[] bytes) {
    out.sendFirst(bytes);
  }

  /** The session begins. */
  public void begin() {
    assert transport.loop().isCurrent();
    reports.upgraded(agreement.subprotocol().orElse(""));
    out.beginBatch();
    callbacks.tell(new Callback.Open());
    settle();
  }

  /**
   * Bytes have arrived.
   *
   * @param bytes writable; what is consumed is behind its position afterwards, the rest comes again
   */
  public void received(ByteBuffer bytes) {
    assert transport.loop().isCurrent();
    deadlines.received();
    if (inputIsOver() || !out.state().mayReceive()) {
      bytes.position(bytes.limit());
      return;
    }
    out.beginBatch();
    try {
      decode(bytes);
    } catch (WebSocketException e) {
      fail(e.violation());
      bytes.position(bytes.limit());
    } catch (IOException e) {
      transport.close(CloseReason.PEER_GONE);
      return;
    }
    settle();
  }

  /** Tells whether the peer's last frame has come, for good or bad. */
  private boolean inputIsOver() {
    return received != null || broken != null;
  }

  private void decode(ByteBuffer bytes) throws IOException {
    while (!mustWait()) {
      if (!in.next(bytes)) {
        return;
      }
    }
    if (!paused) {
      paused = true;
      transport.reading(Transport.Reading.PAUSED);
    }
  }

  /** Tells whether so much waits, here or there, that nothing more should be decoded. */
  private boolean mustWait() throws IOException {
    if (paused || callbacks.full()) {
      return true;
    }
    if (out.queuedBytes() >= BATCH) {
      flush();
      out.beginBatch();
    }
    return out.full();
  }

  private void fail(WebSocketViolation violation) {
    reports.rejected(violation);
    reason = CloseReason.PROTOCOL_VIOLATION;
    broken = violation;
    deadlines.endReceived();
    if (!told) {
      told = true;
      code = violation.closeCode();
      callbacks.tell(new Callback.Failed(violation));
    }
  }

  private void tellEnd(int finalCode, String text) {
    if (!told) {
      told = true;
      code = finalCode;
      callbacks.tell(new Callback.Closed(finalCode, text));
    }
  }

  /** Sends what there is to be sent, and ends the transport when all is done. */
  private void settle() {
    if (ended) {
      return;
    }
    try {
      flush();
    } catch (IOException e) {
      transport.close(CloseReason.PEER_GONE);
      return;
    }
    if (out.isDone() && !lingering) {
      linger();
    }
    if (paused && !out.full() && !callbacks.full()) {
      // Not at once: the transport may be in the middle of delivering.
      transport.execute(this::resumeIfPossible);
    }
  }

  private void flush() throws IOException {
    deadlines.sent(out.flush(), out.isBlocked());
  }

  private void resumeIfPossible() {
    if (paused && !ended && (lingering || (!out.full() && !callbacks.full()))) {
      paused = false;
      transport.reading(Transport.Reading.ON);
    }
  }

  /** RFC 6455 §7.1.1: the server ends first, and waits for a while so that nothing is lost. */
  private void linger() {
    lingering = true;
    boolean quick = reason == CloseReason.DRAINED;
    deadlines.linger(
        quick ? agreement.context().limits().drainQuiet() : agreement.options().closeTimeout());
    transport.end();
    if (peerEnded) {
      transport.close(reason);
    } else if (paused) {
      transport.execute(this::resumeIfPossible);
    }
  }

  /** The transport takes bytes again. */
  public void writable() {
    deadlines.writable();
    out.writable();
    settle();
  }

  /** The peer has sent its last byte. */
  public void ended() {
    peerEnded = true;
    if (lingering) {
      transport.close(reason);
    } else if (!inputIsOver() && !out.isDone()) {
      // RFC 6455 §7.1.5: without a Close frame that is no proper end.
      transport.close(CloseReason.PEER_GONE);
    }
  }

  /** Time has passed. */
  public void tick(long nowNanos) {
    if (ended) {
      return;
    }
    callbacks.startIfNeeded();
    if (out.takeDataSent()) {
      deadlines.message(nowNanos);
    }
    switch (deadlines.due(nowNanos, out.state(), out.closeSentNanos(), paused)) {
      case NOTHING -> {}
      case LINGERED_ENOUGH -> transport.close(reason);
      case PEER_READS_TOO_SLOWLY -> {
        tellEnd(CloseCode.POLICY_VIOLATION, "the peer reads too slowly");
        transport.close(CloseReason.SLOW_PEER);
      }
      case NO_ANSWER_TO_CLOSE -> transport.close(reason);
      case ANSWER_IS_LATE -> answerLate();
      case ASK_FOR_LIFE -> out.pingFromServer();
      case NO_LIFE -> {
        tellEnd(CloseCode.ABNORMAL, "no answer to a ping");
        transport.close(CloseReason.IDLE_TIMEOUT);
      }
      case IDLE -> {
        reason = CloseReason.IDLE_TIMEOUT;
        out.close(CloseCode.GOING_AWAY, "no message for too long");
      }
    }
  }

  /** A handler is still busy with what came before the end. */
  private void answerLate() {
    Close close = received;
    WebSocketViolation violation = broken;
    if (close != null) {
      out.answer(close);
    } else if (violation != null) {
      out.fail(violation);
    }
  }

  /** The server ends: tells the handler, then closes with 1001. */
  public void drain(long nowNanos) {
    if (ended || !out.state().maySend()) {
      return;
    }
    reason = CloseReason.DRAINED;
    long left = Math.max(0, transport.drainDeadlineNanos() - nowNanos);
    out.beginBatch();
    callbacks.tell(new Callback.Drain(Instant.now().plusNanos(left)));
    settle();
  }

  /** The transport is gone, whoever ended it. */
  public void closed() {
    if (ended) {
      return;
    }
    ended = true;
    int sent = out.closeCode();
    sender.end();
    if (inflation != null) {
      inflation.close();
    }
    agreement.request().disconnect();
    tellEnd(sent, "");
    reports.closed(code);
  }

  /** What the decoder finds. */
  private final class Arrivals implements Incoming.Receiver {

    @Override
    public void message(MessageKind kind, ByteBuffer payload) {
      deadlines.messageReceived();
      callbacks.message(kind, payload);
    }

    @Override
    public void part(MessageKind kind, ByteBuffer bytes, Position position) {
      deadlines.messageReceived();
      callbacks.part(kind, bytes, position);
    }

    @Override
    public void ping(ByteBuffer payload) {
      out.pong(payload);
    }

    @Override
    public void pong(ByteBuffer payload) {
      callbacks.pong(payload);
    }

    @Override
    public void close(Close close) {
      received = close;
      deadlines.endReceived();
      if (!told) {
        told = true;
        code = close.code();
        callbacks.tell(new Callback.Answer(close));
      }
    }
  }
}
