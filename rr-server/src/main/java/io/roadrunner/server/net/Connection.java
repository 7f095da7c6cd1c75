package io.roadrunner.server.net;

import io.roadrunner.telemetry.CloseReason;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket. At any time either the event loop or one other thread, the owner, holds its {@link
 * Baton} and may touch protocol state and write. The loop alone reads the socket.
 */
public final class Connection implements Pollable, LoopTask {

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final AtomicIntegerFieldUpdater<Connection> CLOSES =
      AtomicIntegerFieldUpdater.newUpdater(Connection.class, "closes");

  private final SocketChannel channel;
  private final EventLoop loop;
  private final Listener listener;
  private final long number;
  private final long acceptedAtNanos;
  private final ReadShare share = new ReadShare();
  private final Intake in;
  private final Outbound out;
  private @Nullable SelectionKey key;
  private volatile @Nullable Protocol protocol;
  private @Nullable TlsIntake tls;
  private @Nullable String threadName;
  private long served;
  private volatile int closes;

  Connection(SocketChannel channel, EventLoop loop, Listener listener, long number) {
    this.channel = channel;
    this.loop = loop;
    this.listener = listener;
    this.number = number;
    this.acceptedAtNanos = System.nanoTime();
    this.in = new Intake(this, listener.limits().inboundBufferBytes());
    this.out = new Outbound(channel, loop, listener.events());
  }

  void register() throws IOException {
    Optional<TlsSettings> settings = listener.tls();
    if (settings.isPresent()) {
      tls = TlsIntake.begin(this, listener, settings.get());
      out.secure(tls.layer());
    } else {
      speak("");
    }
    key = loop.register(channel, SelectionKey.OP_READ, this);
  }

  /** The handshake is over, or there is none: chooses the protocol. */
  void speak(String negotiated) {
    protocol = listener.protocols().create(this, negotiated);
  }

  // The loop's side.
  @Override
  public void ready(int readyOps) {
    if ((readyOps & SelectionKey.OP_WRITE) != 0) {
      out.writable(key());
      if (protocol != null) {
        protocol.writable();
      }
    }
    if ((readyOps & SelectionKey.OP_READ) != 0) {
      read();
    }
  }

  private void read() {
    int room = in.room(share.bytes());
    if (room == 0) {
      return;
    }
    ByteBuffer bytes = loop.readBuffer().clear().limit(room);
    int count;
    try {
      count = channel.read(bytes);
    } catch (IOException e) {
      failed(CloseReason.PEER_GONE);
      return;
    }
    TlsIntake intake = tls;
    if (count > 0) {
      listener.events().read(count);
      long begin = share.begin(count);
      if (intake == null) {
        in.received(bytes.flip());
      } else {
        intake.received(bytes.flip());
      }
      share.dealtWith(count, begin);
    } else if (count < 0) {
      // RFC 9112 §9.8: also without close_notify; a message that it cuts off is an error anyway.
      ended();
    }
  }

  /** Plaintext for whoever owns the connection; on the loop. */
  void received(ByteBuffer bytes) {
    in.received(bytes);
  }

  /** The peer has sent its last byte; on the loop. */
  void ended() {
    reading(Intake.Reading.PAUSED);
    if (protocol == null) {
      close(CloseReason.TLS_HANDSHAKE_FAILED);
    } else {
      in.finish(Inbound.End.ENDED);
    }
  }

  void reading(Intake.Reading wanted) {
    if (wanted == Intake.Reading.ON) {
      key().interestOpsOr(SelectionKey.OP_READ);
    } else {
      key().interestOpsAnd(~SelectionKey.OP_READ);
    }
  }

  /** Nothing more will come from the peer, and it will not read either; on the loop. */
  void failed(CloseReason reason) {
    out.gone();
    if (protocol == null) {
      close(reason);
      return;
    }
    protocol.gone();
    if (in.onLoop()) {
      close(reason);
    } else {
      key().interestOps(0);
      in.finish(Inbound.End.RESET);
    }
  }

  @Override
  public void tick(long nowNanos) {
    if (protocol != null) {
      protocol.tick(nowNanos);
    } else if (tls != null) {
      tls.tick(nowNanos);
    }
  }

  /** The listener drains; on the loop. An owner sees it when it has answered. */
  void drain(long nowNanos) {
    if (protocol != null && in.onLoop()) {
      protocol.drain(nowNanos);
    }
  }

  @Override
  public void broken(Throwable cause) {
    LOG.error("{}: a fault of the server ended the connection", threadName(), cause);
    close(CloseReason.HANDLER_FAILED);
  }

  /** Keeps unread bytes for a new protocol, until {@link #resumeReading}; on the loop. */
  public void keep(ByteBuffer rest) {
    in.keep(rest);
  }

  /** Stops reading the socket, until {@link #resumeReading}; on the loop, which owns it. */
  public void pauseReading() {
    reading(Intake.Reading.PAUSED);
  }

  /** Delivers what is unread, and reads the socket again; on the loop, which owns it. */
  public void resumeReading() {
    reading(Intake.Reading.ON);
    in.deliverAgain();
  }

  /** Makes the loop call {@link Protocol#writable()} once the socket takes bytes; on the loop. */
  public void callWhenWritable() {
    key().interestOpsOr(SelectionKey.OP_WRITE);
  }

