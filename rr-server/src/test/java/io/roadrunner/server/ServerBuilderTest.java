package io.roadrunner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.http1.Http1Limits;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.TestServer;
import java.net.InetSocketAddress;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Options of a server: what is refused, and that each has its effect. */
class ServerBuilderTest {

  private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n";

  private static Arguments bad(String why, UnaryOperator<ServerBuilder> option) {
    return Arguments.of(why, option);
  }

  static Stream<Arguments> badOptions() {
    return Stream.of(
        bad("name must not be blank", builder -> builder.name(" ")),
        bad("port must be 0 to 65535, but is -1", builder -> builder.port(-1)),
        bad("port must be 0 to 65535, but is 65536", builder -> builder.port(65536)),
        bad("backlog must be at least 1, but is 0", builder -> builder.backlog(0)),
        bad("eventLoops must be at least 1, but is 0", builder -> builder.eventLoops(0)),
        bad("protocols must name at least one version of HTTP", ServerBuilder::protocols));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badOptions")
  @DisplayName("A value that makes no sense is refused at once, by the name of its option")
  void badOptionsAreRefused(String why, UnaryOperator<ServerBuilder> option) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> option.apply(Server.builder()));
    assertTrue(e.toString().endsWith(why), e.toString());
  }

  @Test
  @DisplayName("Without a host the server listens on all addresses")
  void allAddresses() throws Exception {
    try (Server server = Server.builder().port(0).backlog(1).eventLoops(2).start()) {
      assertTrue(
          server.address() instanceof InetSocketAddress inet
              && inet.getAddress().isAnyLocalAddress());
      assertEquals("http", server.info().name());
    }
  }

  @Test
  @DisplayName("The limits of messages are those that were given, to the line")
  void messageLimits() throws Exception {
    Http1Limits limits = Http1Limits.defaults().withMaxFieldCount(3);
    Routes.Builder routes = Routes.builder().get("/", request -> Response.text("taken"));
    try (TestServer server = TestServer.start(routes, builder -> builder.http1Limits(limits))) {
      assertEquals("taken", server.ask(GET + "A: 1\r\nB: 2\r\n\r\n").body());
      assertEquals(431, server.ask(GET + "A: 1\r\nB: 2\r\nC: 3\r\n\r\n").status());
    }
  }

  @Test
  @DisplayName("A server of HTTP/1.1 alone does not know the preface of HTTP/2")
  void http11Alone() throws Exception {
    Routes.Builder routes = Routes.builder().get("/", request -> Response.text("taken"));
    try (TestServer server =
            TestServer.start(routes, builder -> builder.protocols(HttpVersion.HTTP_1_1));
        RawClient client = server.connect()) {
      assertEquals("taken", server.ask(GET + "\r\n").body());
      assertEquals(505, client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").answer().status());
    }
  }

  @Test
  @DisplayName("A thread that is interrupted closes the server, and stays interrupted")
  void closeOfInterruptedThread() throws Exception {
    try (TestServer server = TestServer.start(Routes.builder());
        RawClient client = server.connect()) {
      Thread.currentThread().interrupt();
      server.server().close();
      assertTrue(Thread.interrupted());
      client.expectEnd();
    }
  }

  @Test
  @DisplayName("Certificates cannot be exchanged where there are none")
  void noTlsToReload() throws Exception {
    TlsConfig tls = TlsConfig.selfSigned("localhost");
    try (TestServer server = TestServer.start(Routes.builder())) {
      assertThrows(IllegalStateException.class, () -> server.server().reloadTls(tls));
    }
  }
}
