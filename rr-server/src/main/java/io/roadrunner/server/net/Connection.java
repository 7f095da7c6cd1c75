package io.roadrunner.server.net;

import io.roadrunner.telemetry.CloseReason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket, and the baton: at any time either the event loop or one other thread, the owner, may
 * touch protocol state and write. The loop alone reads the socket.
 *
 * <pre>
 *   LOOP --handOver--> OWNED --something arrived--> OWNED_MORE
 *     ^                  |                              |
 *     +----- release ----+ <---------- absorb ----------+
 * </pre>
 */
public final class Connection implements Pollable {

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final VarHandle BATON;
  private static final VarHandle OPEN;

  /** The JDK copies a heap buffer into a direct one of the same size for each write. */
  private static final int LARGEST_WRITE = 128 << 10;

  private static final int LOOP = 0;
  private static final int OWNED = 1;
  private static final int OWNED_MORE = 2;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      BATON = lookup.findVarHandle(Connection.class, "baton", int.class);
      OPEN = lookup.findVarHandle(Connection.class, "open", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final SocketChannel channel;
  private final EventLoop loop;
  private final Listener listener;
  private final long number;
  private final long acceptedAtNanos;
  private final InputBuffer input = new InputBuffer();
  private final Inbound inbound = new Inbound();
  private @Nullable SelectionKey key;
  private @Nullable Protocol protocol;
  private @Nullable String threadName;
  private long served;
  private volatile int baton = LOOP;
  private volatile boolean open = true;
  private volatile @Nullable Thread blockedWriter;

  Connection(SocketChannel channel, EventLoop loop, Listener listener, long number) {
    this.channel = channel;
    this.loop = loop;
    this.listener = listener;
    this.number = number;
    this.acceptedAtNanos = System.nanoTime();
  }

  void register(ProtocolFactory protocols) throws IOException {
    protocol = protocols.create(this);
    key = loop.register(channel, SelectionKey.OP_READ, this);
  }

  // The loop's side.

  @Override
  public void ready(int readyOps) {
    if ((readyOps & SelectionKey.OP_WRITE) != 0) {
      key().interestOpsAnd(~SelectionKey.OP_WRITE);
      LockSupport.unpark(blockedWriter);
    }
    if ((readyOps & SelectionKey.OP_READ) != 0) {
      read();
    }
  }

  private void read() {
    boolean mine = baton == LOOP;
    ByteBuffer bytes = loop.readBuffer().clear();
    if (!mine) {
      int room = listener.limits().inboundBufferBytes() - inbound.size();
      if (room <= 0) {
        pauseReading();
        return;
      }
      bytes.limit(Math.min(room, bytes.capacity()));
    }
    int count;
    try {
      count = channel.read(bytes);
    } catch (IOException e) {
      reset();
      return;
    }
    if (count > 0) {
      listener.events().read(count);
      bytes.flip();
      if (mine) {
        deliver(bytes);
      } else {
        inbound.offer(bytes);
        notifyOwner();
      }
    } else if (count < 0) {
      key().interestOpsAnd(~SelectionKey.OP_READ);
      inbound.finish(Inbound.End.ENDED);
      notifyOwner();
    }
  }

  private void pauseReading() {
    inbound.pause();
    key().interestOpsAnd(~SelectionKey.OP_READ);
    // The owner may have taken everything just before the pause was noted.
    if (inbound.size() < listener.limits().inboundBufferBytes()) {
      key().interestOpsOr(SelectionKey.OP_READ);
    }
  }

  private void deliver(ByteBuffer bytes) {
    if (input.isEmpty()) {
      ByteBuffer heap = loop.heapBuffer().clear();
      heap.put(bytes).flip();
      if (protocol().received(heap) == Protocol.Flow.STAYS_ON_LOOP && heap.hasRemaining()) {
        input.append(heap);
      }
    } else {
      input.append(bytes);
      if (protocol().received(input.bytes()) == Protocol.Flow.STAYS_ON_LOOP) {
        input.releaseIfEmpty();
      }
    }
  }

  private void reset() {
    inbound.finish(Inbound.End.RESET);
    protocol().gone();
    LockSupport.unpark(blockedWriter);
    if (baton == LOOP) {
      close(CloseReason.PEER_GONE);
    } else {
      key().interestOps(0);
      notifyOwner();
    }
  }

  /** Something for the owner has arrived; if nobody owns the connection any more, the loop does. */
  private void notifyOwner() {
    int holder = baton;
    while (holder != LOOP) {
      if (holder == OWNED_MORE || BATON.compareAndSet(this, OWNED, OWNED_MORE)) {
        return;
      }
      holder = baton;
    }
    takeArrived();
    if (!input.isEmpty() && protocol().received(input.bytes()) == Protocol.Flow.LEFT_LOOP) {
      return;
    }
    input.releaseIfEmpty();
    switch (inbound.end()) {
      case OPEN -> {}
      case ENDED -> protocol().ended();
      case RESET -> close(CloseReason.PEER_GONE);
    }
  }

  @Override
  public void tick(long nowNanos) {
    protocol().tick(nowNanos);
  }

  /** The listener drains; on the loop. An owner sees it when it has answered. */
  void drain(long nowNanos) {
    if (baton == LOOP) {
      protocol().drain(nowNanos);
    }
  }

  @Override
  public void broken(Throwable cause) {
    LOG.error("{}: a fault of the server ended the connection", threadName(), cause);
    close(CloseReason.HANDLER_FAILED);
  }

  /** Tells whether the loop owns the connection; asked on the loop only. */
  public boolean onLoop() {
    return baton == LOOP;
  }

  /**
   * Gives the connection to the virtual thread that will run {@link Protocol#run()}; on the loop
   * only, as its last act with the connection.
   *
   * @param rest unread bytes, which the owner finds in {@link #input()}
   */
  public Protocol.Flow handOver(ByteBuffer rest) {
    if (!isInput(rest) && rest.hasRemaining()) {
      input.append(rest);
    }
    BATON.setVolatile(this, OWNED);
    loop.startSoon(this);
    return Protocol.Flow.LEFT_LOOP;
  }

  @SuppressWarnings("ReferenceEquality") // Equal bytes in another buffer are other bytes.
  private boolean isInput(ByteBuffer buffer) {
    return buffer == input.bytes();
  }

  // The owner's side.

  /** Returns the unread bytes; for the owner. */
  public ByteBuffer input() {
    return input.bytes();
  }

  /** Gives the connection back to the loop; false if something has arrived meanwhile. */
  public boolean release() {
    input.releaseIfEmpty();
    return BATON.compareAndSet(this, OWNED, LOOP);
  }

  /** How an owner's waiting for bytes ended. */
  public enum Arrival {
    /** There are more bytes in {@link #input()}. */
    BYTES,
    /** Nothing new. */
    NOTHING,
    /** The peer has sent its last byte. */
    ENDED,
    /** The peer has reset the connection. */
    RESET
  }

  /** Takes what has arrived since the owner last looked. */
  public Arrival absorb() {
    BATON.setVolatile(this, OWNED);
    int before = input.size();
    takeArrived();
    if (input.size() > before) {
      return Arrival.BYTES;
    }
    return switch (inbound.end()) {
      case OPEN -> Arrival.NOTHING;
      case ENDED -> Arrival.ENDED;
      case RESET -> Arrival.RESET;
    };
  }

  private void takeArrived() {
    if (inbound.moveTo(input)) {
      key().interestOpsOr(SelectionKey.OP_READ);
      loop.wakeup();
    }
  }

  /**
   * Waits until something arrives; on a virtual thread.
   *
   * @param pace judges the peer
   * @throws SlowPeerException when its credit is spent
   */
  public Arrival await(PeerPace pace) throws IOException {
    while (true) {
      int before = input.size();
      Arrival arrival = absorb();
      pace.moved(input.size() - before);
      if (arrival != Arrival.NOTHING) {
        return arrival;
      }
      if (pace.creditNanos() <= 0) {
        throw new SlowPeerException("the peer sends too slowly");
      }
      if (!open) {
        return Arrival.RESET;
      }
      if (!inbound.readyOrWait(Thread.currentThread())) {
        parkFor(pace);
      }
    }
  }

  private void parkFor(PeerPace pace) throws IOException {
    long before = System.nanoTime();
    LockSupport.parkNanos(this, pace.creditNanos());
    pace.waited(System.nanoTime() - before);
    if (Thread.interrupted()) {
      throw new InterruptedIOException("interrupted while waiting for the peer");
    }
  }

  /**
   * Writes as much as the socket takes now.
   *
   * @return the number of bytes
   */
  public int write(ByteBuffer bytes) throws IOException {
    int count = channel.write(bytes);
    listener.events().written(count);
    return count;
  }

  /**
   * Writes everything, waiting for the peer where the socket is full; on a virtual thread.
   *
   * @throws SlowPeerException when the peer's credit is spent
   */
  public void writeFully(ByteBuffer bytes, PeerPace pace) throws IOException {
    while (true) {
      int count = write(bytes);
      pace.moved(count);
      if (!bytes.hasRemaining()) {
        return;
      }
      awaitWritable(pace);
    }
  }

  /**
   * Writes two buffers, as far as possible with one system call; on a virtual thread.
   *
   * @throws SlowPeerException when the peer's credit is spent
   */
  public void writeFully(ByteBuffer head, ByteBuffer body, PeerPace pace) throws IOException {
    int end = body.limit();
    body.limit(Math.min(end, body.position() + LARGEST_WRITE));
    long count = channel.write(new ByteBuffer[] {head, body});
    listener.events().written(count);
    pace.moved(count);
    body.limit(end);
    if (head.hasRemaining()) {
      writeFully(head, pace);
    }
    while (body.hasRemaining()) {
      body.limit(Math.min(end, body.position() + LARGEST_WRITE));
      writeFully(body, pace);
      body.limit(end);
    }
  }

  /**
   * Waits until the socket may take more; on a virtual thread.
   *
   * @throws SlowPeerException when the peer's credit is spent
   */
  public void awaitWritable(PeerPace pace) throws IOException {
    if (pace.creditNanos() <= 0) {
      throw new SlowPeerException("the peer reads too slowly");
    }
    blockedWriter = Thread.currentThread();
    try {
      SelectionKey k = key();
      if (open && inbound.end() != Inbound.End.RESET && k.isValid()) {
        k.interestOpsOr(SelectionKey.OP_WRITE);
        loop.wakeup();
        parkFor(pace);
      }
    } finally {
      blockedWriter = null;
    }
    if (!open || inbound.end() == Inbound.End.RESET) {
      throw new IOException("the peer has gone away");
    }
  }

  /**
   * Sends a part of a file, as much as the socket takes now.
   *
   * @return the number of bytes, 0 if the socket is full or the file is at its end
   */
  public long transferFrom(FileChannel file, long position, long count) throws IOException {
    long moved = file.transferTo(position, count, channel);
    listener.events().written(moved);
    return moved;
  }

  SocketChannel channel() {
    return channel;
  }

  // Anybody's side.

  /** Sends the end of this side's bytes. */
  public void shutdownOutput() {
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      LOG.trace("the peer was gone before the end could be sent");
    }
  }

