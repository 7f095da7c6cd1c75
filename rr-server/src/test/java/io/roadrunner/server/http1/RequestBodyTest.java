package io.roadrunner.server.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.Request;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.ServerLimits;
import io.roadrunner.server.testkit.Answer;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of requests: how they are read, what is left of them, and how large they may be. */
class RequestBodyTest {

  private static final String GOOD = "GET /good HTTP/1.1\r\nHost: x\r\n\r\n";

  private static Routes.Builder routes() {
    return Routes.builder()
        .get("/good", request -> Response.text("good"))
        .post("/bytes", request -> Response.bytes("a/b", request.body().bytes()))
        .add(Route.post("/inline", r -> Response.bytes("a/b", r.body().bytes())).inline())
        .post("/text", request -> Response.text(request.body().text()))
        .post("/stream", RequestBodyTest::byStream)
        .post(
            "/back",
            request ->
                Response.stream(
                    "a/b", out -> request.body().stream().transferTo(out.asOutputStream())))
        .post(
            "/half",
            request ->
                Response.stream("a/b", out -> out.write(request.body().stream().readNBytes(1))))
        .post("/ignore", request -> Response.text("ignored"))
        .add(Route.post("/ignore/inline", request -> Response.text("ignored")).inline())
        .add(Route.post("/small", r -> Response.bytes("a/b", r.body().bytes())).maxBodyBytes(10))
        .add(
            Route.post("/small/inline", r -> Response.bytes("a/b", r.body().bytes()))
                .maxBodyBytes(10)
                .inline());
  }

  private static Response byStream(Request request) throws Exception {
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    try (InputStream in = request.body().stream()) {
      assertThrows(IllegalStateException.class, () -> request.body().bytes());
      int first = in.read();
      if (first >= 0) {
        copy.write(first);
        assertEquals(0, in.read(new byte[0]));
        in.skipNBytes(0);
        copy.write(in.readNBytes(Math.min(1, in.available())));
        in.transferTo(copy);
      }
      assertEquals(-1, in.read());
      assertEquals(-1, in.read(new byte[4]));
    }
    return Response.bytes("a/b", copy.toByteArray());
  }

  private static String post(String path, String body) {
    return "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(path, body.length(), body);
  }

