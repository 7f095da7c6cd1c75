package io.roadrunner.server.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.server.Headers;
import io.roadrunner.server.Request;
import io.roadrunner.server.Response;
import io.roadrunner.server.ResponseStream;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.testkit.CapturedLog;
import io.roadrunner.server.testkit.Http2Client;
import io.roadrunner.server.testkit.Http2Reply;
import io.roadrunner.server.testkit.TestServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of response over HTTP/2, from threads of their own and from the loop. */
class Http2ResponseTest {

  private static final String BIG = "0123456789abcdef".repeat(64 << 10);

  private static @TempDir Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    Path file = Files.writeString(folder.resolve("big.txt"), BIG);
    Routes.Builder routes =
        Routes.builder()
            .get("/text", request -> Response.text("Grüße"))
            .get("/bytes", request -> Response.bytes("a/b", new byte[] {0, 1, (byte) 255}))
            .get("/big", request -> Response.bytes("a/b", ascii(BIG)))
            .get("/empty", request -> Response.empty(200))
            .get("/status/:code", request -> status(request.param("code")))
            .get("/redirect", request -> Response.redirect("/text"))
            .get("/fields", request -> fields())
            .get("/region", request -> Response.file("text/plain", file, 5, 300_000))
            .get("/short", request -> Response.file("text/plain", file, 5, 2L * BIG.length()))
            .get("/early", request -> early(request))
            .add(Route.get("/early-inline", request -> early(request)).inline())
            .add(Route.get("/text-inline", request -> Response.text("inline")).inline())
            .add(Route.get("/stream-inline", request -> Http2ResponseTest.stream("")).inline());
    streams(routes);
    failures(routes);
    server = TestServer.start(routes);
  }

  private static void streams(Routes.Builder routes) {
    routes
        .get("/stream", request -> stream("yes"))
        .get("/parts", request -> Response.stream("text/plain", out -> parts(out)))
        .get(
            "/sized",
            request ->
                Response.stream(
                    "text/plain", BIG.length(), out -> out.write(ByteBuffer.wrap(ascii(BIG)))))
        .get("/nothing", request -> Response.stream("text/plain", out -> {}))
        .get("/flushed", request -> Response.stream("text/plain", out -> out.flush()));
  }

  private static void failures(Routes.Builder routes) {
    routes
        .get(
            "/throws",
            request -> {
              throw new IllegalStateException("on purpose");
            })
        .get(
            "/fails-early",
            request ->
                Response.stream(
                    "text/plain",
                    out -> {
                      throw new IllegalStateException("on purpose");
                    }))
        .get(
            "/fails-late",
            request ->
                Response.stream(
                    "text/plain",
                    out -> {
                      out.write("begun");
                      out.flush();
                      throw new IllegalStateException("on purpose");
                    }))
        .get("/too-much", request -> Response.stream("text/plain", 3, out -> out.write("four")))
        .get("/too-little", request -> Response.stream("text/plain", 3, out -> out.write("ab")))
        .get("/lies", request -> Response.text("four").with("content-length", "5"))
        .get("/framing", request -> Response.text("x").with("transfer-encoding", "chunked"));
  }

  private static Response status(String code) {
    return Response.text("content").status(Integer.parseInt(code));
  }

  private static Response fields() {
    return Response.text("x")
        .with("X-Upper", "Kept As Is")
        .with("connection", "keep-alive, upgrade")
        .with("keep-alive", "timeout=5")
        .with("upgrade", "h3")
        .with("proxy-connection", "close")
        .with("date", "Thu, 01 Jan 1970 00:00:00 GMT");
  }

  private static Response stream(String trailer) {
    return Response.stream(
        "text/plain",
        out -> {
          out.write("one ");
          out.flush();
          out.write("two");
          if (!trailer.isEmpty()) {
            out.trailers(Headers.of("X-Trailer", trailer));
          }
        });
  }

  private static void parts(ResponseStream out) throws IOException {
    byte[] part = new byte[1000];
    for (int i = 0; i < 100; i++) {
      Arrays.fill(part, (byte) ('a' + i % 26));
      out.write(ByteBuffer.wrap(part));
    }
  }

  private static Response early(Request request) throws IOException {
    request.sendInterim(103, Headers.of("Link", "</style.css>"));
    request.sendInterim(103, Headers.of("Link", "</script.js>"));
    return Response.text("done");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Http2Reply get(String path) throws IOException {
    return ask("GET", path);
  }

  private static Http2Reply ask(String method, String path) throws IOException {
    try (Http2Client client = Http2Client.connect(server.port())) {
      client.send(client.request(1, method, path, EndStream.YES));
      return client.answer(1);
    }
  }

  @Nested
  class Whole {
    @Test
    void text() throws IOException {
      Http2Reply reply = get("/text");
      assertEquals(200, reply.status());
      assertEquals("Gr\u00c3\u00bc\u00c3\u009fe", reply.body());
      assertEquals("7", reply.header("content-length"));
      assertEquals("text/plain; charset=utf-8", reply.header("content-type"));
      assertFalse(reply.header("date").isEmpty());
      assertTrue(reply.ended());
      assertTrue(reply.reset().isEmpty());
    }

    @Test
    void bytes() throws IOException {
      assertEquals("\0\1\u00ff", get("/bytes").body());
    }

    @Test
    void moreThanAllWindowsHold() throws IOException {
      assertEquals(BIG, get("/big").body());
    }

    @Test
    void nothing() throws IOException {
      Http2Reply reply = get("/empty");
      assertEquals("0", reply.header("content-length"));
      assertEquals(0, reply.dataFrames());
    }

    @Test
    void fromTheLoop() throws IOException {
      assertEquals("inline", get("/text-inline").body());
    }

    @Test
    void redirect() throws IOException {
      Http2Reply reply = get("/redirect");
      assertEquals(302, reply.status());
      assertEquals("/text", reply.header("location"));
    }

    @Test
    void aPartOfAFile() throws IOException {
      Http2Reply reply = get("/region");
      assertEquals("300000", reply.header("content-length"));
      assertEquals(BIG.substring(5, 300_005), reply.body());
    }

    @ParameterizedTest
    @CsvSource({"204,''", "205,0", "304,''"})
    @DisplayName("no content with 204, 205 and 304, whatever the handler says (RFC 9110 §6.4.1)")
    void statusesWithoutContent(int status, String length) throws IOException {
      Http2Reply reply = get("/status/" + status);
      assertEquals(status, reply.status());
      assertEquals(length, reply.header("content-length"));
      assertEquals("", reply.body());
      assertTrue(reply.ended());
    }

    @ParameterizedTest
    @CsvSource({"/text,7", "/stream,''", "/sized,1048576", "/region,300000", "/empty,0"})
    void headGetsTheHeadOfGet(String path, String length) throws IOException {
      Http2Reply reply = ask("HEAD", path);
      assertEquals(200, reply.status());
      assertEquals(length, reply.header("content-length"));
      assertEquals("", reply.body());
      assertEquals(0, reply.dataFrames());
    }
  }

  @Nested
  class S8_2_Fields {
    @Test
    void namesAreLowerCaseAndWhatOnlyHttp1HasIsLeftOut() throws IOException {
      Http2Reply reply = get("/fields");
      assertEquals(
          List.of(
              ":status=200",
              "content-type=text/plain; charset=utf-8",
              "x-upper=Kept As Is",
              "date=Thu, 01 Jan 1970 00:00:00 GMT",
              "content-length=1"),
          reply.fields());
    }
  }

  @Nested
  class Streamed {
    @Test
    void flushedPartsAndTrailers() throws IOException {
      Http2Reply reply = get("/stream");
      assertEquals("one two", reply.body());
      assertEquals("", reply.header("content-length"));
      assertEquals(List.of("x-trailer=yes"), reply.trailers());
      assertTrue(reply.ended());
    }

    @Test
    void fromAnInlineRoute() throws IOException {
      Http2Reply reply = get("/stream-inline");
      assertEquals("one two", reply.body());
      assertEquals(List.of(), reply.trailers());
    }

    @Test
    void smallPartsAreCollected() throws IOException {
      Http2Reply reply = get("/parts");
      assertEquals(100_000, reply.body().length());
      assertEquals("y".repeat(1000), reply.body().substring(50_000, 51_000));
      assertTrue(reply.dataFrames() < 20, reply.dataFrames() + " frames");
    }

    @Test
    void oneLargePart() throws IOException {
      Http2Reply reply = get("/sized");
      assertEquals("" + BIG.length(), reply.header("content-length"));
      assertEquals(BIG, reply.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/flushed"})
    void noPartAtAll(String path) throws IOException {
      Http2Reply reply = get(path);
      assertEquals(200, reply.status());
      assertEquals("", reply.body());
      assertTrue(reply.ended());
    }
  }

  @Nested
  class Interim {
    @ParameterizedTest
    @ValueSource(strings = {"/early", "/early-inline"})
    void earlyHintsComeFirst(String path) throws IOException {
      Http2Reply reply = get(path);
      assertEquals(List.of(103, 103), reply.interim());
      assertEquals(List.of(":status=103", "link=</style.css>"), reply.head(0));
      assertEquals(200, reply.status());
      assertEquals("done", reply.body());
    }
  }

  @Nested
  class Failures {
    @ParameterizedTest
    @ValueSource(
        strings = {"/throws", "/fails-early", "/too-much", "/too-little", "/lies", "/framing"})
    void beforeAnythingHasLeftThereIsA500(String path) throws IOException {
      try (CapturedLog log = CapturedLog.begin()) {
        Http2Reply reply = get(path);
        assertEquals(500, reply.status());
        assertEquals("Internal Server Error\n", reply.body());
        assertTrue(reply.ended());
        assertEquals(1, log.count(Level.SEVERE), () -> log.lines().toString());
      }
    }

    @Test
    void afterThatTheStreamIsCutOff() throws IOException {
      try (CapturedLog log = CapturedLog.begin();
          Http2Client client = Http2Client.connect(server.port())) {
        client.get(1, "/fails-late");
        assertEquals(ErrorCode.INTERNAL_ERROR.code(), client.resetCode(1));
        assertEquals("begun", client.reply(1).body());
        assertFalse(client.reply(1).ended());
        client.get(3, "/text");
        assertEquals(200, client.answer(3).status());
        assertEquals(1, log.count(Level.SEVERE), () -> log.lines().toString());
      }
    }

    @Test
    void aFileThatIsTooShortIsCutOff() throws IOException {
      try (CapturedLog log = CapturedLog.begin()) {
        Http2Reply reply = get("/short");
        assertEquals(500, reply.status());
        assertEquals(1, log.count(Level.SEVERE));
      }
    }

    @Test
    void routesAndMethodsAnswerAsEverywhere() throws IOException {
      assertEquals(404, get("/nowhere").status());
      Http2Reply wrong = ask("DELETE", "/text");
      assertEquals(405, wrong.status());
      assertEquals("GET, HEAD, OPTIONS", wrong.header("allow"));
      assertEquals(204, ask("OPTIONS", "/text").status());
      assertEquals(400, get("/a%2fb").status());
    }
  }

  @Nested
  class OneConnection {
    @Test
    void manyAnswersAtOnce() throws IOException {
      try (Http2Client client = Http2Client.connect(server.port())) {
        for (int i = 0; i < 90; i++) {
          client.get(2 * i + 1, i % 3 == 0 ? "/text" : i % 3 == 1 ? "/stream" : "/text-inline");
        }
        for (int i = 0; i < 90; i++) {
          String expected =
              i % 3 == 0 ? "Gr\u00c3\u00bc\u00c3\u009fe" : i % 3 == 1 ? "one two" : "inline";
          assertEquals(expected, client.answer(2 * i + 1).body());
        }
      }
    }

    @Test
    void connectIsRefused() throws IOException {
      try (Http2Client client = Http2Client.connect(server.port())) {
        client.send(
            client.headers(1, EndStream.NO, ":method", "CONNECT", ":authority", "x.test:1"));
        assertEquals(501, client.answer(1).status());
        assertEquals(ErrorCode.NO_ERROR.code(), client.resetCode(1));
      }
    }
  }
}
