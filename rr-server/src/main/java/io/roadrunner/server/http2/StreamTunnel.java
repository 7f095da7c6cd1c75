package io.roadrunner.server.http2;

import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.server.Headers;
import io.roadrunner.server.net.EventLoop;
import io.roadrunner.server.pipeline.Tunnel;
import io.roadrunner.server.pipeline.TunnelEnd;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A stream that carries another protocol (RFC 8441 §4). What arrives before that protocol is there,
 * or while it pauses, is kept, and takes up the peer's window.
 */
final class StreamTunnel implements Tunnel {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** How much may be on its way to the peer. */
  private static final int MOST_QUEUED = 64 << 10;

  /** What has happened to the peer's direction. */
  private enum Input {
    OPEN,
    ENDED,
    END_DELIVERED
  }

  private final StreamRun stream;
  private final Streams streams;
  private @Nullable TunnelEnd end;
  private ByteBuffer kept = NOTHING;
  private Input input = Input.OPEN;
  private Reading reading = Reading.ON;
  private boolean wantsRoom;
  private boolean ending;
  private boolean closed;

  StreamTunnel(StreamRun stream, Streams streams) {
    this.stream = stream;
    this.streams = streams;
  }

  // The stream's side; on the loop.

  void open(TunnelEnd speaker) {
    end = speaker;
    guarded(() -> speaker.opened(this));
    deliver();
  }

  boolean inputIsOpen() {
    return input == Input.OPEN;
  }

  void arrived(ByteBuffer data) {
    if (end != null && reading == Reading.ON && !kept.hasRemaining()) {
      kept = data;
      deliver();
      // Only lent until the next frame.
      kept = copy(NOTHING, kept);
    } else {
      kept = copy(kept, data);
      deliver();
    }
  }

  private static ByteBuffer copy(ByteBuffer first, ByteBuffer second) {
    int bytes = first.remaining() + second.remaining();
    return bytes == 0 ? NOTHING : ByteBuffer.allocate(bytes).put(first).put(second).flip();
  }

  void inputEnded() {
    input = Input.ENDED;
    deliver();
  }

  private void deliver() {
    TunnelEnd speaker = end;
    if (speaker == null || closed || reading == Reading.PAUSED) {
      return;
    }
    int before = kept.remaining();
    if (before > 0) {
      guarded(() -> speaker.received(kept));
      streams.consumed(stream, before - kept.remaining());
    }
    if (input == Input.ENDED && !closed && reading == Reading.ON) {
      input = Input.END_DELIVERED;
      guarded(speaker::ended);
    }
  }

  /** The engine has sent all that it had. */
  void sent() {
    TunnelEnd speaker = end;
    if (wantsRoom && speaker != null && !closed) {
      wantsRoom = false;
      guarded(speaker::writable);
    }
  }

  void tick(long nowNanos) {
    TunnelEnd speaker = end;
    if (speaker != null && !closed) {
      guarded(() -> speaker.tick(nowNanos));
    }
  }

  void drain(long nowNanos) {
    TunnelEnd speaker = end;
    if (speaker != null && !closed) {
      guarded(() -> speaker.drain(nowNanos));
    }
  }

  void close() {
    TunnelEnd speaker = end;
    if (!closed) {
      closed = true;
      kept = NOTHING;
      if (speaker != null) {
        guarded(speaker::closed);
      }
    }
  }

  /** A fault in one tunnel must not end the connection, which has other streams. */
  private void guarded(Runnable call) {
    try {
      call.run();
    } catch (Throwable e) {
      stream.failed(e);
      streams.abort(stream, ErrorCode.INTERNAL_ERROR, "a fault of the server");
    }
  }

  // The side of the protocol that it carries.

  @Override
  public EventLoop loop() {
    return streams.connection().loop();
  }

  @Override
  public void execute(Runnable task) {
    streams.post(new Command.Task(stream, () -> guarded(task)));
  }

  @Override
  public String threadName() {
    return streams.connection().threadName();
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    if (closed || ending) {
      throw new IOException("the stream has ended");
    }
    int room = Math.max(0, MOST_QUEUED - streams.unsent(stream));
    int taken = Math.min(room, bytes.remaining());
    wantsRoom |= taken < bytes.remaining();
    if (taken > 0) {
      ByteBuffer part = ByteBuffer.allocate(taken);
      part.put(0, bytes, bytes.position(), taken);
      bytes.position(bytes.position() + taken);
      streams.responses().part(stream, part);
    }
    return taken;
  }

  @Override
  public void reading(Reading wanted) {
    boolean resumed = reading == Reading.PAUSED && wanted == Reading.ON;
    reading = wanted;
    if (resumed) {
      // Not at once: whoever asks may be in the middle of what it received.
      execute(this::deliver);
    }
  }

  @Override
  public void end() {
    if (!closed && !ending) {
      ending = true;
      streams.responses().finish(stream, Headers.empty());
    }
  }

  @Override
  public void reset() {
    streams.abort(stream, ErrorCode.CANCEL, "the tunnel was cut off");
  }
}
