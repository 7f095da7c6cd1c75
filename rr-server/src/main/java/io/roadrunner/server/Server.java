package io.roadrunner.server;

import io.roadrunner.server.net.Listener;
import io.roadrunner.server.net.ListenerConfig;
import io.roadrunner.server.pipeline.Dispatcher;
import io.roadrunner.server.pipeline.RequestReports;
import io.roadrunner.server.routing.Router;
import io.roadrunner.telemetry.DrainEvent;
import io.roadrunner.telemetry.ServerMetrics;
import io.roadrunner.telemetry.Telemetry;
import io.roadrunner.telemetry.Writers;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A running server: one bound address, its event loops and its routes. A process may run several.
 *
 * <pre>{@code
 * Server server =
 *     Server.builder()
 *         .port(8080)
 *         .routes(Routes.builder().get("/hello", request -> Response.text("Hello")).build())
 *         .start();
 * }</pre>
 *
 * <p>All methods may be called from any thread.
 */
public final class Server implements AutoCloseable {

  private final ServerConfig config;
  private final ServerMetrics metrics = ServerMetrics.create();
  private final Dispatcher dispatcher;
  private final Listener listener;
  private final long startedNanos = System.nanoTime();
  private final AtomicReference<ServerInfo.Status> status =
      new AtomicReference<>(ServerInfo.Status.SERVING);

  private Server(ServerConfig config) throws IOException {
    this.config = config;
    RequestReports reports =
        new RequestReports(config.name(), metrics.newRecorder(Writers.MANY), config.telemetry());
    dispatcher =
        new Dispatcher(
            Router.compile(config.routes(), config.middleware()),
            config.limits().maxConcurrentRequests(),
            config.limits().maxBodyBytes(),
            reports);
    listener =
        Listener.start(
            new ListenerConfig(
                config.name(),
                config.address(),
                config.backlog(),
                config.loops(),
                config.limits().tickMillis(),
                config.limits(),
                config.tls().map(tls -> TlsSetup.load(tls, Protocols.names(config)))),
            Protocols.of(config, dispatcher),
            reports);
  }

  /** {@return a builder with defaults for everything} */
  public static ServerBuilder builder() {
    return new ServerBuilder();
  }

  static Server start(ServerConfig config) throws IOException {
    try {
      return new Server(config);
    } catch (BindException e) {
      BindException clear =
          new BindException("cannot listen on " + config.address() + ": " + e.getMessage());
      clear.initCause(e);
      throw clear;
    }
  }

  /** {@return the port that was bound, 0 for a Unix-domain socket} */
  public int port() {
    return listener.local() instanceof InetSocketAddress inet ? inet.getPort() : 0;
  }

  /** {@return the address that was bound} */
  public SocketAddress address() {
    return listener.local();
  }

  /** {@return what the server does at the moment} */
  public ServerInfo info() {
    return new ServerInfo(
        config.name(),
        listener.local(),
        status.get(),
        Duration.ofNanos(System.nanoTime() - startedNanos),
        listener.openConnections(),
        dispatcher.running(),
        metrics.snapshot());
  }

  /**
   * Exchanges all routes at once. Requests whose head has arrived keep the old ones.
   *
   * @param routes the new routes
   * @throws IllegalArgumentException if they contradict each other; the old ones stay then
   */
  public void reload(Routes routes) {
    dispatcher.reload(Router.compile(routes, config.middleware()));
  }

  /**
   * Exchanges certificates and everything else of TLS for new connections, and reads the files for
   * that. Those that are open go on as they began.
   *
   * @param tls the new configuration
   * @throws IllegalArgumentException if its certificates or keys cannot be used; the old ones stay
   * @throws IllegalStateException if the server speaks clear text
   */
  public void reloadTls(TlsConfig tls) {
    if (config.tls().isEmpty()) {
      throw new IllegalStateException("the server was started without TLS");
    }
    listener.tls(TlsSetup.load(tls, Protocols.names(config)));
  }

  /**
   * Ends gracefully: takes what the backlog holds, stops accepting, lets requests in flight finish
   * with {@code connection: close}, closes connections as they fall silent, and returns as soon as
   * none is left.
   *
   * @param deadline what is still open then is closed hard
   * @return how it went; a drain of a server that has ended returns at once
   * @throws InterruptedException if the calling thread is interrupted; the server is closed then
   */
  public DrainReport drain(Duration deadline) throws InterruptedException {
    if (!status.compareAndSet(ServerInfo.Status.SERVING, ServerInfo.Status.DRAINING)) {
      return new DrainReport(Duration.ZERO, 0);
    }
    Telemetry telemetry = config.telemetry();
    long begin = System.nanoTime();
    if (telemetry.active()) {
      telemetry.publish(
          new DrainEvent.DrainStarted(
              System.currentTimeMillis(),
              config.name(),
              listener.openConnections(),
              deadline.toNanos()));
    }
    int stragglers = drainListener(deadline);
    status.set(ServerInfo.Status.CLOSED);
    long took = System.nanoTime() - begin;
    if (telemetry.active()) {
      telemetry.publish(
          new DrainEvent.DrainFinished(
              System.currentTimeMillis(), config.name(), took, stragglers));
    }
    return new DrainReport(Duration.ofNanos(took), stragglers);
  }

  private int drainListener(Duration deadline) throws InterruptedException {
    try {
      return listener.drain(deadline);
    } catch (InterruptedException e) {
      close();
      throw e;
    }
  }

  /** Ends at once: closes all connections, whatever they do. */
  @Override
  public void close() {
    if (status.getAndSet(ServerInfo.Status.CLOSED) == ServerInfo.Status.CLOSED) {
      return;
    }
    try {
      listener.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
