package io.roadrunner.server.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.roadrunner.server.Middleware;
import io.roadrunner.server.Request;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/** What one request leaves behind, and the next one must not find. */
class SharedStateTest {

  private static final ScopedValue<String> USER = ScopedValue.newInstance();

  private static String get(String path, String user) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + user + "\r\n";
  }

  private static Response context(Request request) {
    String found = MDC.get("user") + " " + MDC.get("tenant");
    request.header("user").ifPresent(user -> MDC.put("user", user));
    MDC.put("tenant", "t");
    return Response.text(found);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/virtual", "/inline"})
  @DisplayName("E07: what a handler puts into the logging context is gone for the next one")
  void loggingContext(String path) throws Exception {
    Routes.Builder routes =
        Routes.builder()
            .get("/virtual", SharedStateTest::context)
            .add(Route.get("/inline", SharedStateTest::context).inline());
    try (TestServer server = TestServer.start(routes);
        RawClient client = server.connect()) {
      client.send(get(path, "User: alice\r\n") + get(path, "User: bob\r\n") + get(path, ""));
      for (int i = 0; i < 3; i++) {
        assertEquals("null null", client.answer().body());
      }
      assertEquals("null null", server.ask(get(path, "")).body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/virtual", "/inline"})
  @DisplayName("E07: a scoped value that middleware binds reaches its handler, and no other")
  void scopedValues(String path) throws Exception {
    Middleware bind =
        (request, next) ->
            request.header("user").isPresent()
                ? ScopedValue.where(USER, request.header("user").get())
                    .call(() -> next.handle(request))
                : next.handle(request);
    Routes.Builder routes =
        Routes.builder()
            .get("/virtual", request -> Response.text(USER.orElse("nobody")))
            .add(Route.get("/inline", r -> Response.text(USER.orElse("nobody"))).inline());
    try (TestServer server = TestServer.start(routes, builder -> builder.use(bind));
        RawClient client = server.connect()) {
      client.send(get(path, "User: alice\r\n") + get(path, "") + get(path, "User: bob\r\n"));
      assertEquals("alice", client.answer().body());
      assertEquals("nobody", client.answer().body());
      assertEquals("bob", client.answer().body());
    }
  }

  @Test
  @DisplayName("E07: no byte of one client's body or answer reaches another client")
  void buffers() throws Exception {
    Routes.Builder routes =
        Routes.builder()
            .post("/virtual", request -> Response.bytes("a/b", request.body().bytes()))
            .post("/stream", SharedStateTest::stream)
            .add(Route.post("/inline", r -> Response.bytes("a/b", r.body().bytes())).inline());
    String[] paths = {"/virtual", "/stream", "/inline"};
    int[] sizes = {1, 700, 9_000, 40_000, 3};
    List<RawClient> clients = new ArrayList<>();
    try (TestServer server = TestServer.start(routes)) {
      for (int i = 0; i < 6; i++) {
        clients.add(server.connect());
      }
      for (int round = 0; round < 30; round++) {
        for (int i = 0; i < clients.size(); i++) {
          String body = ("" + (char) ('a' + i)).repeat(sizes[(i + round) % sizes.length]);
          // Halves, so that bodies of several clients are under way at the same time.
          String request = post(paths[(i + round) % paths.length], body);
          clients.get(i).send(request.substring(0, request.length() / 2));
        }
        for (int i = 0; i < clients.size(); i++) {
          String body = ("" + (char) ('a' + i)).repeat(sizes[(i + round) % sizes.length]);
          String request = post(paths[(i + round) % paths.length], body);
          clients.get(i).send(request.substring(request.length() / 2));
          assertEquals(body, clients.get(i).answer().body());
        }
      }
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  private static String post(String path, String body) {
    return "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(path, body.length(), body);
  }

  private static Response stream(Request request) {
    return Response.stream(
        "a/b",
        out -> {
          byte[] part = new byte[1000];
          try (var in = request.body().stream()) {
            for (int n = in.read(part); n >= 0; n = in.read(part)) {
              out.write(java.nio.ByteBuffer.wrap(part, 0, n));
            }
          }
        });
  }
}
