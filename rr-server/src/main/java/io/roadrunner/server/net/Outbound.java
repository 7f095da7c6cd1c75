package io.roadrunner.server.net;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way out of a connection: one writer at a time, which may wait if it is a virtual thread. */
final class Outbound {

  private static final Logger LOG = LoggerFactory.getLogger(Outbound.class);

  /** The JDK copies a heap buffer into a direct one of the same size for each write. */
  private static final int LARGEST_WRITE = 128 << 10;

  private static final int FILE_PART = 64 << 10;

  private final SocketChannel channel;
  private final EventLoop loop;
  private final ConnectionEvents events;
  private @Nullable TlsLayer tls;
  private volatile @Nullable Thread blocked;
  private volatile boolean gone;
  private volatile boolean finishing;

  Outbound(SocketChannel channel, EventLoop loop, ConnectionEvents events) {
    this.channel = channel;
    this.loop = loop;
    this.events = events;
  }

  void secure(TlsLayer layer) {
    tls = layer;
  }

  /**
   * Writes as much as the socket takes now.
   *
   * @return how many bytes it has taken since the last call; over TLS, of records
   */
  int write(ByteBuffer bytes, SelectionKey key) throws IOException {
    TlsLayer layer = tls;
    if (layer != null) {
      layer.write(bytes);
      flushSoon(key);
      return (int) layer.takeSent();
    }
    int count = channel.write(bytes);
    events.written(count);
    return count;
  }

  boolean isFlushed() {
    TlsLayer layer = tls;
    return layer == null || layer.isFlushed();
  }

  /** Sends what TLS keeps; the loop goes on with it when the socket takes more. */
  void flushSoon(SelectionKey key) throws IOException {
    TlsLayer layer = tls;
    if (layer != null && !layer.flush()) {
      key.interestOpsOr(SelectionKey.OP_WRITE);
      loop.wakeup();
    }
  }

  void writeFully(ByteBuffer bytes, PeerPace pace, SelectionKey key) throws IOException {
    int end = bytes.limit();
    while (true) {
      int begin = bytes.position();
      bytes.limit(Math.min(end, begin + LARGEST_WRITE));
      pace.moved(write(bytes, key));
      bytes.limit(end);
      if (!bytes.hasRemaining()) {
        awaitFlushed(pace, key);
        return;
      }
      if (bytes.position() == begin) {
        await(pace, key);
      }
    }
  }

  void writeFully(ByteBuffer head, ByteBuffer body, PeerPace pace, SelectionKey key)
      throws IOException {
    if (tls == null) {
      int end = body.limit();
      body.limit(Math.min(end, body.position() + LARGEST_WRITE));
      long count = channel.write(new ByteBuffer[] {head, body});
      events.written(count);
      pace.moved(count);
      body.limit(end);
    } else {
      tls.write(head, body);
      flushSoon(key);
      pace.moved(tls.takeSent());
    }
    if (head.hasRemaining()) {
      writeFully(head, pace, key);
    }
    if (body.hasRemaining()) {
      writeFully(body, pace, key);
    } else {
      awaitFlushed(pace, key);
    }
  }

  /** What is with the operating system gets to the peer even if the socket is closed. */
  private void awaitFlushed(PeerPace pace, SelectionKey key) throws IOException {
    TlsLayer layer = tls;
    while (layer != null && !layer.isFlushed()) {
      await(pace, key);
      pace.moved(layer.takeSent());
    }
  }

  /** Sends a part of a file, as much as the socket takes now. */
  long transferFrom(FileChannel file, long position, long count, PeerPace pace, SelectionKey key)
      throws IOException {
    if (tls == null) {
      long moved = file.transferTo(position, count, channel);
      events.written(moved);
      pace.moved(moved);
      return moved;
    }
    ByteBuffer part = ByteBuffer.allocate((int) Math.min(count, FILE_PART));
    file.read(part, position);
    pace.moved(write(part.flip(), key));
    return part.position();
  }

  /** Waits until the socket may take more. */
  void await(PeerPace pace, SelectionKey key) throws IOException {
    if (pace.creditNanos() <= 0) {
      throw new SlowPeerException("the peer reads too slowly");
    }
    blocked = Thread.currentThread();
    try {
      if (!gone && key.isValid()) {
        key.interestOpsOr(SelectionKey.OP_WRITE);
        loop.wakeup();
        parkFor(this, pace);
      }
    } finally {
      blocked = null;
    }
    if (gone || !key.isValid()) {
      throw new IOException("the peer has gone away");
    }
  }

  /** Sleeps until woken, at the peer's expense. */
  static void parkFor(Object blocker, PeerPace pace) throws InterruptedIOException {
    long before = System.nanoTime();
    LockSupport.parkNanos(blocker, pace.creditNanos());
    pace.waited(System.nanoTime() - before);
    if (Thread.interrupted()) {
      throw new InterruptedIOException("interrupted while waiting for the peer");
    }
  }

  /** The socket takes bytes again; on the loop. */
  void writable(SelectionKey key) {
    key.interestOpsAnd(~SelectionKey.OP_WRITE);
    TlsLayer layer = tls;
    if (layer != null) {
      try {
        if (!layer.flush()) {
          key.interestOpsOr(SelectionKey.OP_WRITE);
        } else if (finishing) {
          channel.shutdownOutput();
        }
      } catch (IOException e) {
        gone();
        return;
      }
    }
    // Also where TLS has filled the socket again: each byte that the peer takes counts for it.
    LockSupport.unpark(blocked);
  }

  /** Nobody will read any more; a waiting writer fails. */
  void gone() {
    gone = true;
    LockSupport.unpark(blocked);
  }

  /** Says that nothing more will come, behind everything that TLS still keeps. */
  void shutdown(SelectionKey key) {
    TlsLayer layer = tls;
    try {
      if (layer != null) {
        layer.close();
        finishing = true;
        if (!layer.flush()) {
          flushSoon(key);
          return;
        }
      }
      channel.shutdownOutput();
    } catch (IOException e) {
      LOG.trace("the peer was gone before the end could be sent");
    }
  }
}