  /** Tells whether the loop owns the connection; asked on the loop. */
  public boolean onLoop() {
    return in.onLoop();
  }

  /**
   * Gives the connection to the virtual thread that will run {@link Protocol#run()}; on the loop
   * only, as its last act with the connection.
   *
   * @param rest unread bytes, which the owner finds in {@link #input()}
   */
  public Protocol.Flow handOver(ByteBuffer rest) {
    in.handOver(rest);
    loop.startSoon(this);
    return Protocol.Flow.LEFT_LOOP;
  }

  // The owner's side.
  @Override
  public void run() {
    try {
      protocol().run();
    } finally {
      loop.taskEnded();
    }
  }

  /** Returns the unread bytes; for the owner. */
  public ByteBuffer input() {
    return in.bytes();
  }

  /** Gives the connection back to the loop; false if something has arrived meanwhile. */
  public boolean release() {
    return in.release();
  }

  /**
   * Replaces the protocol; for the owner. Unread bytes are the new one's: the old one passes them
   * on by a call of {@link Protocol#received}, or of {@link Protocol#run} on a virtual thread.
   */
  public void switchTo(Protocol next) {
    protocol = next;
  }

  /** Takes what has arrived since the owner last looked. */
  public Arrival absorb() {
    return in.absorb();
  }

  /**
   * Waits until something arrives; on a virtual thread.
   *
   * @param pace judges the peer
   * @throws SlowPeerException when its credit is spent
   */
  public Arrival await(PeerPace pace) throws IOException {
    return in.await(pace);
  }

  /**
   * Writes as much as the socket takes now.
   *
   * @return how many bytes it has taken since the last call; over TLS, of records
   */
  public int write(ByteBuffer bytes) throws IOException {
    return out.write(bytes, key());
  }

  /** Tells whether the socket has everything that was written; TLS keeps what it has not. */
  public boolean isFlushed() {
    return out.isFlushed();
  }

  /**
   * Writes everything, waiting for the peer where the socket is full; on a virtual thread.
   *
   * @throws SlowPeerException when the peer's credit is spent
   */
  public void writeFully(ByteBuffer bytes, PeerPace pace) throws IOException {
    out.writeFully(bytes, pace, key());
  }

  /** Writes two buffers fully, as far as possible with one system call; on a virtual thread. */
  public void writeFully(ByteBuffer head, ByteBuffer body, PeerPace pace) throws IOException {
    out.writeFully(head, body, pace, key());
  }

  /**
   * Sends a part of a file, as much as the socket takes now.
   *
   * @return the number of bytes, 0 if the socket is full or the file is at its end
   */
  public long transferFrom(FileChannel file, long position, long count, PeerPace pace)
      throws IOException {
    return out.transferFrom(file, position, count, pace, key());
  }

  /** Waits until the socket may take more, as {@link #writeFully} does; on a virtual thread. */
  public void awaitWritable(PeerPace pace) throws IOException {
    out.await(pace, key());
  }

  /** Runs a task on the loop, soon; a fault in it ends this connection. Any thread. */
  public void execute(Runnable task) {
    loop.execute(this, task);
  }

  // Anybody's side.

  /** Sends the end of this side's bytes. */
  public void shutdownOutput() {
    out.shutdown(key());
  }

  /** Closes the socket, once, and reports why: the reason of whoever comes first. */
  public void close(CloseReason reason) {
    if (!CLOSES.compareAndSet(this, 0, 1)) {
      return;
    }
    try {
      if (tls != null) {
        tls.closing(reason);
      }
      channel.close();
    } catch (IOException e) {
      LOG.trace("the socket was gone before it was closed");
    }
    in.closed();
    if (protocol != null) {
      protocol.closed();
    }
    // A registered socket is really closed by the next selection.
    loop.wakeup();
    listener.closed();
    listener.events().closed(this, reason);
  }

  /** Tells whether nobody has closed the socket on this side. */
  public boolean isOpen() {
    return closes == 0;
  }

  /** Tells whether the listener wants this connection to end after what is in flight. */
  public boolean draining() {
    return listener.draining();
  }

  /** Counts one more request; for whoever owns the connection. Returns the new count. */
  public long countRequest() {
    return ++served;
  }

  /** How many have come. */
  public long served() {
    return served;
  }

  /** Returns what TLS has settled; empty on clear text. */
  public Optional<TlsPeer> tls() {
    return Optional.ofNullable(tls).flatMap(TlsIntake::peer);
  }

  /** Returns the loop of this connection. */
  public EventLoop loop() {
    return loop;
  }

  /** Returns the number of this connection in its listener, from 1. */
  public long number() {
    return number;
  }

  /** When it was accepted, as of {@link System#nanoTime()}. */
  public long acceptedAtNanos() {
    return acceptedAtNanos;
  }

  @Override
  public String threadName() {
    if (threadName == null) {
      threadName = listener.name() + "-handler " + Addresses.text(peer());
    }
    return threadName;
  }

  /** Returns the peer's address. */
  public SocketAddress peer() {
    return Addresses.remote(channel);
  }

  /** Returns this side's address. */
  public SocketAddress local() {
    return Addresses.local(channel);
  }

  SocketChannel channel() {
    return channel;
  }

  Protocol protocol() {
    return Objects.requireNonNull(protocol);
  }

  private SelectionKey key() {
    return Objects.requireNonNull(key);
  }
}
