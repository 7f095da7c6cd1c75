package io.roadrunner.server.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
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

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private static final int HEADER = 5;

  /** RFC 5246 §6.2.3; what RFC 8446 §5.2 allows is less. */
  private static final int MOST_RECORD = (1 << 14) + 2048;

  /** What a handshake may take: a chain of client certificates fits many times over. */
  private static final int MOST_HANDSHAKE_BYTES = 256 << 10;

  /** Records without content after the handshake, each of which must be earned by one with. */
  private static final int MOST_EMPTY_RECORDS = 64;

  /** What the engine may have to say, such as answers to key updates, while the peer reads none. */
  private static final int MOST_UNREAD = 256 << 10;

  private final SSLEngine engine;
  private final SocketChannel channel;
  private final ConnectionEvents events;
  private @Nullable ByteBuffer pending;
  private long sent;
  private boolean connected;
  private int handshakeBytes;
  private int emptyRecords = MOST_EMPTY_RECORDS;

  TlsLayer(SSLEngine engine, SocketChannel channel, ConnectionEvents events) throws IOException {
    this.engine = engine;
    this.channel = channel;
    this.events = events;
    engine.beginHandshake();
  }

  String applicationProtocol() {
    String chosen = engine.getApplicationProtocol();
    return chosen == null ? "" : chosen;
  }

  SSLSession session() {
    return engine.getSession();
  }

  /**
   * Goes on as far as the received bytes allow; on the loop.
   *
   * @param in received bytes; what is consumed is behind its position afterwards
   * @param plain cleared, and filled from 0 to its position
   * @throws IOException if the peer broke the protocol, or is gone
   */
  Progress advance(ByteBuffer in, ByteBuffer plain) throws IOException {
    plain.clear();
    while (true) {
      HandshakeStatus status = engine.getHandshakeStatus();
      refuseRenegotiation(status);
      if (status == HandshakeStatus.NEED_TASK) {
        return plain.position() > 0 ? Progress.PLAINTEXT : Progress.NEEDS_TASKS;
      }
      if (status == HandshakeStatus.NEED_WRAP) {
        wrapOwn();
        if (connectedNow()) {
          return Progress.CONNECTED;
        }
        continue;
      }
      checkLength(in);
      SSLEngineResult result = engine.unwrap(in, plain);
      charge(result);
      if (connectedNow()) {
        return Progress.CONNECTED;
      }
      if (result.getStatus() != SSLEngineResult.Status.OK) {
        return plain.position() > 0 ? Progress.PLAINTEXT : stopped(result.getStatus());
      }
    }
  }

  /** A record that is too long is refused by its header, and never kept. */
  private static void checkLength(ByteBuffer in) throws SSLException {
    if (in.remaining() >= HEADER
        && Short.toUnsignedInt(in.getShort(in.position() + HEADER - 2)) > MOST_RECORD) {
      throw new SSLException("a record is longer than " + MOST_RECORD + " bytes");
    }
  }

  private static Progress stopped(SSLEngineResult.Status status) throws IOException {
    return switch (status) {
      case BUFFER_UNDERFLOW -> Progress.NEEDS_INPUT;
      case CLOSED -> Progress.ENDED;
      case BUFFER_OVERFLOW ->
          throw new SSLException("a record is larger than 2^14 bytes (RFC 8446 §5.1)");
      case OK -> throw new IllegalStateException();
    };
  }

  /** TLS 1.3 has no renegotiation, and in TLS 1.2 it may be refused (RFC 5746 §4.5). */
  private void refuseRenegotiation(HandshakeStatus status) throws SSLException {
    if (connected
        && status != HandshakeStatus.NOT_HANDSHAKING
        && !engine.isInboundDone()
        && !engine.isOutboundDone()
        && session().getProtocol().equals("TLSv1.2")) {
      throw new SSLException("the peer wants to renegotiate");
    }
  }

  /** Bounds what a peer can have done without saying anything. */
  private void charge(SSLEngineResult result) throws SSLException {
    if (!connected) {
      handshakeBytes += result.bytesConsumed();
      if (handshakeBytes > MOST_HANDSHAKE_BYTES) {
        throw new SSLException("the handshake is longer than " + MOST_HANDSHAKE_BYTES + " bytes");
      }
    } else if (result.bytesProduced() > 0) {
      emptyRecords = Math.min(MOST_EMPTY_RECORDS, emptyRecords + 1);
    } else if (result.bytesConsumed() > 0 && --emptyRecords < 0) {
      throw new SSLException("too many records without content");
    }
  }

  private boolean connectedNow() {
    if (connected || engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
      return false;
    }
    connected = !session().getProtocol().equals("NONE");
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
  private synchronized void wrapOwn() throws IOException {
    do {
      ByteBuffer out = withRoom();
      try {
        engine.wrap(NOTHING, out);
      } finally {
        pending = out.flip();
      }
    } while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP);
    flush();
  }

  /** Returns what is kept, ready to take one record more. */
  private ByteBuffer withRoom() throws IOException {
    ByteBuffer kept = pending;
    if (kept == null) {
      return TlsBuffers.take(0);
    }
    if (kept.remaining() > MOST_UNREAD) {
      throw new IOException("the peer does not read");
    }
    if (kept.capacity() - kept.remaining() >= TlsBuffers.RECORD) {
      return kept.compact();
    }
    return ByteBuffer.allocateDirect(kept.remaining() + TlsBuffers.RECORD).put(kept);
  }

  /**
   * Encrypts and sends as much as the socket takes now; what it does not take of the records that
   * are made already is kept.
   */
  synchronized void write(ByteBuffer... plain) throws IOException {
    long rest = remaining(plain);
    while (rest > 0 && flush()) {
      ByteBuffer out = TlsBuffers.take(rest);
      try {
        while (rest > 0 && out.remaining() >= TlsBuffers.RECORD) {
          if (engine.wrap(plain, out).getStatus() != SSLEngineResult.Status.OK) {
            throw new IOException("the TLS connection has been closed");
          }
          rest = remaining(plain);
        }
      } finally {
        pending = out.flip();
      }
      flush();
    }
  }

  private static long remaining(ByteBuffer[] buffers) {
    long sum = 0;
    for (ByteBuffer buffer : buffers) {
      sum += buffer.remaining();
    }
    return sum;
  }

  /** Sends what is kept; tells whether nothing is left of it. */
  synchronized boolean flush() throws IOException {
    ByteBuffer out = pending;
    if (out == null) {
      return true;
    }
    if (out.hasRemaining()) {
      int count = channel.write(out);
      events.written(count);
      sent += count;
    }
    if (out.hasRemaining()) {
      return false;
    }
    pending = null;
    TlsBuffers.give(out);
    return true;
  }

  /** Returns how many bytes the socket has taken since the last call. */
  synchronized long takeSent() {
    long count = sent;
    sent = 0;
    return count;
  }

  /** Tells whether the socket has everything. */
  synchronized boolean isFlushed() {
    return pending == null;
  }

  /** Says close_notify (RFC 8446 §6.1), or the alert that the engine has for the peer instead. */
  synchronized void close() throws IOException {
    engine.closeOutbound();
    if (!engine.isOutboundDone()) {
      wrapOwn();
    }
  }
}