  private static String chunked(String path, String... parts) {
    StringBuilder request = new StringBuilder();
    request.append("POST ").append(path).append(" HTTP/1.1\r\nHost: x\r\n");
    request.append("Transfer-Encoding: chunked\r\n\r\n");
    for (String part : parts) {
      request.append(Integer.toHexString(part.length())).append("\r\n").append(part).append("\r\n");
    }
    return request.append("0\r\n\r\n").toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bytes", "/inline", "/stream", "/text"})
  @DisplayName("A body arrives as it was sent, whole or in pieces, in chunks or by length")
  void bodyArrivesAsSent(String path) throws Exception {
    try (TestServer server = TestServer.start(routes());
        RawClient client = server.connect()) {
      for (String request :
          List.of(post(path, "hello world"), chunked(path, "hello", " ", "world"))) {
        assertEquals("hello world", client.send(request).answer().body());
        for (int i = 0; i < request.length(); i++) {
          client.send(request.substring(i, i + 1));
        }
        assertEquals("hello world", client.answer().body());
      }
      assertEquals("", client.send(post(path, "")).answer().body());
      assertEquals("", client.send(chunked(path)).answer().body());
      client.send("POST " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
      assertEquals("", client.answer().body());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain; charset=iso-8859-1, 200",
    "text/plain; charset=\"ISO-8859-1\", 200",
    "text/plain; a=b; CharSet = latin1, 200",
    "text/plain; charset=no-such-charset, 415",
    "text/plain; charset=., 415"
  })
  @DisplayName("Text is decoded as its content-type says, unknown charsets are 415")
  void textIsDecoded(String type, int status) throws Exception {
    try (TestServer server = TestServer.start(routes())) {
      Answer answer =
          server.ask(
              "POST /text HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: 1\r\n\r\n\u00e9"
                  .formatted(type));
      assertEquals(status, answer.status());
      if (status == 200) {
        assertEquals("\u00e9", answer.text());
      }
    }
  }

  @Test
  @DisplayName("F13: trailers are kept apart from the header section, after the body")
  void trailersAreKeptApart() throws Exception {
    Routes.Builder routes =
        Routes.builder()
            .post(
                "/",
                request -> {
                  assertThrows(IllegalStateException.class, () -> request.body().trailers());
                  request.body().bytes();
                  return Response.text(
                      request.headers().contains("cookie")
                          + " "
                          + request.headers().first("content-length").isPresent()
                          + " "
                          + request.body().trailers().first("Cookie").orElse(""));
                });
    try (TestServer server = TestServer.start(routes);
        RawClient client = server.connect()) {
      client.send(
          chunked("/", "a")
              .replace("0\r\n", "0\r\nCookie: a=b\r\nContent-Length: 5\r\nHost: y\r\n"));
      assertEquals("false false a=b", client.answer().body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "DELETE", "OPTIONS", "POST"})
  @DisplayName("F14: a request within a body is content, whatever the method")
  void requestWithinBodyIsContent(String method) throws Exception {
    Routes.Builder routes =
        Routes.builder()
            .get("/", request -> Response.text("outer"))
            .get("/evil", request -> Response.text("evil"))
            .delete("/", request -> Response.text("outer"))
            .add(Route.post("/", request -> Response.text("outer")).inline());
    String evil = "GET /evil HTTP/1.1\r\nHost: x\r\n\r\n";
    try (TestServer server = TestServer.start(routes);
        RawClient client = server.connect()) {
      client.send(post("/", evil).replaceFirst("POST", method));
      client.send(chunked("/", evil).replaceFirst("POST", method) + GOOD);
      client.answer(method);
      client.answer(method);
      assertEquals(404, client.answer().status());
      client.finish().expectEnd();
    }
  }

  @Test
  @DisplayName("A large body may be read while the response is being sent; the connection stays")
  void bodyIsReadByTheResponse() throws Exception {
    ServerLimits limits = ServerLimits.defaults().withMaxUnreadBodyBytes(100);
    try (TestServer server = TestServer.start(routes(), limits);
        RawClient client = server.connect()) {
      String body = "x".repeat(20_000);
      for (String request : List.of(post("/back", body), chunked("/back", body))) {
        Answer answer = client.send(request).answer();
        assertEquals(body, answer.body());
        assertFalse(answer.closes());
      }
      assertEquals("good", client.send(GOOD).answer().body());
    }
  }

  @ParameterizedTest
  @CsvSource({"length, 100, true", "length, 101, false", "chunks, 100, true", "chunks, 101, false"})
  @DisplayName("F15: what a response has left of a body is passed over up to the limit")
  void bodyIsReadInPartByTheResponse(String framing, int rest, boolean goesOn) throws Exception {
    ServerLimits limits = ServerLimits.defaults().withMaxUnreadBodyBytes(100);
    String body = "x".repeat(1 + rest);
    String request =
        framing.equals("length") ? post("/half", body) : chunked("/half", "x", body.substring(1));
    int first = request.indexOf('x', request.indexOf("\r\n\r\n")) + 1;
    try (TestServer server = TestServer.start(routes(), limits);
        RawClient client = server.connect()) {
      // All that has come is read at once, so that the rest may not come before the answer has.
      assertEquals("x", client.send(request.substring(0, first)).answer().body());
      client.send(request.substring(first) + GOOD);
      if (goesOn) {
        assertEquals("good", client.answer().body());
      } else {
        client.expectEnd();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ignore", "/ignore/inline", "/nowhere"})
  @DisplayName("F15: a small body that nobody read is passed over, and the next one is whole")
  void smallUnreadBodyIsPassedOver(String path) throws Exception {
    try (TestServer server = TestServer.start(routes());
        RawClient client = server.connect()) {
      String rest = "x".repeat(100_000);
      client.send(post(path, rest) + post("/bytes", "next"));
      assertFalse(client.answer().closes());
      assertEquals("next", client.answer().body());
      client.send(chunked(path, rest, rest) + post("/bytes", "next"));
      client.answer();
      assertEquals("next", client.answer().body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"length", "chunked"})
  @DisplayName("F15: a large body that nobody read ends the connection")
  void largeUnreadBodyEndsConnection(String framing) throws Exception {
    ServerLimits limits = ServerLimits.defaults().withMaxUnreadBodyBytes(1000);
    try (TestServer server = TestServer.start(routes(), limits);
        RawClient client = server.connect()) {
      String body = GOOD.repeat(100);
      String request = framing.equals("length") ? post("/ignore", body) : chunked("/ignore", body);
      List<Answer> answers = client.send(request + GOOD).answersUntilEnd();
      assertEquals(List.of("ignored"), answers.stream().map(Answer::body).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/small", "/small/inline"})
  @DisplayName("The body limit of a route holds to the byte, by length and in chunks")
  void bodyLimitHoldsToTheByte(String path) throws Exception {
    try (TestServer server = TestServer.start(routes());
        RawClient client = server.connect()) {
      assertEquals("0123456789", client.send(post(path, "0123456789")).answer().body());
      assertEquals("0123456789", client.send(chunked(path, "01234", "56789")).answer().body());
    }
    try (TestServer server = TestServer.start(routes())) {
      for (String request : List.of(post(path, "0123456789X"), chunked(path, "01234", "56789X"))) {
        try (RawClient client = server.connect()) {
          List<Answer> answers = client.send(request + GOOD).answersUntilEnd();
          assertEquals(List.of(413), answers.stream().map(Answer::status).toList());
          assertTrue(answers.getFirst().closes());
        }
      }
    }
  }

  @Test
  @DisplayName("20 MB arrive in order, by length and in chunks, where the limit allows it")
  void twentyMegabytesArrive() throws Exception {
    Routes.Builder routes =
        Routes.builder().add(Route.post("/", RequestBodyTest::checksum).maxBodyBytes(20 << 20));
    byte[] body = new byte[20 << 20];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) (i * 31 + (i >> 12));
    }
    CRC32 crc = new CRC32();
    crc.update(body);
    try (TestServer server = TestServer.start(routes);
        RawClient client = server.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length + "\r\n\r\n");
      assertEquals("" + crc.getValue(), client.send(body).answer().body());
      client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.send(Integer.toHexString(body.length) + "\r\n").send(body).send("\r\n0\r\n\r\n");
      assertEquals("" + crc.getValue(), client.answer().body());
    }
  }

  private static Response checksum(Request request) throws Exception {
    CRC32 crc = new CRC32();
    byte[] part = new byte[10_000];
    try (InputStream in = request.body().stream()) {
      for (int n = in.read(part); n >= 0; n = in.read(part)) {
        crc.update(part, 0, n);
      }
    }
    return Response.text("" + crc.getValue());
  }

  @ParameterizedTest
  @CsvSource({"/small, 413", "/small/inline, 413", "/secret, 401", "/secret/close, 401"})
  @DisplayName("F16: a client that still uploads gets the whole answer")
  void uploadingClientGetsWholeAnswer(String path, int status) throws Exception {
    Routes.Builder routes =
        routes()
            .post("/secret", request -> Response.text("who?".repeat(1000)).status(401))
            .post(
                "/secret/close",
                request -> Response.text("who?").status(401).with("connection", "close"));
    try (TestServer server = TestServer.start(routes);
        RawClient client = server.connect()) {
      client.send("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 8000000\r\n\r\n");
      byte[] part = new byte[80_000];
      for (int i = 0; i < 100; i++) {
        client.send(part);
      }
      Answer answer = client.answer();
      assertEquals(status, answer.status());
      assertTrue(answer.closes());
      client.expectEnd();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/small", "/small/inline", "/ignore"})
  @DisplayName("F16: a refused client that neither sends nor closes is closed hard after a while")
  void refusedClientIsClosedInTheEnd(String path) throws Exception {
    ServerLimits limits =
        ServerLimits.defaults()
            .withLingerTimeout(Duration.ofMillis(50))
            .withMaxUnreadBodyBytes(100)
            .withSlowPeerGrace(Duration.ofSeconds(60))
            .withMaxPeerStall(Duration.ofSeconds(60));
    try (TestServer server = TestServer.start(routes(), limits);
        RawClient client = server.connect()) {
      client.send("POST " + path + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.send("400\r\n" + "x".repeat(1000));
      client.answer();
      client.expectEnd();
      Wait.until("the server closes", () -> server.server().info().openConnections() == 0);
    }
  }
}
