package io.roadrunner.server.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.testkit.Answer;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.TestServer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Heads that break a rule, as the parser's own tests have them, over a socket: one answer, the end
 * of the connection, and no handler ever runs, neither for them nor for what stands behind them.
 */
class MalformedHeadTest {

  private static final String GOOD = "GET /inline HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final AtomicInteger HANDLED = new AtomicInteger();
  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    server =
        TestServer.start(
            Routes.builder()
                .add(Route.get("/inline", MalformedHeadTest::count).inline())
                .add(Route.post("/inline", MalformedHeadTest::count).inline())
                .get("/", MalformedHeadTest::count)
                .post("/", MalformedHeadTest::count));
  }

  private static Response count(io.roadrunner.server.Request request) {
    HANDLED.incrementAndGet();
    return Response.text("handled");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Arguments> heads() {
    return Stream.concat(MalformedHeads.syntax(), MalformedHeads.framing());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("heads")
  @DisplayName("P01-P13 P16-P18 P21 P22 P25 P33 F01-F06: refused once, then closed")
  void refusedOnceThenClosed(String row, String what, int status, String head) throws Exception {
    int before = HANDLED.get();
    try (RawClient client = server.connect()) {
      List<Answer> answers = client.send(head + GOOD).answersUntilEnd();
      assertEquals(1, answers.size());
      assertEquals(status, answers.getFirst().status());
      assertTrue(answers.getFirst().closes());
    }
    assertEquals(before, HANDLED.get());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("heads")
  @DisplayName("P27 P29: the same behind a good request, which is answered first")
  void sameBehindGoodRequest(String row, String what, int status, String head) throws Exception {
    int before = HANDLED.get();
    try (RawClient client = server.connect()) {
      List<Answer> answers =
          client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n" + head + GOOD).answersUntilEnd();
      assertEquals(List.of(200, status), answers.stream().map(Answer::status).toList());
      assertFalse(answers.getFirst().closes());
    }
    assertEquals(before + 1, HANDLED.get());
  }

  @Test
  @DisplayName("P29: the answer to a malformed request shows nothing of the request")
  void answerShowsNothingOfRequest() throws Exception {
    Answer answer = server.ask("GET /<script>alert(1)</script> HTTP/1.1\r\nHost: x\r\n\r\n");
    assertEquals(400, answer.status());
    assertFalse(answer.body().contains("script"));
    assertEquals("text/plain; charset=utf-8", answer.header("content-type"));
    assertTrue(answer.body().contains("RFC"));
  }

  @Test
  @DisplayName("P29: a refusal finds room behind answers that fill the loop's buffer")
  void refusalFindsRoomBehindManyAnswers() throws Exception {
    int size;
    try (RawClient client = server.connect()) {
      size = client.send(GOOD).finish().restUntilEnd().length();
    }
    int full = (64 << 10) / size;
    for (int n = full - 12; n <= full + 2; n++) {
      try (RawClient client = server.connect()) {
        List<Answer> answers = client.send(GOOD.repeat(n) + "BAD\r\n\r\n").answersUntilEnd();
        assertEquals(n + 1, answers.size());
        assertEquals(400, answers.getLast().status());
      }
    }
  }

  @Test
  @DisplayName("P27: one byte at a time, the verdict is the same")
  void sameVerdictByteByByte() throws Exception {
    for (String head :
        List.of("GET / HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n", "GET  / HTTP/1.1\r\n\r\n")) {
      try (RawClient client = server.connect()) {
        for (int i = 0; i < head.length(); i++) {
          client.send(head.substring(i, i + 1));
        }
        assertEquals(List.of(400), client.answersUntilEnd().stream().map(Answer::status).toList());
      }
    }
  }
}
