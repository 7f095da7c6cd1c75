package io.roadrunner.server.pipeline;

import io.roadrunner.server.Attributes;
import io.roadrunner.server.Headers;
import io.roadrunner.server.PathParams;
import io.roadrunner.server.Request;
import io.roadrunner.server.RequestBody;
import io.roadrunner.server.TlsInfo;
import io.roadrunner.server.routing.Router;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The application's view of an exchange, and what the server must remember about it. */
public final class ServerRequest implements Request {

  private static final Logger LOG = LoggerFactory.getLogger(ServerRequest.class);

  private final Exchange exchange;
  private final Router.Match match;
  private final RequestIds ids;
  private final long startNanos;
  private @Nullable String requestId;
  private @Nullable Attributes attributes;
  private @Nullable List<Runnable> onDisconnect;
  private boolean started;
  private @Nullable Throwable failure;
  private volatile boolean connected = true;

  ServerRequest(Exchange exchange, Router.Match match, RequestIds ids, long startNanos) {
    this.exchange = exchange;
    this.match = match;
    this.ids = ids;
    this.startNanos = startNanos;
  }

  @Override
  public String method() {
    return exchange.method();
  }

  @Override
  public String path() {
    return exchange.path();
  }

  @Override
  public Optional<String> query() {
    return exchange.query();
  }

  @Override
  public String protocol() {
    return exchange.protocol();
  }

  @Override
  public Headers headers() {
    return exchange.headers();
  }

  @Override
  public PathParams params() {
    return match.params();
  }

  @Override
  public String route() {
    return match.entry().pattern();
  }

  @Override
  public SocketAddress peer() {
    return exchange.peer();
  }

  @Override
  public SocketAddress local() {
    return exchange.local();
  }

  @Override
  public String scheme() {
    return exchange.scheme();
  }

  @Override
  public Optional<TlsInfo> tls() {
    return exchange.tls();
  }

  @Override
  public String authority() {
    return exchange.authority();
  }

  @Override
  public String requestId() {
    String id = requestId;
    if (id == null) {
      id = ids.of(exchange.number());
      requestId = id;
    }
    return id;
  }

  @Override
  public Attributes attributes() {
    Attributes values = attributes;
    if (values == null) {
      values = new Attributes();
      attributes = values;
    }
    return values;
  }

  @Override
  public RequestBody body() {
    return exchange.body();
  }

  @Override
  public void sendInterim(int status, Headers headers) throws IOException {
    // RFC 9110 §15.2.2: 101 changes the protocol, which is not an interim answer of a handler.
    if (status < 100 || status > 199 || status == 101) {
      throw new IllegalArgumentException(
          "an interim response has a status of 100 or 102 to 199, not " + status);
    }
    exchange.sendInterim(status, headers);
  }

  @Override
  public boolean connected() {
    return connected;
  }

  @Override
  public void onDisconnect(Runnable action) {
    synchronized (this) {
      if (connected) {
        if (onDisconnect == null) {
          onDisconnect = new ArrayList<>();
        }
        onDisconnect.add(action);
        return;
      }
    }
    action.run();
  }

  /** The peer has gone; runs what waits for that. */
  public void disconnect() {
    List<Runnable> actions;
    synchronized (this) {
      connected = false;
      actions = onDisconnect == null ? List.of() : List.copyOf(onDisconnect);
      onDisconnect = null;
    }
    for (Runnable action : actions) {
      try {
        action.run();
      } catch (Throwable e) {
        LOG.error("{}: an onDisconnect action failed", requestId(), SafeThrowable.of(e));
      }
    }
  }

  /** Returns the route that was chosen, or the entry that answers for a missing one. */
  public Router.Match match() {
    return match;
  }

  void start() {
    started = true;
  }

  boolean started() {
    return started;
  }

  void fail(Throwable cause) {
    failure = cause;
  }

  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** Returns when the head had arrived, as of {@link System#nanoTime()}. */
  public long startNanos() {
    return startNanos;
  }
}
