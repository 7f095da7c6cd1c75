package io.roadrunner.server.http2;

import io.roadrunner.http2.Http2Limits;
import io.roadrunner.server.Headers;
import io.roadrunner.server.Middleware;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.ServerLimits;
import io.roadrunner.server.net.Listener;
import io.roadrunner.server.net.ListenerConfig;
import io.roadrunner.server.pipeline.Dispatcher;
import io.roadrunner.server.pipeline.RequestReports;
import io.roadrunner.server.pipeline.ServerRequest;
import io.roadrunner.server.pipeline.Tunnel;
import io.roadrunner.server.pipeline.TunnelEnd;
import io.roadrunner.server.pipeline.Upgrades;
import io.roadrunner.server.routing.Router;
import io.roadrunner.server.testkit.Wait;
import io.roadrunner.telemetry.ServerMetrics;
import io.roadrunner.telemetry.Telemetry;
import io.roadrunner.telemetry.Writers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A listener for HTTP/2 whose routes open tunnels to an {@link Echo}. */
final class TunnelServer {

  private final Echo echo = new Echo();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final CountDownLatch proceed = new CountDownLatch(1);
  private final ServerMetrics metrics = ServerMetrics.create();
  private final Listener listener;

  private TunnelServer() throws IOException {
    Middleware note =
        (request, next) -> {
          seen.add(request.method() + " " + request.path() + " " + request.protocol());
          return next.handle(request);
        };
    RequestReports reports =
        new RequestReports("tunnels", metrics.newRecorder(Writers.MANY), Telemetry.none());
    Dispatcher dispatcher =
        new Dispatcher(Router.compile(routes(), List.of(note)), 100, 1000, reports);
    ServerLimits limits = ServerLimits.defaults();
    Http2Settings settings =
        new Http2Settings(Http2Limits.defaults(), limits, dispatcher, this::upgrade);
    InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    listener =
        Listener.start(
            new ListenerConfig("tunnels", anywhere, 8, 1, 10, limits, Optional.empty()),
            (connection, alpn) -> new Http2Protocol(connection, settings),
            reports);
  }

  static TunnelServer start() throws IOException {
    return new TunnelServer();
  }

  private Routes routes() {
    Response tunnel = Response.empty(200).with("x-tunnel", "yes");
    return Routes.builder()
        .get("/ws", request -> tunnel)
        .get(
            "/later",
            request -> {
              Wait.on(proceed);
              return tunnel;
            })
        .add(Route.get("/inline", request -> tunnel).inline())
        .get("/page", request -> Response.text("no tunnel"))
        .get("/denied", request -> Response.text("not you\n").status(403))
        .build();
  }

  private Upgrades.Outcome upgrade(ServerRequest request, Response response) {
    return response.headers().contains("x-tunnel")
        ? new Upgrades.Outcome.Agreed(Headers.of("sec-websocket-protocol", "chat"), echo)
        : new Upgrades.Outcome.Declined(response);
  }

  int port() {
    return ((InetSocketAddress) listener.local()).getPort();
  }

  Echo echo() {
    return echo;
  }

  /** Returns the requests that middleware has seen. */
  List<String> seen() {
    return seen;
  }

  ServerMetrics metrics() {
    return metrics;
  }

  /** Lets /later answer. */
  void proceed() {
    proceed.countDown();
  }

  void drain() {
    try {
      listener.drain(Wait.PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void close() throws InterruptedException {
    listener.close();
  }

  /** Sends back what it gets, four bytes at a time, and notes everything. */
  static final class Echo implements TunnelEnd {

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<ByteBuffer> unsent = new ArrayList<>();
    private volatile @Nullable Tunnel tunnel;
    private volatile boolean fails;

    @Override
    public void opened(Tunnel opened) {
      tunnel = opened;
      calls.add("opened");
    }

    @Override
    public void received(ByteBuffer in) {
      if (fails) {
        throw new IllegalStateException("on purpose");
      }
      calls.add("received " + in.remaining());
      while (in.remaining() >= 4) {
        byte[] four = new byte[4];
        in.get(four);
        unsent.add(ByteBuffer.wrap(four));
      }
      writable();
    }

    @Override
    public void writable() {
      try {
        while (!unsent.isEmpty()) {
          tunnel().write(unsent.getFirst());
          if (unsent.getFirst().hasRemaining()) {
            calls.add("full");
            return;
          }
          unsent.removeFirst();
        }
      } catch (IOException e) {
        calls.add(e.getMessage());
      }
    }

    @Override
    public void ended() {
      calls.add("ended");
      tunnel().end();
    }

    @Override
    public void tick(long nowNanos) {}

    @Override
    public void drain(long nowNanos) {
      calls.add("drain");
      tunnel().end();
    }

    @Override
    public void closed() {
      calls.add("closed");
    }

    void awaitCall(String call) {
      Wait.until(call + " in " + calls, () -> calls.contains(call));
    }

    Tunnel tunnel() {
      return Objects.requireNonNull(tunnel);
    }

    /** Returns what has been called, in order. */
    List<String> calls() {
      return calls;
    }

    /** Lets what follows fail. */
    void fail() {
      fails = true;
    }
  }
}
