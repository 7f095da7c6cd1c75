package io.roadrunner.server.websocket;

import io.roadrunner.server.net.Connection;
import io.roadrunner.server.net.EventLoop;
import io.roadrunner.server.net.Protocol;
import io.roadrunner.telemetry.CloseReason;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A WebSocket on a connection of its own, after the upgrade (RFC 6455 §4.2.2). */
public final class WebSocketProtocol implements Protocol, Transport {

  private final Connection connection;
  private final WebSocketEngine engine;
  private boolean begun;

  /**
   * Creates the protocol, for {@link Connection#switchTo}. {@link #beginSoon} has to follow.
   *
   * @param connection whose answer to the handshake has been sent
   * @param agreement what the handshake has led to
   */
  public WebSocketProtocol(Connection connection, Agreement agreement) {
    this.connection = connection;
    this.engine = new WebSocketEngine(this, agreement);
  }

  /** Lets the session begin as soon as the loop owns the connection, with what is unread. */
  public void beginSoon() {
    connection.execute(this::begin);
  }

  /**
   * Lets the session begin soon; on the loop.
   *
   * @param first bytes that have to be sent before anything else
   * @param unread bytes for the session
   */
  public void beginSoon(byte[] first, ByteBuffer unread) {
    engine.sendFirst(first);
    connection.keep(unread);
    beginSoon();
  }

  private void begin() {
    if (connection.isOpen()) {
      beginOnce();
      connection.resumeReading();
    }
  }

  private void beginOnce() {
    if (!begun) {
      begun = true;
      engine.begin();
      if (connection.draining()) {
        engine.drain(System.nanoTime());
      }
    }
  }

  // What the connection says.

  @Override
  public Flow received(ByteBuffer in) {
    beginOnce();
    engine.received(in);
    return Flow.STAYS_ON_LOOP;
  }

  @Override
  public void ended() {
    beginOnce();
    engine.ended();
  }

  @Override
  public void tick(long nowNanos) {
    if (begun) {
      engine.tick(nowNanos);
    }
  }

  @Override
  public void writable() {
    engine.writable();
  }

  @Override
  public void closed() {
    if (begun) {
      engine.closed();
    }
  }

  @Override
  public void gone() {}

  @Override
  public void drain(long nowNanos) {
    if (begun) {
      engine.drain(nowNanos);
    } else {
      beginOnce();
    }
  }

  @Override
  public void run() {
    throw new IllegalStateException("the loop never hands a WebSocket over");
  }

  // What the engine wants.

  @Override
  public EventLoop loop() {
    return connection.loop();
  }

  @Override
  public void execute(Runnable task) {
    connection.execute(task);
  }

  @Override
  public String threadName() {
    return connection.threadName();
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int count = connection.write(bytes);
    if (bytes.hasRemaining()) {
      connection.callWhenWritable();
    }
    return count;
  }

  @Override
  public void reading(Reading wanted) {
    switch (wanted) {
      case PAUSED -> connection.pauseReading();
      case ON -> connection.resumeReading();
    }
  }

  @Override
  public void end() {
    connection.shutdownOutput();
  }

  @Override
  public void close(CloseReason reason) {
    connection.close(reason);
  }

  @Override
  public long drainDeadlineNanos() {
    return connection.loop().drainDeadlineNanos();
  }
}
