package io.roadrunner.server.http2;

import io.roadrunner.http2.ExtendedConnect;
import io.roadrunner.http2.Fields;
import io.roadrunner.http2.Http2Connection;
import io.roadrunner.http2.Http2Event;
import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.server.net.Connection;
import io.roadrunner.server.net.EventLoop;
import io.roadrunner.server.net.PeerPace;
import io.roadrunner.server.net.Protocol;
import io.roadrunner.telemetry.CloseReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/2 on one connection, which the event loop owns for life: octets to events, events to {@link
 * Streams}, and what the engine has to say to the socket, once per turn.
 */
public final class Http2Protocol implements Protocol {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** After so many full buffers in a row the other connections have their turn. */
  private static final int ROUNDS_PER_TURN = 16;

  private final Connection connection;
  private final Http2Settings settings;
  private final Http2Connection engine;
  private final Streams streams;
  private final PeerPace pace;
  private @Nullable ByteBuffer unsent;
  private long blockedSince;
  private long idleSince;
  private long lingersUntil;
  private CloseReason reason = CloseReason.PEER_CLOSED;
  private boolean peerEnded;
  private boolean draining;
  private boolean lingering;

  /**
   * Creates the protocol of a new connection.
   *
   * @param connection the connection
   * @param settings what all connections share
   */
  public Http2Protocol(Connection connection, Http2Settings settings) {
    this.connection = connection;
    this.settings = settings;
    this.idleSince = System.nanoTime();
    this.engine = Http2Connection.server(settings.http2(), ExtendedConnect.ENABLED, idleSince);
    this.streams = new Streams(engine, connection, settings, this::carryOut);
    this.pace = settings.pace();
  }

  @Override
  public Flow received(ByteBuffer in) {
    if (lingering) {
      in.position(in.limit());
      return Flow.STAYS_ON_LOOP;
    }
    long now = System.nanoTime();
    events(in, now);
    streams.announceContent();
    settle(now);
    return Flow.STAYS_ON_LOOP;
  }

  private void carryOut() {
    if (connection.isOpen()) {
      streams.carryOut();
      settle(System.nanoTime());
    } else {
      streams.carryOut();
    }
  }

  private void events(ByteBuffer in, long now) {
    while (true) {
      switch (engine.receive(in, now)) {
        case Http2Event.RequestHeaders head -> begin(head, now);
        case Http2Event.Data data -> streams.content(data);
        case Http2Event.EndOfRequest end ->
            streams.requestEnded(end.streamId(), Fields.none(), now);
        case Http2Event.RequestTrailers trailers ->
            streams.requestEnded(trailers.streamId(), trailers.fields(), now);
        case Http2Event.HeaderListTooLarge head ->
            streams.refuse(head.streamId(), head.endStream(), Http2Refusals.headTooLarge());
        case Http2Event.StreamReset reset -> streams.cancel(reset.streamId(), why(reset));
        case Http2Event.Writable writable -> streams.writable(writable.streamId());
        case Http2Event.ResponseSent sent -> streams.sent(sent.streamId());
        case Http2Event.ConnectionFailed failed -> failed(failed);
        case Http2Event.PeerGoAway goAway -> {}
        case Http2Event.PingAcknowledged ping -> {}
        case Http2Event.NeedInput need -> {
          return;
        }
      }
    }
  }

  private static String why(Http2Event.StreamReset reset) {
    return switch (reset.cause()) {
      case PEER -> "the peer has reset the stream";
      case VIOLATION -> "the peer broke the protocol";
    };
  }

  private void begin(Http2Event.RequestHeaders head, long now) {
    streams.begin(head, now);
    if (connection.served() >= settings.limits().maxRequestsPerConnection()) {
      reason = CloseReason.LAST_MESSAGE;
      engine.drain(now);
    }
  }

  private void failed(Http2Event.ConnectionFailed failed) {
    settings.dispatcher().reports().rejected(connection, failed.error().violation().name(), 400);
    reason = CloseReason.PROTOCOL_VIOLATION;
    streams.cancelAll("the connection has failed");
  }

