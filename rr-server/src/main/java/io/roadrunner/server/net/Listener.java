package io.roadrunner.server.net;

import io.roadrunner.server.ServerLimits;
import io.roadrunner.telemetry.CloseReason;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bound address, its event loops and its connections, from start to drain to close. */
public final class Listener {

  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

  private static final long DRAIN_TICK_MILLIS = 10;

  private final ListenerConfig config;
  private final ProtocolFactory protocols;
  private final ConnectionEvents events;
  private final List<EventLoop> loops = new ArrayList<>();
  private final List<LoopDriver> drivers = new ArrayList<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicBoolean bound = new AtomicBoolean(true);
  private final Handshakes handshakes;
  private final ServerSocketChannel channel;
  private final SocketAddress local;
  private final Acceptor acceptor;
  private volatile Optional<TlsSettings> tls;
  private volatile boolean draining;
  private long accepted;

  private Listener(
      ListenerConfig config,
      ProtocolFactory protocols,
      ConnectionEvents events,
      UnaryOperator<Acceptor.Source> source)
      throws IOException {
    this.config = config;
    this.tls = config.tls();
    this.handshakes = new Handshakes(config.name());
    tls.ifPresent(settings -> handshakes.threads(settings.handshakeThreads()));
    this.protocols = protocols;
    this.events = events;
    channel = bind(config);
    local = channel.getLocalAddress();
    acceptor = new Acceptor(channel, source.apply(channel::accept), this);
  }

  /**
   * Binds the address and serves it.
   *
   * @throws IOException if the address cannot be bound
   */
  public static Listener start(
      ListenerConfig config, ProtocolFactory protocols, ConnectionEvents events)
      throws IOException {
    return start(config, protocols, events, UnaryOperator.identity());
  }

  /** As above, with something between the listening socket and its acceptor. */
  static Listener start(
      ListenerConfig config,
      ProtocolFactory protocols,
      ConnectionEvents events,
      UnaryOperator<Acceptor.Source> source)
      throws IOException {
    Listener listener = new Listener(config, protocols, events, source);
    for (int i = 0; i < config.loops(); i++) {
      EventLoop loop = new EventLoop(config.tickMillis());
      listener.loops.add(loop);
      listener.drivers.add(new LoopDriver(loop, config.name() + "-loop-" + i));
    }
    listener.acceptor.register(listener.loops.getFirst());
    listener.drivers.forEach(LoopDriver::start);
    return listener;
  }

  private static ServerSocketChannel bind(ListenerConfig config) throws IOException {
    boolean unix = config.address() instanceof UnixDomainSocketAddress;
    ServerSocketChannel channel =
        unix ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open();
    try {
      if (!unix) {
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      }
      channel.bind(config.address(), config.backlog());
      channel.configureBlocking(false);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** A connection was accepted; on the first loop. */
  void accepted(SocketChannel socket) throws IOException {
    if (open.get() >= config.limits().maxConnections()) {
      events.refused();
      socket.close();
      return;
    }
    open.incrementAndGet();
    accepted++;
    EventLoop loop = loops.get((int) (accepted % loops.size()));
    Connection connection = new Connection(socket, loop, this, accepted);
    if (loops.size() == 1) {
      adopt(connection);
    } else {
      loop.execute(() -> adopt(connection));
    }
  }

  private void adopt(Connection connection) {
    events.accepted(connection);
    if (connection.loop().closed()) {
      connection.close(CloseReason.SERVER_CLOSED);
      return;
    }
    try {
      SocketChannel socket = connection.channel();
      socket.configureBlocking(false);
      if (!(config.address() instanceof UnixDomainSocketAddress)) {
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      }
      connection.register();
    } catch (IOException e) {
      connection.close(CloseReason.PEER_GONE);
    } catch (Throwable e) {
      connection.broken(e);
    }
  }

  /** A connection has been closed; on any thread. */
  void closed() {
    open.decrementAndGet();
  }

  /**
   * Stops accepting, lets what is in flight finish, closes what is idle.
   *
   * @return how many connections were still open at the deadline and were closed hard
   */
  public int drain(Duration deadline) throws InterruptedException {
    long end = System.nanoTime() + deadline.toNanos();
    stopAccepting();
    draining = true;
    for (EventLoop loop : loops) {
      loop.execute(
          () -> {
            long now = System.nanoTime();
            loop.drainUntil(end, DRAIN_TICK_MILLIS);
            loop.forEachConnection(connection -> connection.drain(now));
          });
    }
    while (open.get() > 0 && System.nanoTime() - end < 0) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
    int stragglers = open.get();
    close();
    return stragglers;
  }

  private void stopAccepting() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    loops
        .getFirst()
        .execute(
            () -> {
              acceptor.finish();
              // The key is gone, and the port free, only after the next selection.
              loops.getFirst().execute(done::countDown);
            });
    while (!done.await(10, TimeUnit.MILLISECONDS) && !loops.getFirst().closed()) {
      loops.getFirst().wakeup();
    }
    unbind();
  }

  /** Closes everything at once and waits for the loops to end. */
  public void close() throws InterruptedException {
    for (EventLoop loop : loops) {
      loop.execute(
          () -> {
            loop.forEachConnection(connection -> connection.close(CloseReason.SERVER_CLOSED));
            loop.close();
          });
    }
    unbind();
    for (LoopDriver driver : drivers) {
      driver.join();
    }
    handshakes.close();
  }

  /** Gives the address back, once: a successor may have it from then on. */
  private void unbind() {
    if (!bound.getAndSet(false)) {
      return;
    }
    try {
      channel.close();
      if (local instanceof UnixDomainSocketAddress unix) {
        Files.deleteIfExists(unix.getPath());
      }
    } catch (IOException e) {
      LOG.warn("{}: the listening socket did not close", name(), e);
    }
  }

  /** Returns the bound address. */
  public SocketAddress local() {
    return local;
  }

  /** Returns how many connections are open. */
  public int openConnections() {
    return open.get();
  }

  /** Tells whether a drain has begun. */
  public boolean draining() {
    return draining;
  }

  String name() {
    return config.name();
  }

  ProtocolFactory protocols() {
    return protocols;
  }

  Optional<TlsSettings> tls() {
    return tls;
  }

  /** Changes what new connections are shown; those that are open go on as they began. */
  public void tls(TlsSettings settings) {
    handshakes.threads(settings.handshakeThreads());
    tls = Optional.of(settings);
  }

  Handshakes handshakes() {
    return handshakes;
  }

  ServerLimits limits() {
    return config.limits();
  }

  ConnectionEvents events() {
    return events;
  }
}
