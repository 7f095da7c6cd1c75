package io.roadrunner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of the API, and the builder of servers, where they refuse what makes no sense. */
class ValuesTest {

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 100, 199, 600, 999})
  @DisplayName("F18: a final response has a status of 200 to 599")
  void statuses(int status) {
    assertThrows(IllegalArgumentException.class, () -> Response.empty(status));
    assertThrows(IllegalArgumentException.class, () -> Response.text("").status(status));
  }

  @Test
  void redirectsAre3xx() {
    assertThrows(IllegalArgumentException.class, () -> Response.redirect(200, "/"));
    assertThrows(IllegalArgumentException.class, () -> Response.redirect(400, "/"));
    assertThrows(IllegalArgumentException.class, () -> Response.redirect("/\r\nset-cookie: a"));
    assertEquals(Optional.of("/"), Response.redirect("/").headers().first("location"));
  }

  @Test
  void responsesAreValues() {
    byte[] bytes = {1, 2};
    Response response = Response.bytes("a/b", bytes);
    Response json = Response.json(bytes);
    bytes[0] = 9;
    Response other = response.status(404).with("a", "b");
    assertEquals(200, response.status());
    assertEquals(1, response.headers().size());
    assertEquals(404, other.status());
    assertEquals(2, other.headers().size());
    for (Response sent : List.of(response, json)) {
      if (sent.body() instanceof ResponseBody.Bytes body) {
        assertEquals(ByteBuffer.wrap(new byte[] {1, 2}), body.asByteBuffer());
        assertTrue(body.asByteBuffer().isReadOnly());
      }
    }
    ResponseBody empty = Response.noContent().body();
    assertEquals(empty, response.body(empty).body());
  }

  @Test
  void lengthsAndRegionsAreNotNegative() {
    Path file = Path.of("f");
    assertThrows(IllegalArgumentException.class, () -> Response.file("a/b", file, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> Response.file("a/b", file, 0, -1));
    assertThrows(IllegalArgumentException.class, () -> Response.stream("a/b", -1, out -> {}));
  }

  @Test
  void attributesAreKeptUnderTheirKey() {
    Attributes.Key<String> key = Attributes.Key.of("user", String.class);
    Attributes.Key<String> same = Attributes.Key.of("user", String.class);
    Attributes attributes = new Attributes();
    attributes.put(key, "me");
    assertEquals(Optional.of("me"), attributes.get(key));
    assertEquals(Optional.empty(), attributes.get(same));
    assertNotEquals(key, same);
    assertEquals("user", key.toString());
  }

  @Test
  void pathParamsAreFoundByName() {
    PathParams params = new PathParams(List.of("a"), List.of("1"));
    assertEquals("1", params.get("a"));
    assertThrows(IllegalArgumentException.class, () -> params.get("b"));
    List<String> none = List.of();
    assertThrows(IllegalArgumentException.class, () -> new PathParams(List.of("a"), none));
  }

  @Test
  @DisplayName("E08: text for the log is visible ASCII, and not endless")
  void logText() {
    assertEquals("a b~", LogText.escape("a b~"));
    assertEquals(
        "\\u000d\\u000a\\u001b\\u007f\\u2028\\u005c", LogText.escape("\r\n\u001b\u007f\u2028\\"));
    assertEquals(200, LogText.escape("a".repeat(200)).length());
    assertEquals("a".repeat(200) + "...", LogText.escape("a".repeat(201)));
  }

  @Test
  void theBuilderRefusesByName() {
    ServerBuilder builder = Server.builder();
    assertRefused("name", () -> builder.name(" "));
    assertRefused("port", () -> builder.port(-1));
    assertRefused("port", () -> builder.port(65_536));
    assertRefused("backlog", () -> builder.backlog(0));
    assertRefused("eventLoops", () -> builder.eventLoops(0));
    assertThrows(UnknownHostException.class, () -> builder.host("[::1").start());
  }

  private static void assertRefused(String option, Runnable set) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, set::run);
    assertTrue(e.toString().contains(option + " must"), e.toString());
  }

  @Test
  void contradictingRoutesDoNotStart() {
    Routes.Builder twice =
        Routes.builder()
            .get("/:a", r -> Response.noContent())
            .get("/:b", r -> Response.noContent());
    assertThrows(IllegalArgumentException.class, twice::build);
    assertFalse(Routes.builder().build().all().iterator().hasNext());
  }
}