  /** Sends what there is to be sent, and ends the connection when all is done. */
  private void settle(long now) {
    try {
      flush(now);
    } catch (IOException e) {
      connection.close(CloseReason.PEER_GONE);
      return;
    }
    if (unsent != null || engine.wantsWrite()) {
      return;
    }
    if (engine.isFinished()) {
      linger(now);
    } else if (peerEnded && streams.isEmpty()) {
      connection.close(CloseReason.PEER_CLOSED);
    }
    if (!streams.isEmpty()) {
      idleSince = now;
    }
  }

  private void flush(long now) throws IOException {
    for (int round = 0; unsent == null && engine.wantsWrite(); round++) {
      if (round == ROUNDS_PER_TURN) {
        connection.loop().execute(this::carryOut);
        return;
      }
      // Fields are encoded faster into an array; much content is copied once less without one.
      EventLoop loop = connection.loop();
      ByteBuffer out =
          (streams.responses().isBulk() ? loop.outBuffer() : loop.frameBuffer()).clear();
      try {
        engine.write(out);
        if (out.flip().hasRemaining()) {
          pace.moved(connection.write(out));
        }
        if (out.hasRemaining() || !connection.isFlushed()) {
          unsent = ByteBuffer.allocate(out.remaining()).put(out).flip();
          blockedSince = now;
          connection.callWhenWritable();
        }
      } finally {
        out.clear();
      }
      events(NOTHING, now);
    }
  }

  @Override
  public void writable() {
    ByteBuffer rest = unsent;
    if (rest == null) {
      return;
    }
    long now = System.nanoTime();
    pace.waited(now - blockedSince);
    blockedSince = now;
    try {
      pace.moved(connection.write(rest));
    } catch (IOException e) {
      connection.close(CloseReason.PEER_GONE);
      return;
    }
    if (rest.hasRemaining() || !connection.isFlushed()) {
      connection.callWhenWritable();
    } else {
      unsent = null;
      settle(now);
    }
  }

  /** Reads on for a while, so that the last frames are not lost (RFC 9112 §9.6 says why). */
  private void linger(long now) {
    if (lingering) {
      return;
    }
    if (peerEnded) {
      connection.close(reason);
      return;
    }
    lingering = true;
    boolean quick = reason == CloseReason.DRAINED;
    lingersUntil =
        now
            + (quick ? settings.limits().drainQuiet() : settings.limits().lingerTimeout())
                .toNanos();
    connection.shutdownOutput();
  }

  @Override
  public void ended() {
    if (lingering) {
      connection.close(reason);
      return;
    }
    peerEnded = true;
    streams.inputEnded();
    settle(System.nanoTime());
  }

  @Override
  public void tick(long nowNanos) {
    if (lingering) {
      if (nowNanos - lingersUntil >= 0) {
        connection.close(reason);
      }
      return;
    }
    if (unsent != null && pace.creditNanos() < nowNanos - blockedSince) {
      connection.close(CloseReason.SLOW_PEER);
      return;
    }
    if (!draining && connection.draining()) {
      // It began to speak HTTP/2 when the others had been told.
      drain(nowNanos);
    }
    engine.tick(nowNanos);
    streams.tick(nowNanos);
    if (streams.isEmpty()
        && nowNanos - idleSince > settings.limits().keepAliveTimeout().toNanos()) {
      reason = CloseReason.IDLE_TIMEOUT;
      engine.goAway(ErrorCode.NO_ERROR);
    }
    events(NOTHING, nowNanos);
    settle(nowNanos);
  }

  @Override
  public void drain(long nowNanos) {
    if (!lingering) {
      draining = true;
      reason = CloseReason.DRAINED;
      engine.drain(nowNanos);
      streams.drain(nowNanos);
      settle(nowNanos);
    }
  }

  @Override
  public void gone() {
    streams.cancelAll("the peer has gone away");
  }

  @Override
  public void closed() {
    streams.cancelAll("the connection was closed");
  }

  @Override
  public void run() {
    throw new IllegalStateException("the loop never hands an HTTP/2 connection over");
  }
}
