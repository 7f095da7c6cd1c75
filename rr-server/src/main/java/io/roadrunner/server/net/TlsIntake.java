package io.roadrunner.server.net;

import io.roadrunner.server.LogText;
import io.roadrunner.telemetry.CloseReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives the TLS layer of one connection, on its loop: handshake first, then plaintext. */
final class TlsIntake {

  private static final Logger LOG = LoggerFactory.getLogger(TlsIntake.class);

  /** Written so that what the engine has said leaves as the socket takes it. */
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final TlsLayer layer;
  private final Connection connection;
  private final Listener listener;
  private final TlsSettings settings;
  private final InputBuffer kept = new InputBuffer();
  private volatile @Nullable TlsPeer peer;
  private boolean handshaking = true;
  private boolean busy;
  private long heardAtNanos;

  private TlsIntake(
      TlsLayer layer, Connection connection, Listener listener, TlsSettings settings) {
    this.layer = layer;
    this.connection = connection;
    this.listener = listener;
    this.settings = settings;
    this.heardAtNanos = connection.acceptedAtNanos();
  }

  static TlsIntake begin(Connection connection, Listener listener, TlsSettings settings)
      throws IOException {
    TlsLayer layer =
        new TlsLayer(settings.engines().get(), connection.channel(), listener.events());
    TlsIntake intake = new TlsIntake(layer, connection, listener, settings);
    listener.handshakes().begin(intake, settings.maxHandshakes());
    return intake;
  }

  TlsLayer layer() {
    return layer;
  }

  Optional<TlsPeer> peer() {
    return Optional.ofNullable(peer);
  }

  /** Ends a handshake that takes too long, or whose peer has fallen silent during a drain. */
  void tick(long nowNanos) {
    long age = nowNanos - connection.acceptedAtNanos();
    boolean silent = nowNanos - heardAtNanos > listener.limits().drainQuiet().toNanos();
    if (age > settings.handshakeTimeout().toNanos() || (listener.draining() && silent && !busy)) {
      giveUp();
    }
  }

  /** Makes room for another handshake; any thread. */
  void evict() {
    connection.loop().execute(connection, this::giveUp);
  }

  private void giveUp() {
    if (handshaking) {
      connection.close(CloseReason.TLS_HANDSHAKE_FAILED);
    }
  }

  /** Bytes from the socket. */
  void received(ByteBuffer cipher) {
    if (handshaking) {
      heardAtNanos = System.nanoTime();
    }
    if (busy) {
      kept.append(cipher);
    } else if (kept.isEmpty()) {
      advance(cipher);
      if (cipher.hasRemaining()) {
        kept.append(cipher);
      }
    } else {
      kept.append(cipher);
      advanceKept();
    }
  }

  private void advanceKept() {
    advance(kept.bytes());
    kept.releaseIfEmpty();
  }

  private void advance(ByteBuffer cipher) {
    ByteBuffer plain = connection.loop().plainBuffer();
    try {
      while (connection.isOpen()) {
        switch (layer.advance(cipher, plain)) {
          case PLAINTEXT -> connection.received(plain.flip());
          case CONNECTED -> connected();
          case NEEDS_INPUT -> {
            connection.write(NOTHING);
            return;
          }
          case NEEDS_TASKS -> {
            connection.write(NOTHING);
            runTasks();
            return;
          }
          case ENDED -> {
            connection.ended();
            return;
          }
        }
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  private void connected() {
    endHandshake();
    peer = new TlsPeer(layer.session(), settings.hosts());
    connection.speak(layer.applicationProtocol());
    if (listener.draining()) {
      connection.drain(System.nanoTime());
    }
  }

  private void endHandshake() {
    if (handshaking) {
      handshaking = false;
      listener.handshakes().end(this);
    }
  }

  /** Key exchange and signatures take long: elsewhere, while nothing more is read. */
  private void runTasks() {
    busy = true;
    connection.reading(Intake.Reading.PAUSED);
    listener.handshakes().compute(this::work);
  }

  private void work() {
    if (!connection.isOpen()) {
      return;
    }
    try {
      layer.runTasks();
      connection.loop().execute(connection, this::tasksDone);
    } catch (Throwable e) {
      connection.loop().execute(connection, () -> connection.broken(e));
    }
  }

  private void tasksDone() {
    busy = false;
    if (connection.isOpen()) {
      connection.reading(Intake.Reading.ON);
      advanceKept();
    }
  }

  private void fail(IOException cause) {
    LOG.debug(
        "{}: TLS failed: {}",
        connection.threadName(),
        LogText.escape(String.valueOf(cause.getMessage())));
    // RFC 8446 §6.2: the engine has an alert for the peer.
    sayGoodbye();
    connection.failed(
        layer.connected() ? CloseReason.PROTOCOL_VIOLATION : CloseReason.TLS_HANDSHAKE_FAILED);
  }

  private void sayGoodbye() {
    try {
      layer.close();
    } catch (IOException e) {
      LOG.trace("the peer was gone before it could be told the end");
    }
  }

  /**
   * The connection is about to be closed; any thread. A peer must not take what was cut off for
   * complete, so the end is announced (RFC 8446 §6.1) only where nothing is missing.
   */
  void closing(CloseReason reason) {
    switch (reason) {
      case PEER_CLOSED,
          LAST_MESSAGE,
          PROTOCOL_VIOLATION,
          REQUEST_TIMEOUT,
          IDLE_TIMEOUT,
          UPGRADE_ENDED,
          DRAINED ->
          sayGoodbye();
      case PEER_GONE, SLOW_PEER, HANDLER_FAILED, TLS_HANDSHAKE_FAILED, SERVER_CLOSED -> {}
    }
    endHandshake();
  }
}
