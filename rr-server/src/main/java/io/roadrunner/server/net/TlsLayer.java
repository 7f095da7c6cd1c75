package io.roadrunner.server.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.jspecify.annotations.Nullable;

/**
 * TLS between one socket and its protocol (RFC 8446, RFC 5246). The loop alone reads; whoever owns
 * the connection writes, and the loop writes what the engine itself has to say, hence the lock
 * around everything that leaves.
 */
final class TlsLayer {

  /** What the loop has to do next. */
  enum Progress {
    /** Wait for more bytes. */
    NEEDS_INPUT,
    /** Run the engine's tasks off the loop, then go on. */
    NEEDS_TASKS,
    /** There is plaintext in the buffer; go on after it was taken. */
    PLAINTEXT,
    /** The handshake has just been completed; go on. */
    CONNECTED,
    /** The peer has said that it will send nothing more. */
    ENDED
  }

  private static final int MOST_POOLED = 64;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final ConcurrentLinkedQueue<ByteBuffer> POOL = new ConcurrentLinkedQueue<>();

  private final SSLEngine engine;
  private final SocketChannel channel;
  private final InputBuffer received = new InputBuffer();
  private @Nullable ByteBuffer pending;
  private boolean connected;

  TlsLayer(SSLEngine engine, SocketChannel channel) throws IOException {
    this.engine = engine;
    this.channel = channel;
    engine.setUseClientMode(false);
    engine.beginHandshake();
  }

  SSLEngine engine() {
    return engine;
  }

  /** Takes bytes from the socket; on the loop. */
  void feed(ByteBuffer cipher) {
    received.append(cipher);
  }

  /**
   * Goes on as far as the received bytes allow; on the loop.
   *
   * @param plain cleared, and filled from 0 to its position
   * @throws IOException if the peer broke the protocol, or is gone
   */
  Progress advance(ByteBuffer plain) throws IOException {
    plain.clear();
    while (true) {
      if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
        return Progress.NEEDS_TASKS;
      }
      if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        wrapOwn();
        if (connectedNow()) {
          return Progress.CONNECTED;
        }
        continue;
      }
      SSLEngineResult result = engine.unwrap(received.bytes(), plain);
      if (connectedNow()) {
        return Progress.CONNECTED;
      }
      switch (result.getStatus()) {
        case OK -> {
          if (plain.position() > 0) {
            return Progress.PLAINTEXT;
          }
        }
        case BUFFER_UNDERFLOW -> {
          received.releaseIfEmpty();
          return Progress.NEEDS_INPUT;
        }
        case BUFFER_OVERFLOW ->
            throw new IOException("a TLS record is larger than the engine announced");
        case CLOSED -> {
          return Progress.ENDED;
        }
      }
    }
  }

  private boolean connectedNow() {
    if (connected || engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
      return false;
    }
    connected = !engine.getSession().getProtocol().equals("NONE");
    return connected;
  }

  boolean connected() {
    return connected;
  }

  /** Runs what takes long in a handshake; off the loop. */
  void runTasks() {
    Runnable task;
    while ((task = engine.getDelegatedTask()) != null) {
      task.run();
    }
  }

  /** Sends what the engine has to say: handshake messages, key updates, alerts. */
  synchronized void wrapOwn() throws IOException {
    do {
      wrap(NOTHING);
    } while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP);
  }

  /**
   * Encrypts and sends as much as the socket takes now, and at most one record more, which is kept.
   *
   * @return how many plaintext bytes were taken
   */
  synchronized int write(ByteBuffer plain) throws IOException {
    int before = plain.remaining();
    while (plain.hasRemaining() && flush()) {
      wrap(plain);
    }
    return before - plain.remaining();
  }

  private void wrap(ByteBuffer plain) throws IOException {
    ByteBuffer out = pending == null ? take() : pending.compact();
    try {
      SSLEngineResult result = engine.wrap(plain, out);
      while (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
        out = ByteBuffer.allocateDirect(2 * out.capacity()).put(out.flip());
        result = engine.wrap(plain, out);
      }
      if (result.getStatus() == SSLEngineResult.Status.CLOSED && plain.hasRemaining()) {
        throw new IOException("the TLS connection has been closed");
      }
    } finally {
      pending = out.flip();
    }
    flush();
  }

  /** Sends what is kept; tells whether nothing is left of it. */
  synchronized boolean flush() throws IOException {
    ByteBuffer out = pending;
    if (out == null) {
      return true;
    }
    if (out.hasRemaining()) {
      channel.write(out);
    }
    if (out.hasRemaining()) {
      return false;
    }
    pending = null;
    if (POOL.size() < MOST_POOLED && out.capacity() == bufferSize()) {
      POOL.add(out);
    }
    return true;
  }

  private ByteBuffer take() {
    ByteBuffer pooled = POOL.poll();
    return pooled == null ? ByteBuffer.allocateDirect(bufferSize()) : pooled.clear();
  }

  private static int bufferSize() {
    // RFC 8446 §5.2: 2^14 + 256 and the record header; the JDK asks for a little more.
    return 17 << 10;
  }

  /** Says close_notify (RFC 8446 §6.1); what cannot be sent now is dropped. */
  synchronized void close() {
    try {
      engine.closeOutbound();
      if (!engine.isOutboundDone()) {
        wrap(NOTHING);
      }
    } catch (IOException e) {
      pending = null;
    }
  }
}
