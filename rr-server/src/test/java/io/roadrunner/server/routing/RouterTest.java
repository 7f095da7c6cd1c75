package io.roadrunner.server.routing;

import static io.roadrunner.server.routing.Answers.ask;
import static io.roadrunner.server.routing.Answers.router;
import static io.roadrunner.server.routing.Answers.says;
import static io.roadrunner.server.routing.Answers.step;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Route.Execution;
import io.roadrunner.server.Routes;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {

  @Nested
  class Precedence {

    private final Router router =
        router(
            "GET /",
            "GET /users",
            "GET /users/",
            "GET /users/me",
            "GET /users/:id",
            "GET /users/:id/posts/:post",
            "GET /users/me/posts/first",
            "GET /files/*path",
            "GET /files/readme",
            "GET /*all");

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        value = {
          "/                  | GET /",
          "/users             | GET /users",
          "/users/            | GET /users/",
          "/users/me          | GET /users/me",
          "/users/42          | GET /users/:id id=42",
          "/users/42/posts/7  | GET /users/:id/posts/:post id=42 post=7",
          "/users/me/posts/7  | GET /users/:id/posts/:post id=me post=7",
          "/users/me/posts/first | GET /users/me/posts/first",
          "/users/me/         | GET /*all all=users/me/",
          "/files/            | GET /files/*path path=",
          "/files             | GET /*all all=files",
          "/files/a/b         | GET /files/*path path=a/b",
          "/files//b/         | GET /files/*path path=/b/",
          "/files/readme      | GET /files/readme",
          "/files/readme/x    | GET /files/*path path=readme/x",
          "/Users             | GET /*all all=Users",
          "//users            | GET /*all all=/users",
          "/users//posts/7    | GET /*all all=users//posts/7",
          "/%75sers           | GET /users",
          "/users/%6De        | GET /users/me",
          "/users/%C3%A9t%C3%A9 | GET /users/:id id=été",
        })
    void literalThenParameterThenRest(String path, String expected) {
      assertEquals("200 " + expected, ask(router, "GET", path));
    }

    @Test
    void theBetterMatchWithoutTheMethodGivesWay() {
      Router mixed = router("GET /users/me", "POST /users/:id", "PUT /*all");

      assertEquals("200 GET /users/me", ask(mixed, "GET", "/users/me"));
      assertEquals("200 POST /users/:id id=me", ask(mixed, "POST", "/users/me"));
      assertEquals("200 PUT /*all all=users/me", ask(mixed, "PUT", "/users/me"));
      assertEquals("200 POST /users/:id id=7", ask(mixed, "POST", "/users/7"));
      assertEquals("200 PUT /*all all=users/7", ask(mixed, "PUT", "/users/7"));
    }

    @Test
    void aParameterIsNeverEmpty() {
      assertEquals("404 Not Found", ask(router("GET /users/:id"), "GET", "/users/"));
    }

    @Test
    void eachRouteHasItsOwnNamesForTheParameters() {
      Router named = router("GET /users/:id", "PUT /users/:name", "GET /users/:id/x");

      assertEquals("200 GET /users/:id id=7", ask(named, "GET", "/users/7"));
      assertEquals("200 PUT /users/:name name=7", ask(named, "PUT", "/users/7"));
    }

    @Test
    void literalsAreWrittenUnencodedAndMatchEncoded() {
      Router plain = router("GET /été à la plage", "GET /a;b=c", "GET /v1:run");

      assertEquals(
          "200 GET /été à la plage", ask(plain, "GET", "/%C3%A9t%C3%A9%20%C3%A0%20la%20plage"));
      assertEquals(
          "200 GET /été à la plage", ask(plain, "GET", "/%c3%a9t%c3%a9%20%c3%a0%20la%20plage"));
      assertEquals("200 GET /a;b=c", ask(plain, "GET", "/a;b=c"));
      assertEquals("200 GET /a;b=c", ask(plain, "GET", "/a%3bb=c"));
      assertEquals("200 GET /v1:run", ask(plain, "GET", "/v1:run"));
    }
  }

  @Nested
  class Rfc9110Methods {

    @Test
    void s9_3_2_getAnswersHeadUnlessHeadHasItsOwn() {
      Router router = router("GET /a", "GET /b", "HEAD /b", "GET /c/:x", "HEAD /d");

      assertEquals("200 GET /a", ask(router, "HEAD", "/a"));
      assertEquals("200 HEAD /b", ask(router, "HEAD", "/b"));
      assertEquals("200 GET /c/:x x=1", ask(router, "HEAD", "/c/1"));
      assertEquals("405 [HEAD, OPTIONS] Method Not Allowed", ask(router, "GET", "/d"));
    }

    @Test
    void s9_3_7_optionsNamesTheMethods() {
      Router router = router("GET /a", "POST /a", "OPTIONS /own", "PUT /b/:x", "GET /*all");

      assertEquals("204 [GET, HEAD, OPTIONS, POST]", ask(router, "OPTIONS", "/a"));
      assertEquals("200 OPTIONS /own", ask(router, "OPTIONS", "/own"));
      assertEquals("204 [GET, HEAD, OPTIONS, PUT]", ask(router, "OPTIONS", "/b/1"));
      assertEquals("204 [GET, HEAD, OPTIONS, POST, PUT]", ask(router, "OPTIONS", "*"));
    }

    @Test
    void s9_3_7_optionsOfAnEmptyTable() {
      assertEquals("204 [OPTIONS]", ask(router(), "OPTIONS", "*"));
      assertEquals("404 Not Found", ask(router(), "OPTIONS", "/"));
      assertTrue(ask(router(), "GET", "*").startsWith("400 "));
    }

    @Test
    void s15_5_6_405NamesTheMethods() {
      Router router = router("GET /a", "POST /a", "PUT /b/:x", "DELETE /b/c");

      assertEquals(
          "405 [GET, HEAD, OPTIONS, POST] Method Not Allowed", ask(router, "DELETE", "/a"));
      assertEquals("405 [OPTIONS, PUT] Method Not Allowed", ask(router, "GET", "/b/1"));
      assertEquals("405 [DELETE, OPTIONS, PUT] Method Not Allowed", ask(router, "GET", "/b/c"));
      assertEquals("404 Not Found", ask(router, "DELETE", "/nothing"));
    }

    @Test
    void s9_1_methodsAreCaseSensitive() {
      assertEquals(
          "405 [GET, HEAD, OPTIONS] Method Not Allowed", ask(router("GET /a"), "get", "/a"));
    }
  }

  @Nested
  class Entries {

    @Test
    void middlewareStandsAroundEverythingThatIsAnswered() {
      Routes routes =
          Routes.builder()
              .add(Route.get("/a", says("a")).with(step("route1"), step("route2")))
              .get("/b/:x", says("b"))
              .build();
      Router router = Router.compile(routes, List.of(step("wide1"), step("wide2")));

      assertEquals("200 wide1(200 wide2(200 route1(200 route2(200 a))))", ask(router, "GET", "/a"));
      assertEquals("200 wide1(200 wide2(200 b x=1))", ask(router, "GET", "/b/1"));
      assertEquals("200 wide1(200 wide2(404 Not Found))", ask(router, "GET", "/c"));
      assertEquals("200 wide1(200 wide2(405 Method Not Allowed))", ask(router, "PUT", "/a"));
      assertEquals("200 wide1(200 wide2(204 ))", ask(router, "OPTIONS", "/a"));
      assertEquals("200 wide1(200 wide2(204 ))", ask(router, "OPTIONS", "*"));
      assertTrue(ask(router, "GET", "/..").startsWith("200 wide1(200 wide2(400 "));
    }

    @Test
    void ownAnswersAreInlineUnlessMiddlewareMightBlock() {
      Routes routes = Routes.builder().get("/a", says("a")).build();
      for (String path : List.of("/nothing", "/..", "*")) {
        RouteEntry bare = Router.compile(routes, List.of()).match("PUT", path).entry();
        RouteEntry wrapped = Router.compile(routes, List.of(step("x"))).match("PUT", path).entry();

        assertEquals(Execution.INLINE, bare.execution());
        assertTrue(bare.ignoresBody());
        assertEquals(Execution.VIRTUAL_THREAD, wrapped.execution());
        assertFalse(wrapped.ignoresBody());
      }
    }

    @Test
    void routesSayWhereTheyRunAndHowMuchTheyTake() {
      Routes routes =
          Routes.builder()
              .get("/default", says("a"))
              .add(Route.post("/own/:x", says("b")).inline().maxBodyBytes(7))
              .build();
      Router router = Router.compile(routes, List.of());
      RouteEntry byDefault = router.match("GET", "/default").entry();
      RouteEntry own = router.match("POST", "/own/1").entry();

      assertEquals(Execution.VIRTUAL_THREAD, byDefault.execution());
      assertEquals(100, byDefault.maxBodyBytes(100));
      assertFalse(byDefault.ignoresBody());
      assertEquals(Execution.INLINE, own.execution());
      assertEquals(7, own.maxBodyBytes(100));
      assertEquals("/own/:x", own.pattern());
    }

    @Test
    void thePatternIsKnownAlsoWhereTheMethodIsNot() {
      Router router = router("GET /a/:b", "GET /a/c");

      assertEquals("/a/:b", router.match("GET", "/a/1").entry().pattern());
      assertEquals("/a/:b", router.match("PUT", "/a/1").entry().pattern());
      assertEquals("/a/c", router.match("OPTIONS", "/a/c").entry().pattern());
      assertEquals("*", router.match("OPTIONS", "*").entry().pattern());
      assertEquals("", router.match("GET", "/nothing").entry().pattern());
      assertEquals("", router.match("GET", "/%00").entry().pattern());
    }

    @Test
    void literalPathsAreAnsweredWithoutMakingAnything() {
      Router router = router("GET /a", "POST /:x");

      for (String method : List.of("GET", "HEAD", "POST", "OPTIONS", "PUT")) {
        assertSame(router.match(method, "/a"), router.match(method, "/a"));
      }
      assertSame(router.match("GET", "/no/where"), router.match("GET", "/else/where"));
    }

    @Test
    void aHandlerGetsItsRequestAndItsAnswerComesBackAsItIs() throws Exception {
      Response response = Response.text("x");
      Routes routes = Routes.builder().get("/a", request -> response).build();

      assertSame(
          response,
          Router.compile(routes, List.of())
              .match("GET", "/a")
              .entry()
              .pipeline()
              .handle(StubRequest.of("GET", "/a")));
    }
  }
}
