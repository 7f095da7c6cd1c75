package io.roadrunner.server;

import io.roadrunner.http1.Http1Limits;
import io.roadrunner.http2.Http2Limits;
import io.roadrunner.telemetry.Telemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects what a server needs; {@link #start()} checks it and serves. Not thread-safe. */
public final class ServerBuilder {

  private static final int DEFAULT_BACKLOG = 1024;

  private String name = "http";
  private String host = "";
  private int port = 8080;
  private Optional<Path> unixPath = Optional.empty();
  private int backlog = DEFAULT_BACKLOG;
  private int loops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  private Routes routes = Routes.builder().build();
  private final List<Middleware> middleware = new ArrayList<>();
  private ServerLimits limits = ServerLimits.defaults();
  private Http1Limits http1 = Http1Limits.defaults();
  private Http2Limits http2 = Http2Limits.defaults();
  private Set<HttpVersion> protocols = Set.of(HttpVersion.values());
  private Telemetry telemetry = Telemetry.none();
  private Optional<TlsConfig> tls = Optional.empty();

  ServerBuilder() {}

  /**
   * Sets the name that stands in thread names, logs and telemetry; "http" by default.
   *
   * @param value a short word
   * @return this builder
   */
  public ServerBuilder name(String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("name must not be blank");
    }
    name = value;
    return this;
  }

  /**
   * Sets the local address to listen on; all addresses by default.
   *
   * @param value an IP address or a host name
   * @return this builder
   */
  public ServerBuilder host(String value) {
    host = value;
    return this;
  }

  /**
   * Sets the port; 8080 by default.
   *
   * @param value 0 to 65535; 0: any free one, see {@link Server#port()}
   * @return this builder
   */
  public ServerBuilder port(int value) {
    if (value < 0 || value > 65535) {
      throw new IllegalArgumentException("port must be 0 to 65535, but is " + value);
    }
    port = value;
    return this;
  }

  /**
   * Listens on a Unix-domain socket instead of a port.
   *
   * @param path where the socket appears; it must not exist, and is removed at the end
   * @return this builder
   */
  public ServerBuilder unixSocket(Path path) {
    unixPath = Optional.of(path);
    return this;
  }

  /**
   * Sets how many connections the operating system keeps for the server before it accepts them;
   * 1024 by default.
   *
   * @param value at least 1
   * @return this builder
   */
  public ServerBuilder backlog(int value) {
    backlog = atLeastOne("backlog", value);
    return this;
  }

  /**
   * Sets the number of event loops; half the processors, but at least one, by default, so that
   * handlers find a processor too.
   *
   * @param value at least 1
   * @return this builder
   */
  public ServerBuilder eventLoops(int value) {
    loops = atLeastOne("eventLoops", value);
    return this;
  }

  private static int atLeastOne(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + " must be at least 1, but is " + value);
    }
    return value;
  }

  /**
   * Sets the routes; none by default, so that everything is 404.
   *
   * @param value the routes
   * @return this builder
   */
  public ServerBuilder routes(Routes value) {
    routes = value;
    return this;
  }

  /**
   * Adds steps around all handlers, also around the answers 404 and 405.
   *
   * @param steps outermost first
   * @return this builder
   */
  public ServerBuilder use(Middleware... steps) {
    middleware.addAll(List.of(steps));
    return this;
  }

  /**
   * Sets the limits of the server.
   *
   * @param value the limits
   * @return this builder
   */
  public ServerBuilder limits(ServerLimits value) {
    limits = value;
    return this;
  }

  /**
   * Sets the limits of HTTP/1.1 messages.
   *
   * @param value the limits
   * @return this builder
   */
  public ServerBuilder http1Limits(Http1Limits value) {
    http1 = value;
    return this;
  }

  /**
   * Sets the limits of HTTP/2 connections.
   *
   * @param value the limits
   * @return this builder
   */
  public ServerBuilder http2Limits(Http2Limits value) {
    http2 = value;
    return this;
  }

  /**
   * Sets what is spoken on the address; HTTP/1.1 and HTTP/2 by default. On clear text the first
   * bytes of a connection decide between them (RFC 9113 §3.3), over TLS ALPN does (§3.2).
   *
   * @param values at least one
   * @return this builder
   */
  public ServerBuilder protocols(HttpVersion... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("protocols must name at least one version of HTTP");
    }
    protocols = Set.copyOf(List.of(values));
    return this;
  }

  /**
   * Sets who is told about requests and connections; nobody by default. Counters are always there,
   * see {@link Server#info()}.
   *
   * @param value stays the caller's to close
   * @return this builder
   */
  public ServerBuilder telemetry(Telemetry value) {
    telemetry = value;
    return this;
  }

  /**
   * Speaks TLS, and nothing else; clear text by default.
   *
   * @param value certificates and more
   * @return this builder
   */
  public ServerBuilder tls(TlsConfig value) {
    tls = Optional.of(value);
    return this;
  }

  /**
   * Binds the address and serves.
   *
   * @return the running server
   * @throws IOException if the address cannot be bound
   * @throws IllegalArgumentException if routes contradict each other, or certificates or keys for
   *     TLS cannot be used
   */
  public Server start() throws IOException {
    return Server.start(
        new ServerConfig(
            name,
            address(),
            backlog,
            loops,
            routes,
            List.copyOf(middleware),
            limits,
            protocols,
            http1,
            http2,
            telemetry,
            tls));
  }

  private SocketAddress address() throws IOException {
    if (unixPath.isPresent()) {
      return UnixDomainSocketAddress.of(unixPath.get());
    }
    return host.isEmpty()
        ? new InetSocketAddress(port)
        : new InetSocketAddress(InetAddress.getByName(host), port);
  }
}
