package io.roadrunner.server.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.Attributes;
import io.roadrunner.server.Middleware;
import io.roadrunner.server.Request;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.TestServer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/** What handlers and middleware see of a request. */
class RequestTest {

  private static final Attributes.Key<String> TRAIL = Attributes.Key.of("trail", String.class);

  private static Routes.Builder route(boolean inline, Route route) {
    return Routes.builder().add(inline ? route.inline() : route);
  }

  private static String describe(Request request) {
    return String.join(
        "\n",
        request.method(),
        request.path(),
        request.query().orElse("none"),
        request.protocol(),
        request.scheme(),
        request.authority(),
        request.route(),
        request.param("name"),
        request.params().names().toString(),
        request.header("x-TEST").orElse(""),
        request.headers().all("x-test").toString(),
        request.headers().name(0) + "=" + request.headers().value(0),
        "" + request.headers().size(),
        "" + request.headers().contains("nothing"),
        "" + request.connected(),
        "" + request.body().length(),
        request.peer().toString(),
        request.local().toString());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("A handler sees all of the request, on whatever thread it runs")
  void handlerSeesAllOfRequest(boolean inline) throws Exception {
    Route route = Route.get("/hello/:name", request -> Response.text(describe(request)));
    try (TestServer server = TestServer.start(route(inline, route));
        RawClient client = server.connect()) {
      client.send(
          "GET /hello/w%C3%B6rld?a=%20b HTTP/1.1\r\nHost: x:1\r\nX-Test: 1\r\nx-test: 2\r\n\r\n");
      String expected =
          String.join(
              "\n",
              "GET",
              "/hello/w%C3%B6rld",
              "a=%20b",
              "HTTP/1.1",
              "http",
              "x:1",
              "/hello/:name",
              "w\u00f6rld",
              "[name]",
              "1",
              "[1, 2]",
              "Host=x:1",
              "3",
              "false",
              "true",
              "OptionalLong[0]",
              client.local().toString(),
              server.server().address().toString());
      assertEquals(expected, client.answer().text());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("E07: request ids are 16 hex digits, unique, and in the MDC while the handler runs")
  void requestIds(boolean inline) throws Exception {
    Route route = Route.get("/", r -> Response.text(r.requestId() + " " + MDC.get("request_id")));
    Set<String> ids = new HashSet<>();
    try (TestServer server = TestServer.start(route(inline, route))) {
      for (int c = 0; c < 5; c++) {
        try (RawClient client = server.connect()) {
          client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(20));
          for (int i = 0; i < 20; i++) {
            String[] both = client.answer().body().split(" ", 2);
            assertEquals(both[0], both[1]);
            assertTrue(both[0].matches("[0-9a-f]{16}"), both[0]);
            assertTrue(ids.add(both[0]));
          }
        }
      }
    }
  }

  private static Middleware step(String name) {
    return (request, next) -> {
      String before = request.attributes().get(TRAIL).orElse("");
      request.attributes().put(TRAIL, before + name);
      return next.handle(request).with("x-way-back", name);
    };
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("E07: middleware runs from the listener inwards, attributes end with their request")
  void middlewareOrder(boolean inline) throws Exception {
    Route route =
        Route.get("/", r -> Response.text(r.attributes().get(TRAIL).orElse("")))
            .with(step("c"), step("d"));
    Routes.Builder routes =
        Routes.builder()
            .group(
                "/in",
                List.of(step("b")),
                group -> group.add(inline ? at(route).inline() : at(route)));
    try (TestServer server = TestServer.start(routes, builder -> builder.use(step("a")));
        RawClient client = server.connect()) {
      for (int i = 0; i < 2; i++) {
        client.send("GET /in/here HTTP/1.1\r\nHost: x\r\n\r\n");
        var answer = client.answer();
        assertEquals("abcd", answer.body());
        assertEquals(List.of("d", "c", "b", "a"), answer.fields().all("x-way-back"));
      }
      client.send("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n");
      assertEquals("a", client.answer().header("x-way-back"));
    }
  }

  private static Route at(Route route) {
    return Route.get("/here", route.handler()).with(route.middleware().toArray(Middleware[]::new));
  }

  @Test
  @DisplayName("Middleware can answer by itself, and replace what a handler threw")
  void middlewareAnswersByItself() throws Exception {
    Middleware guard =
        (request, next) ->
            request.header("authorization").isPresent()
                ? next.handle(request)
                : Response.text("who are you?").status(401);
    Middleware mend =
        (request, next) -> {
          try {
            return next.handle(request);
          } catch (IllegalStateException e) {
            return Response.text("mended").status(503);
          }
        };
    Routes.Builder routes =
        Routes.builder()
            .add(
                Route.get(
                        "/",
                        request -> {
                          throw new IllegalStateException();
                        })
                    .with(mend));
    try (TestServer server = TestServer.start(routes, builder -> builder.use(guard))) {
      assertEquals(401, server.ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n").status());
      String known = "GET / HTTP/1.1\r\nHost: x\r\nAuthorization: me\r\n\r\n";
      assertEquals("mended", server.ask(known).body());
    }
  }

  @Test
  @DisplayName(
      "E07: the names of threads tell listener, role and peer; no thread-local is inherited")
  void threadsTellTheirPeer() throws Exception {
    Routes.Builder routes =
        Routes.builder()
            .get("/", request -> Response.text(Thread.currentThread().getName()))
            .add(Route.get("/i", r -> Response.text(Thread.currentThread().getName())).inline());
    try (TestServer server = TestServer.start(routes);
        RawClient client = server.connect()) {
      String first = client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").answer().body();
      assertEquals("test-handler " + client.local().toString().substring(1), first);
      String inline = client.send("GET /i HTTP/1.1\r\nHost: x\r\n\r\n").answer().body();
      assertNotEquals(first, inline);
      assertTrue(inline.startsWith("test-loop-0"), inline);
    }
  }

  @Test
  @DisplayName("A parameter that the route does not have, and a body read twice, are mistakes")
  void mistakesOfHandlers() throws Exception {
    Routes.Builder routes =
        Routes.builder()
            .post(
                "/",
                request -> {
                  assertThrows(IllegalArgumentException.class, () -> request.param("x"));
                  request.body().bytes();
                  assertThrows(IllegalStateException.class, () -> request.body().text());
                  assertThrows(IllegalStateException.class, () -> request.body().stream());
                  return Response.text("as it should be");
                });
    try (TestServer server = TestServer.start(routes)) {
      String request = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n1";
      assertEquals("as it should be", server.ask(request).body());
    }
  }
}
