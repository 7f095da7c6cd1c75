package io.roadrunner.server.net;

import io.roadrunner.telemetry.CloseReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives the TLS layer of one connection, on its loop: handshake first, then plaintext. */
final class TlsIntake {

  private static final Logger LOG = LoggerFactory.getLogger(TlsIntake.class);

  private final TlsLayer layer;
  private final Connection connection;
  private boolean busy;

  TlsIntake(TlsLayer layer, Connection connection) {
    this.layer = layer;
    this.connection = connection;
  }

  /** Bytes from the socket. */
  void received(ByteBuffer cipher) {
    layer.feed(cipher);
    if (!busy) {
      advance();
    }
  }

  private void advance() {
    ByteBuffer plain = connection.loop().plainBuffer();
    try {
      while (connection.isOpen()) {
        switch (layer.advance(plain)) {
          case PLAINTEXT -> connection.received(plain.flip());
          case CONNECTED -> connection.speak(layer.engine().getApplicationProtocol());
          case NEEDS_INPUT -> {
            return;
          }
          case NEEDS_TASKS -> {
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

  /** Key exchange and signatures take long: elsewhere, while nothing more is read. */
  private void runTasks() {
    busy = true;
    connection.reading(Connection.Reading.PAUSED);
    Thread.ofVirtual()
        .name(connection.threadName() + " tls")
        .start(
            () -> {
              layer.runTasks();
              connection.loop().execute(this::tasksDone);
            });
  }

  private void tasksDone() {
    busy = false;
    if (connection.isOpen()) {
      connection.reading(Connection.Reading.ON);
      advance();
    }
  }

  private void fail(IOException cause) {
    LOG.debug("{}: TLS failed: {}", connection.threadName(), cause.getMessage());
    try {
      // RFC 8446 §6.2: the engine has an alert for the peer.
      layer.wrapOwn();
    } catch (IOException gone) {
      LOG.trace("the peer was gone before the alert");
    }
    boolean connected = layer.connected();
    connection.failed(connected ? CloseReason.PEER_GONE : CloseReason.TLS_HANDSHAKE_FAILED);
  }
}
