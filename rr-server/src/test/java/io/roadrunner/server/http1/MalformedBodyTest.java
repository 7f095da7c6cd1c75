package io.roadrunner.server.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.Request;
import io.roadrunner.server.RequestBodyException;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.testkit.Answer;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that break a rule or end too early: no handler takes one for complete. */
class MalformedBodyTest {

  private static final String GOOD = "GET /good HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final AtomicInteger COMPLETE = new AtomicInteger();
  private static final AtomicInteger GOOD_ONES = new AtomicInteger();
  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    server =
        TestServer.start(
            Routes.builder()
                .post("/read", MalformedBodyTest::read)
                .add(Route.post("/inline", MalformedBodyTest::read).inline())
                .post("/ignore", request -> Response.text("ignored"))
                .get("/good", request -> good()));
  }

  private static Response read(Request request) throws IOException {
    byte[] body = request.body().bytes();
    COMPLETE.incrementAndGet();
    return Response.bytes("application/octet-stream", body);
  }

  private static Response good() {
    GOOD_ONES.incrementAndGet();
    return Response.text("good");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String chunked(String path, String body) {
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + body;
  }

  static Stream<Arguments> bodies() {
    return Stream.of(
        Arguments.of("F07 no size", "\r\nabc\r\n0\r\n\r\n"),
        Arguments.of("F07 sign", "+5\r\nabcde\r\n0\r\n\r\n"),
        Arguments.of("F07 negative", "-1\r\nabcde\r\n0\r\n\r\n"),
        Arguments.of("F07 0x", "0x5\r\nabcde\r\n0\r\n\r\n"),
        Arguments.of("F07 underscore", "1_0\r\nabcde\r\n0\r\n\r\n"),
        Arguments.of("F07 space before", " 5\r\nabcde\r\n0\r\n\r\n"),
        Arguments.of("F07 semicolon only", "5;\r\nabcde\r\n0\r\n\r\n"),
        Arguments.of("F07 17 digits", "FFFFFFFFFFFFFFFF1\r\nabcde\r\n0\r\n\r\n"),
        Arguments.of("F08 bare LF in an extension", "5;\nxx\r\nabcde\r\n0\r\n\r\n"),
        Arguments.of("F08 bare CR in an extension", "5;a\rb\r\nabcde\r\n0\r\n\r\n"),
        Arguments.of("F08 NUL in an extension", "5;a=\0\r\nabcde\r\n0\r\n\r\n"),
        Arguments.of("F09 CRLF in quotes", "1;a=\"\r\nX\r\n0\r\n\r\n"),
        Arguments.of(
            "F10 extension too long", "5;a=" + "b".repeat(9000) + "\r\nabcde\r\n0\r\n\r\n"),
        Arguments.of(
            "F10 more extensions than data", ("1;a=" + "b".repeat(100) + "\r\nX\r\n").repeat(300)),
        Arguments.of("F11 LF behind the data", "5\r\nabcde\n0\r\n\r\n"),
        Arguments.of("F11 junk behind the data", "5\r\nabcdeXX0\r\n\r\n"),
        Arguments.of("F11 too long", "5\r\nabcdefg\r\n0\r\n\r\n"),
        Arguments.of("F11 too short", "5\r\nabc\r\n0\r\n\r\n"),
        Arguments.of("F12 junk behind the last chunk", "5\r\nabcde\r\n0\r\nX\r\n\r\n"),
        Arguments.of("F13 trailer line without a colon", "5\r\nabcde\r\n0\r\nabc\r\n\r\n"),
        Arguments.of("F13 10^4 trailers", "0\r\n" + "A: b\r\n".repeat(10_000) + "\r\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  @DisplayName("F07-F13: refused for a handler that reads, on a virtual thread")
  void refusedWhereHandlerReads(String what, String body) throws Exception {
    refused(chunked("/read", body));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  @DisplayName("F07-F13: refused before an inline handler runs")
  void refusedBeforeInlineHandler(String what, String body) throws Exception {
    refused(chunked("/inline", body));
  }

  private static void refused(String request) throws IOException {
    int complete = COMPLETE.get();
    int good = GOOD_ONES.get();
    try (RawClient client = server.connect()) {
      client.send(request + GOOD);
      List<Answer> answers = client.answersUntilEnd();
      assertEquals(1, answers.size());
      assertTrue(answers.getFirst().status() == 400 || answers.getFirst().status() == 431);
      assertTrue(answers.getFirst().closes());
    }
    assertEquals(complete, COMPLETE.get());
    assertEquals(good, GOOD_ONES.get());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  @DisplayName("F07-F13: the connection ends behind the answer of a handler that does not read")
  void connectionEndsWhereHandlerDoesNotRead(String what, String body) throws Exception {
    int good = GOOD_ONES.get();
    try (RawClient client = server.connect()) {
      List<Answer> answers = client.send(chunked("/ignore", body) + GOOD).answersUntilEnd();
      assertEquals(List.of("ignored"), answers.stream().map(Answer::body).toList());
    }
    assertEquals(good, GOOD_ONES.get());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5\r\nabcde\r\n00\r\n\r\n",
        "005\r\nabcde\r\n0;x=y\r\n\r\n",
        "5;a=\"b\\\"\"\r\nabcde\r\n0\r\n\r\n"
      })
  @DisplayName("F12: unusual but valid chunks are taken, and the connection goes on")
  void unusualChunksAreTaken(String body) throws Exception {
    for (String path : List.of("/read", "/inline")) {
      try (RawClient client = server.connect()) {
        client.send(chunked(path, body) + GOOD);
        assertEquals("abcde", client.answer().body());
        assertEquals("good", client.answer().body());
      }
    }
  }

  private static final List<String> UNFINISHED =
      List.of(
          "POST /read HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc",
          chunked("/read", "5\r\nabcde\r\n"),
          chunked("/read", "5\r\nab"),
          chunked("/read", "5\r\nabcde\r\n0\r\n"));

  @Test
  @DisplayName("F21: a body cut off by FIN is an error to the handler, and 400 to the peer")
  void finWithinBodyIsError() throws Exception {
    int complete = COMPLETE.get();
    for (String request : UNFINISHED) {
      try (RawClient client = server.connect()) {
        List<Answer> answers = client.send(request).finish().answersUntilEnd();
        assertEquals(List.of(400), answers.stream().map(Answer::status).toList());
      }
    }
    assertEquals(complete, COMPLETE.get());
  }

  @Test
  @DisplayName("F21: an inline handler never sees a body that was cut off")
  void inlineHandlerNeverSeesCutBody() throws Exception {
    int complete = COMPLETE.get();
    for (String request : UNFINISHED) {
      try (RawClient client = server.connect()) {
        client.send(request.replace("/read", "/inline")).finish().expectEnd();
      }
    }
    assertEquals(complete, COMPLETE.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"FIN", "RST"})
  @DisplayName("F21: the stream of a cut body throws and never says that it ended")
  void streamOfCutBodyThrows(String how) throws Exception {
    AtomicReference<Object> seen = new AtomicReference<>();
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    try (TestServer other =
            TestServer.start(
                Routes.builder()
                    .post(
                        "/",
                        request -> {
                          try (var in = request.body().stream()) {
                            seen.set(in.read());
                            reading.countDown();
                            seen.set("ended with " + in.readAllBytes().length);
                          } catch (IOException e) {
                            seen.set(e);
                            throw e;
                          } finally {
                            done.countDown();
                          }
                          return Response.noContent();
                        }));
        RawClient client = other.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
      Wait.on(reading);
      if (how.equals("FIN")) {
        client.finish();
      } else {
        client.reset();
      }
      Wait.on(done);
      assertTrue(seen.get() instanceof IOException, () -> "" + seen.get());
      assertEquals(how.equals("FIN"), seen.get() instanceof RequestBodyException);
      Wait.until("the connection is gone", () -> other.server().info().openConnections() == 0);
      assertEquals(0, other.server().info().runningHandlers());
    }
  }
}
