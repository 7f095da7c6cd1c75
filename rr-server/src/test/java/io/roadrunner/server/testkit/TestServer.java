package io.roadrunner.server.testkit;

import io.roadrunner.server.Routes;
import io.roadrunner.server.Server;
import io.roadrunner.server.ServerBuilder;
import io.roadrunner.server.ServerLimits;
import java.io.IOException;
import java.util.function.Consumer;

/** A server on a free port of the loopback address, for the time of one test. */
public final class TestServer implements AutoCloseable {

  private final Server server;

  private TestServer(Server server) {
    this.server = server;
  }

  /** Starts a server with those routes and default limits. */
  public static TestServer start(Routes.Builder routes) throws IOException {
    return start(routes, ServerLimits.defaults());
  }

  /** Starts a server with those routes and limits. */
  public static TestServer start(Routes.Builder routes, ServerLimits limits) throws IOException {
    return start(routes, builder -> builder.limits(limits));
  }

  /** Starts a server with those routes and further options. */
  public static TestServer start(Routes.Builder routes, Consumer<ServerBuilder> options)
      throws IOException {
    ServerBuilder builder =
        Server.builder().name("test").host("127.0.0.1").port(0).routes(routes.build());
    options.accept(builder);
    return new TestServer(builder.start());
  }

  /** Returns the server itself. */
  public Server server() {
    return server;
  }

  /** Returns its port. */
  public int port() {
    return server.port();
  }

  /** Connects to it. */
  public RawClient connect() throws IOException {
    return RawClient.connect(server.address());
  }

  /** Connects, sends a request, and returns its answer. */
  public Answer ask(String request) throws IOException {
    try (RawClient client = connect()) {
      return client.send(request).answer(request.substring(0, request.indexOf(' ')));
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