  /**
   * Closes the socket, once, and reports why.
   *
   * @param reason the reason of whoever comes first
   */
  public void close(CloseReason reason) {
    if (!OPEN.compareAndSet(this, true, false)) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      LOG.trace("the socket was gone before it was closed");
    }
    // A registered socket is really closed by the next selection.
    loop.wakeup();
    listener.closed();
    listener.events().closed(this, reason);
  }

  /** Tells whether nobody has closed the socket on this side. */
  public boolean isOpen() {
    return open;
  }

  /** Tells whether the listener wants this connection to end after what is in flight. */
  public boolean draining() {
    return listener.draining();
  }

  /** Counts one more request; for whoever owns the connection. Returns the new count. */
  public long countRequest() {
    return ++served;
  }

  /** Returns how many requests have come so far. */
  public long served() {
    return served;
  }

  /** Returns the loop of this connection. */
  public EventLoop loop() {
    return loop;
  }

  /** Returns the number of this connection, unique in its listener, from 1. */
  public long number() {
    return number;
  }

  /** Returns the time of accept, as of {@link System#nanoTime()}. */
  public long acceptedAtNanos() {
    return acceptedAtNanos;
  }

  /** Returns the name for threads that work for this connection: listener, role, peer. */
  public String threadName() {
    String name = threadName;
    if (name == null) {
      name = listener.name() + "-handler " + Addresses.text(peer());
      threadName = name;
    }
    return name;
  }

  /** Returns the peer's address. */
  public SocketAddress peer() {
    return Addresses.remote(channel);
  }

  /** Returns this side's address. */
  public SocketAddress local() {
    return Addresses.local(channel);
  }

  Protocol protocol() {
    return Objects.requireNonNull(protocol);
  }

  private SelectionKey key() {
    return Objects.requireNonNull(key);
  }
}
