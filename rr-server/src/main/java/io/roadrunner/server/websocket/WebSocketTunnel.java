package io.roadrunner.server.websocket;

import io.roadrunner.server.net.EventLoop;
import io.roadrunner.server.pipeline.Tunnel;
import io.roadrunner.server.pipeline.TunnelEnd;
import io.roadrunner.telemetry.CloseReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A WebSocket in a tunnel: on a stream of HTTP/2 (RFC 8441 §5). */
final class WebSocketTunnel implements TunnelEnd, Transport {

  private final Agreement agreement;
  private @Nullable Tunnel tunnel;
  private @Nullable WebSocketEngine engine;

  WebSocketTunnel(Agreement agreement) {
    this.agreement = agreement;
  }

  private Tunnel tunnel() {
    return Objects.requireNonNull(tunnel);
  }

  private WebSocketEngine engine() {
    return Objects.requireNonNull(engine);
  }

  // What the tunnel says.

  @Override
  public void opened(Tunnel opened) {
    tunnel = opened;
    engine = new WebSocketEngine(this, agreement);
    engine.begin();
  }

  @Override
  public void received(ByteBuffer in) {
    // The reader unmasks in place, and the bytes are only lent.
    ByteBuffer copy = ByteBuffer.allocate(in.remaining()).put(in.duplicate()).flip();
    engine().received(copy);
    in.position(in.position() + copy.position());
  }

  @Override
  public void ended() {
    engine().ended();
  }

  @Override
  public void writable() {
    engine().writable();
  }

  @Override
  public void tick(long nowNanos) {
    engine().tick(nowNanos);
  }

  @Override
  public void drain(long nowNanos) {
    engine().drain(nowNanos);
  }

  @Override
  public void closed() {
    engine().closed();
  }

  // What the engine wants.

  @Override
  public EventLoop loop() {
    return tunnel().loop();
  }

  @Override
  public void execute(Runnable task) {
    tunnel().execute(task);
  }

  @Override
  public String threadName() {
    return tunnel().threadName();
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    return tunnel().write(bytes);
  }

  @Override
  public void reading(Reading wanted) {
    tunnel()
        .reading(
            switch (wanted) {
              case ON -> Tunnel.Reading.ON;
              case PAUSED -> Tunnel.Reading.PAUSED;
            });
  }

  @Override
  public void end() {
    tunnel().end();
  }

  /** RFC 8441 §5: what would reset a TCP connection resets the stream. */
  @Override
  public void close(CloseReason reason) {
    tunnel().reset();
  }

  @Override
  public long drainDeadlineNanos() {
    return tunnel().loop().drainDeadlineNanos();
  }
}
