package io.roadrunner.server.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternTest {

  private static String complaint(String pattern) {
    return String.valueOf(
        assertThrows(
                IllegalArgumentException.class,
                () -> Route.get(pattern, request -> Response.noContent()))
            .getMessage());
  }

  @Nested
  class Parsing {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        value = {
          "a            | must begin with a slash",
          "*            | must begin with a slash",
          "/:           | has a parameter without a name: \":\"",
          "/a/*         | has a parameter without a name: \"*\"",
          "/:a-b        | has a parameter whose name is not made of letters, digits and _:"
              + " \":a-b\"",
          "/:1          | has a parameter whose name is not made of letters, digits and _: \":1\"",
          "/:a/:a       | has two parameters named \"a\"",
          "/:a/*a       | has two parameters named \"a\"",
          "/*a/b        | has something behind \"*a\", which must be the last",
          "/*a/         | has something behind \"*a\", which must be the last",
          "/a%20b       | must not hold \"%\": literals are written unencoded",
          "/a?b         | must not hold \"?\": literals are written unencoded",
          "/a#b         | must not hold \"#\": literals are written unencoded",
          "/a/../b      | can match no request: the path holds a dot segment",
          "/..;x        | can match no request: the path holds a dot segment",
          "/a\\b        | can match no request: the path holds a backslash",
          "/a\u0000b    | can match no request: the path holds a control character",
          "/a\uD800     | can match no request: the path is not UTF-8",
        })
    void mistakesAreNamed(String pattern, String expected) {
      String message = complaint(pattern);

      assertTrue(message.startsWith("the pattern \"" + pattern + "\" " + expected), message);
    }

    @Test
    void theEmptyPatternIsNone() {
      assertTrue(complaint("").contains("must begin with a slash"));
    }

    @Test
    @DisplayName("E03: patterns have no more segments than paths may have")
    void capsSegments() {
      assertEquals(256, Pattern.parse("/a".repeat(256)).parts().size());
      assertTrue(complaint("/a".repeat(257)).contains("has more than 256 segments"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GE T", "GET\r\n", "CONNECT", "é"})
    void methodsAreTokensAndNotConnect(String method) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> Route.of(method, "/a", request -> Response.noContent()));

      assertTrue(String.valueOf(e.getMessage()).contains("\"/a\" cannot have the method"));
    }

    @Test
    void otherMethodsAreFine() {
      assertEquals(
          "M-SEARCH", Route.of("M-SEARCH", "/a", request -> Response.noContent()).method());
    }
  }

  @Nested
  class Filling {

    @ParameterizedTest
    @CsvSource(
        quoteCharacter = '~',
        value = {
          "42, /users/42/x",
          "a b, /users/a%20b/x",
          "été, /users/%C3%A9t%C3%A9/x",
          "\uD83D\uDC26, /users/%F0%9F%90%A6/x",
          "100%, /users/100%25/x",
          "%2e, /users/%252e/x",
          "?#[]\"<>^`{|}, /users/%3F%23%5B%5D%22%3C%3E%5E%60%7B%7C%7D/x",
          "-._~!$&'()*+;=:@, /users/-._~!$&'()*+;=:@/x",
          "..., /users/.../x",
        })
    void encodesWhatHasToBe(String id, String expected) {
      assertEquals(expected, Pattern.parse("/users/:id/x").fill(Map.of("id", id)));
    }

    @Test
    void theRestKeepsItsSlashes() {
      Pattern pattern = Pattern.parse("/files/*path");

      assertEquals("/files/a/b%20c//d/", pattern.fill(Map.of("path", "a/b c//d/")));
      assertEquals("/files/", pattern.fill(Map.of("path", "")));
    }

    @Test
    void literalsAreEncodedToo() {
      assertEquals("/%C3%A9t%C3%A9/a", Pattern.parse("/été/a").fill(Map.of()));
      assertEquals("/", Pattern.parse("/").fill(Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        ignoreLeadingAndTrailingWhitespace = false,
        value = {
          "/:id|a/b|the path holds an encoded slash",
          "/:id|..|the path holds a dot segment",
          "/:id|.;x|the path holds a dot segment",
          "/:id|a\\b|the path holds a backslash",
          "/:id|a\rb|the path holds a control character",
          "/:id|\uDC00|the path is not UTF-8",
          "/*id|a/../b|the path holds a dot segment",
          "/*id|a/\\|the path holds a backslash",
        })
    void whatTheServerWouldRefuseIsRefusedHere(String pattern, String value, String why) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> Pattern.parse(pattern).fill(Map.of("id", value)));

      String expected = "the pattern \"" + pattern + "\" cannot carry such a \"id\": " + why;
      assertTrue(String.valueOf(e.getMessage()).startsWith(expected), e.getMessage());
    }

    @Test
    void emptyAndEndlessValuesAreRefused() {
      Pattern one = Pattern.parse("/:id");
      Pattern rest = Pattern.parse("/a/*id");

      assertThrows(IllegalArgumentException.class, () -> one.fill(Map.of("id", "")));
      assertEquals(2 + 254, rest.fill(Map.of("id", "/".repeat(254))).length() - 1);
      assertThrows(IllegalArgumentException.class, () -> rest.fill(Map.of("id", "/".repeat(255))));
    }
  }

  @Nested
  class Tables {

    private final Routes routes =
        Routes.builder()
            .add(Route.get("/", request -> Response.noContent()).named("home"))
            .group(
                "/users/:user",
                users ->
                    users.add(
                        Route.get("/posts/:post", request -> Response.noContent()).named("post")))
            .build();

    @Test
    void namesLeadToPaths() {
      assertEquals("/", routes.path("home", Map.of()));
      assertEquals("/users/a/posts/b", routes.path("post", Map.of("user", "a", "post", "b")));
    }

    @Test
    void missingUnknownAndForeignNamesAreNamed() {
      assertEquals(
          "no route is named \"nope\"",
          assertThrows(IllegalArgumentException.class, () -> routes.path("nope", Map.of()))
              .getMessage());
      for (Map<String, String> params :
          java.util.List.of(Map.of("user", "a"), Map.of("user", "a", "post", "b", "more", "c"))) {
        String message =
            assertThrows(IllegalArgumentException.class, () -> routes.path("post", params))
                .getMessage();
        assertTrue(String.valueOf(message).contains("needs the parameters [user, post]"), message);
      }
    }
  }
}
