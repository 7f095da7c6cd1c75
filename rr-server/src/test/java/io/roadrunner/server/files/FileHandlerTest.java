package io.roadrunner.server.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.roadrunner.server.Handler;
import io.roadrunner.server.PathParams;
import io.roadrunner.server.Response;
import io.roadrunner.server.ResponseBody;
import io.roadrunner.server.StaticFiles;
import io.roadrunner.server.routing.StubRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileHandlerTest {

  private static final String CHANGED = "Sun, 06 Nov 1994 08:49:37 GMT";

  @TempDir Path folder = Path.of("");
  private Handler handler = request -> Response.noContent();

  @BeforeEach
  void fill() throws Exception {
    Path root = Files.createDirectories(folder.resolve("root"));
    Files.createDirectories(root.resolve("docs"));
    Files.createDirectories(root.resolve("bare"));
    Files.createDirectories(root.resolve(".git"));
    Files.writeString(folder.resolve("outside.txt"), "outside");
    Files.writeString(root.resolve("a.txt"), "0123456789");
    Files.writeString(root.resolve(".secret"), "secret");
    Files.writeString(root.resolve(".git/config"), "secret");
    Files.writeString(root.resolve("docs/index.html"), "index");
    Files.createSymbolicLink(root.resolve("evil"), folder.resolve("outside.txt"));
    Files.createSymbolicLink(root.resolve("hidden"), root.resolve(".git/config"));
    Files.createSymbolicLink(root.resolve("good"), root.resolve("a.txt"));
    Files.createSymbolicLink(root.resolve("loop"), root.resolve("loop"));
    Files.setLastModifiedTime(
        root.resolve("a.txt"), FileTime.from(Instant.parse("1994-11-06T08:49:37.5Z")));
    handler = StaticFiles.below(root);
  }

  private static StubRequest request(String method, String rest) {
    return StubRequest.of(method, "/f/" + rest)
        .params(new PathParams(List.of("path"), List.of(rest)));
  }

  private String ask(StubRequest request) throws Exception {
    Response response = handler.handle(request);
    String range = response.headers().first("content-range").map(r -> " " + r).orElse("");
    return response.body() instanceof ResponseBody.FileRegion part
        ? response.status() + range + " " + part.position() + "+" + part.count()
        : response.status() + range;
  }

  @Test
  void filesAreAnsweredWithTypeAndValidators() throws Exception {
    Response response = handler.handle(request("GET", "a.txt"));

    assertEquals(200, response.status());
    assertEquals("text/plain; charset=utf-8", response.headers().first("content-type").orElse(""));
    assertEquals(CHANGED, response.headers().first("last-modified").orElse(""));
    assertEquals("bytes", response.headers().first("accept-ranges").orElse(""));
    assertEquals("200 0+10", ask(request("HEAD", "a.txt")));
    assertEquals("200 0+10", ask(request("GET", "good")));
    assertEquals("405", ask(request("POST", "a.txt")));
  }

  @Test
  void directoriesShowTheirIndex() throws Exception {
    Response moved = handler.handle(request("GET", "docs").query("x=1"));

    assertEquals("200 0+5", ask(request("GET", "docs/")));
    assertEquals(301, moved.status());
    assertEquals("/f/docs/?x=1", moved.headers().first("location").orElse(""));
    assertEquals("404", ask(request("GET", "bare/")));
    assertEquals("404", ask(request("GET", "")));
  }

  @ParameterizedTest
  @DisplayName("P19, P20: nothing leads out of the root, and hidden files stay hidden")
  @ValueSource(
      strings = {
        "nope",
        "a.txt/",
        "a.txt/x",
        ".secret",
        ".git/config",
        ".git/",
        "evil",
        "hidden",
        "loop",
        "../outside.txt",
        "docs/../a.txt",
        "/etc/passwd",
        "//a.txt",
        "docs//index.html",
        "./a.txt",
        "a.txt\0"
      })
  void whatMayNotBeSeenIsNotFound(String rest) throws Exception {
    assertEquals("404", ask(request("GET", rest)));
  }

  @ParameterizedTest
  @DisplayName("RFC 9110 §14: one range of bytes")
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-4     | 206 bytes 0-4/10 0+5",
        "BYTES=9-      | 206 bytes 9-9/10 9+1",
        "bytes=5-99999999999999999999 | 206 bytes 5-9/10 5+5",
        "bytes=-3      | 206 bytes 7-9/10 7+3",
        "bytes=-99     | 206 bytes 0-9/10 0+10",
        "bytes=10-     | 416 bytes */10",
        "bytes=-0      | 416 bytes */10",
        "bytes=4-2     | 200 0+10",
        "bytes=0-1,3-4 | 200 0+10",
        "bytes=-       | 200 0+10",
        "bytes=+1-2    | 200 0+10",
        "bytes=3       | 200 0+10",
        "lines=0-4     | 200 0+10",
      })
  void ranges(String range, String expected) throws Exception {
    assertEquals(expected, ask(request("GET", "a.txt").with("range", range)));
    assertEquals("200 0+10", ask(request("HEAD", "a.txt").with("range", range)));
  }

  @Test
  @DisplayName("RFC 9110 §13: conditions, in their order")
  void conditions() throws Exception {
    String etag = handler.handle(request("GET", "a.txt")).headers().first("etag").orElse("");
    StubRequest get = request("GET", "a.txt");

    assertEquals("304", ask(get.with("if-none-match", "\"x,y\", W/" + etag)));
    assertEquals("304", ask(get.with("if-none-match", "*")));
    assertEquals("200 0+10", ask(get.with("if-none-match", "\"x\"")));
    assertEquals("200 0+10", ask(get.with("if-none-match", "nonsense")));
    assertEquals("304", ask(get.with("if-modified-since", CHANGED)));
    assertEquals("304", ask(get.with("if-modified-since", "Sunday, 06-Nov-94 08:49:37 GMT")));
    assertEquals("304", ask(get.with("if-modified-since", "Sun Nov  6 08:49:37 1994")));
    assertEquals("200 0+10", ask(get.with("if-modified-since", "Sun, 06 Nov 1994 08:49:36 GMT")));
    assertEquals("200 0+10", ask(get.with("if-modified-since", "yesterday")));
    assertEquals(
        "200 0+10", ask(get.with("if-none-match", "\"x\"").with("if-modified-since", CHANGED)));
    assertEquals("412", ask(get.with("if-match", "\"x\"")));
    assertEquals("412", ask(get.with("if-match", "W/" + etag)));
    assertEquals("200 0+10", ask(get.with("if-match", etag)));
    assertEquals("412", ask(get.with("if-unmodified-since", "Sun, 06 Nov 1994 08:49:36 GMT")));
    assertEquals("200 0+10", ask(get.with("if-unmodified-since", CHANGED)));
    StubRequest part = get.with("range", "bytes=0-0");
    assertEquals("206 bytes 0-0/10 0+1", ask(part.with("if-range", etag)));
    assertEquals("206 bytes 0-0/10 0+1", ask(part.with("if-range", CHANGED)));
    assertEquals("200 0+10", ask(part.with("if-range", "\"x\"")));
  }

  @Test
  void theRootIsADirectoryAndTheRouteHasAParameter() {
    assertThrows(
        IllegalArgumentException.class, () -> StaticFiles.below(folder.resolve("outside.txt")));
    assertThrows(IllegalArgumentException.class, () -> StaticFiles.below(folder.resolve("nope")));
    assertThrows(IllegalStateException.class, () -> handler.handle(StubRequest.of("GET", "/f")));
  }
}
