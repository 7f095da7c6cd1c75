package io.roadrunner.server.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.Server;
import io.roadrunner.server.ServerInfo;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import java.io.IOException;
import java.net.BindException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers as a whole: several in one process, other routes while serving, Unix-domain sockets. */
class ServerLifeTest {

  private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

  private static Routes.Builder saying(String text) {
    return Routes.builder().get("/", request -> Response.text(text));
  }

  @Test
  @DisplayName("Several servers in one process know nothing of each other")
  void severalServers() throws Exception {
    try (TestServer one = TestServer.start(saying("one"));
        TestServer two = TestServer.start(saying("two"), builder -> builder.eventLoops(3))) {
      assertEquals("one", one.ask(GET).body());
      for (int i = 0; i < 6; i++) {
        assertEquals("two", two.ask(GET).body());
      }
      assertEquals(1, one.server().info().metrics().requestsCompleted());
      one.server().close();
      assertEquals("two", two.ask(GET).body());
      assertThrows(IOException.class, one::connect);
    }
  }

  @Test
  @DisplayName("Routes are exchanged while serving; a request that has begun keeps its own")
  void reloadWhileServing() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch reloaded = new CountDownLatch(1);
    Routes.Builder first =
        Routes.builder()
            .get(
                "/",
                request -> {
                  begun.countDown();
                  Wait.on(reloaded);
                  return Response.text("old");
                });
    try (TestServer server = TestServer.start(first);
        RawClient client = server.connect()) {
      client.send(GET);
      Wait.on(begun);
      server.server().reload(saying("new").get("/added", r -> Response.text("added")).build());
      reloaded.countDown();
      assertEquals("old", client.answer().body());
      assertEquals("new", client.send(GET).answer().body());
      assertEquals("added", client.send(GET.replace("/ ", "/added ")).answer().body());
    }
  }

  @Test
  @DisplayName("A Unix-domain socket serves like a port, and its file is gone at the end")
  void unixDomainSocket(@TempDir Path folder) throws Exception {
    Path path = folder.resolve("socket");
    Routes.Builder routes =
        Routes.builder()
            .get("/", request -> Response.text(request.local().toString()))
            .add(Route.post("/", r -> Response.text(r.body().text())).inline());
    try (TestServer server = TestServer.start(routes, builder -> builder.unixSocket(path));
        RawClient client = server.connect()) {
      assertTrue(server.server().address() instanceof UnixDomainSocketAddress);
      assertEquals(0, server.port());
      assertEquals(path.toString(), client.send(GET).answer().body());
      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi");
      assertEquals("hi", client.answer().body());
    }
    assertFalse(Files.exists(path));
  }

  @Test
  @DisplayName("A port that is taken is refused with its address; closing frees it")
  void takenPort() throws Exception {
    try (TestServer server = TestServer.start(saying("here"))) {
      int port = server.port();
      BindException e =
          assertThrows(
              BindException.class,
              () -> TestServer.start(saying("me too"), builder -> builder.port(port)));
      assertTrue(e.toString().contains(":" + port), e.toString());
      server.server().close();
      server.server().close();
      try (TestServer next = TestServer.start(saying("next"), builder -> builder.port(port))) {
        assertEquals("next", next.ask(GET).body());
      }
    }
  }

  @Test
  @DisplayName("info() tells what the server does, up to its end")
  void info() throws Exception {
    CountDownLatch inHandler = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Routes.Builder routes =
        Routes.builder()
            .get(
                "/",
                request -> {
                  inHandler.countDown();
                  Wait.on(goOn);
                  return Response.text("x");
                });
    TestServer server = TestServer.start(routes);
    try (RawClient client = server.connect()) {
      client.send(GET);
      Wait.on(inHandler);
      ServerInfo info = server.server().info();
      assertEquals("test", info.name());
      assertEquals(server.server().address(), info.address());
      assertEquals(ServerInfo.Status.SERVING, info.status());
      assertEquals(1, info.openConnections());
      assertEquals(1, info.runningHandlers());
      assertEquals(1, info.metrics().requestsInFlight());
      assertTrue(info.uptime().compareTo(Duration.ZERO) > 0);
      goOn.countDown();
      client.answer();
    }
    server.close();
    assertEquals(ServerInfo.Status.CLOSED, server.server().info().status());
    assertEquals(0, server.server().drain(Duration.ofSeconds(1)).stragglers());
  }

  @Test
  @DisplayName("A server without routes answers 404")
  void noRoutes() throws Exception {
    try (Server server = Server.builder().host("127.0.0.1").port(0).start();
        RawClient client = RawClient.connect(server.address())) {
      assertEquals(404, client.send(GET).answer().status());
    }
  }
}
