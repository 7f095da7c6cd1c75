package io.roadrunner.server.routing;

import static io.roadrunner.server.routing.Answers.ask;
import static io.roadrunner.server.routing.Answers.says;
import static io.roadrunner.server.routing.Answers.step;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.PathParams;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {

  @Test
  void everyShorthandIsItsMethod() {
    Router router =
        Router.compile(
            Routes.builder()
                .get("/a", says("get"))
                .head("/a", says("head"))
                .post("/a", says("post"))
                .put("/a", says("put"))
                .patch("/a", says("patch"))
                .delete("/a", says("delete"))
                .options("/a", says("options"))
                .build(),
            List.of());

    for (String method : List.of("get", "head", "post", "put", "patch", "delete", "options")) {
      assertEquals("200 " + method, ask(router, method.toUpperCase(java.util.Locale.ROOT), "/a"));
    }
  }

  @Test
  void groupsNestPrefixesAndMiddleware() {
    Routes routes =
        Routes.builder()
            .group(
                "/api",
                List.of(step("outer")),
                api ->
                    api.get("/", says("index"))
                        .group(
                            "/users/:id",
                            List.of(step("inner")),
                            users ->
                                users.add(
                                    Route.get("/posts", says("posts"))
                                        .with(step("own"))
                                        .inline()
                                        .named("posts")
                                        .maxBodyBytes(5))))
            .group("", List.of(step("only")), group -> group.get("/plain", says("plain")))
            .get("/free", says("free"))
            .build();
    Router router = Router.compile(routes, List.of());

    assertEquals("200 outer(200 index)", ask(router, "GET", "/api/"));
    assertEquals("404 Not Found", ask(router, "GET", "/api"));
    assertEquals(
        "200 outer(200 inner(200 own(200 posts id=7)))", ask(router, "GET", "/api/users/7/posts"));
    assertEquals("200 only(200 plain)", ask(router, "GET", "/plain"));
    assertEquals("200 free", ask(router, "GET", "/free"));
    Route posts = routes.all().get(1);
    assertEquals("/api/users/:id/posts", posts.pattern());
    assertEquals(Route.Execution.INLINE, posts.execution());
    assertEquals(Optional.of("posts"), posts.name());
    assertEquals(OptionalLong.of(5), posts.maxBodyBytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "api", "/api/", "//"})
  void prefixesBeginWithASlashAndEndWithoutOne(String prefix) {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> Routes.builder().group(prefix, group -> {}))
            .getMessage();

    assertTrue(String.valueOf(message).contains("\"" + prefix + "\""), message);
  }

  @ParameterizedTest
  @CsvSource({"/a,/a", "/:a,/:b", "/a/*x,/a/*y", "/a/:x/b,/a/:y/b"})
  void twoRoutesForTheSamePathsAreAMistake(String first, String second) {
    Routes.Builder routes = Routes.builder().get(first, says("first")).get(second, says("second"));

    assertEquals(
        "GET has two routes for the same paths: \"%s\" and \"%s\"".formatted(first, second),
        assertThrows(IllegalArgumentException.class, routes::build).getMessage());
  }

  @ParameterizedTest
  @CsvSource({"/a,/a/", "/a,/A", "/a,/:a", "/:a,/*a", "/a//b,/a/b"})
  void patternsThatDifferAreTwo(String first, String second) {
    Routes routes = Routes.builder().get(first, says("first")).get(second, says("second")).build();

    assertEquals(2, routes.all().size());
  }

  @Test
  void namesAreUniqueAndNotEmpty() {
    Routes.Builder routes =
        Routes.builder()
            .add(Route.get("/a", says("a")).named("x"))
            .add(Route.get("/b", says("b")).named("x"));

    assertEquals(
        "two routes are named \"x\": \"/a\" and \"/b\"",
        assertThrows(IllegalArgumentException.class, routes::build).getMessage());
    assertThrows(IllegalArgumentException.class, () -> Route.get("/a", says("a")).named(""));
  }

  @Test
  void bodyLimitsAreNotNegative() {
    Route route = Route.get("/a", says("a"));

    assertThrows(IllegalArgumentException.class, () -> route.maxBodyBytes(-1));
  }

  @Test
  void pathParamsAnswerByName() {
    PathParams params = new PathParams(List.of("a", "b"), List.of("1", "2"));

    assertEquals("2", params.get("b"));
    assertEquals(
        "the route has no parameter \"c\", only [a, b]",
        assertThrows(IllegalArgumentException.class, () -> params.get("c")).getMessage());
    assertThrows(IllegalArgumentException.class, () -> new PathParams(List.of("a"), List.of()));
    assertEquals(List.of(), PathParams.none().names());
  }
}
