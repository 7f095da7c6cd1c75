package io.roadrunner.server.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.Request;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.testkit.Answer;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many requests at once on one connection: order, coalescing, and clients that do not read. */
class PipeliningTest {

  private static final String FILLER = "x".repeat(50_000);

  private static Routes.Builder routes() {
    return Routes.builder()
        .get("/virtual/:n", PipeliningTest::number)
        .add(Route.get("/inline/:n", PipeliningTest::number).inline())
        .post("/virtual/:n", PipeliningTest::echo)
        .add(Route.post("/inline/:n", PipeliningTest::echo).inline())
        .get("/stream/:n", r -> Response.stream("a/b", out -> out.write(r.param("n"))))
        .add(Route.get("/big/:n", r -> Response.text(r.param("n") + FILLER)).inline())
        .get("/huge/:n", r -> Response.text(r.param("n") + FILLER));
  }

  private static Response number(Request request) {
    return Response.text(request.param("n"));
  }

  private static Response echo(Request request) throws IOException {
    return Response.text(request.param("n") + request.body().text());
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  private static String post(String path, String body) {
    return "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(path, body.length(), body);
  }

  /** Requests of all kinds in turn, and what each must get. */
  private static List<String> mixed(int n, StringBuilder requests) {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      switch (i % 7) {
        case 0 -> requests.append(get("/inline/" + i));
        case 1 -> requests.append(get("/virtual/" + i));
        case 2 -> requests.append(post("/virtual/" + i, "!"));
        case 3 -> requests.append(post("/inline/" + i, "!"));
        case 4 -> requests.append(get("/stream/" + i));
        case 5 -> requests.append(get("/inline/" + i));
        default -> requests.append(get("/nowhere"));
      }
      expected.add(
          switch (i % 7) {
            case 2, 3 -> i + "!";
            case 6 -> "Not Found\n";
            default -> "" + i;
          });
    }
    return expected;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 50, 1000, 1_000_000})
  @DisplayName("Answers come in the order of the requests, however these are cut and mixed")
  void answersComeInOrder(int step) throws Exception {
    StringBuilder requests = new StringBuilder();
    List<String> expected = mixed(step < 50 ? 35 : 700, requests);
    List<String> answers = new ArrayList<>();
    try (TestServer server = TestServer.start(routes());
        RawClient client = server.connect()) {
      for (int at = 0; at < requests.length(); at += step) {
        client.send(requests.substring(at, Math.min(requests.length(), at + step)));
      }
      for (int i = 0; i < expected.size(); i++) {
        answers.add(client.answer().body());
      }
      client.finish().expectEnd();
    }
    assertEquals(expected, answers);
  }

  @Test
  @DisplayName("C07: a client that ends its side behind its requests gets all answers")
  void halfClosedClientGetsAllAnswers() throws Exception {
    StringBuilder requests = new StringBuilder();
    List<String> expected = mixed(70, requests);
    try (TestServer server = TestServer.start(routes());
        RawClient client = server.connect()) {
      List<Answer> answers = client.send(requests.toString()).finish().answersUntilEnd();
      assertEquals(expected, answers.stream().map(Answer::body).toList());
    }
  }

  @Test
  @DisplayName("Answers to requests that came together leave together")
  void answersLeaveTogether() throws Exception {
    try (TestServer server = TestServer.start(routes());
        RawClient client = server.connect()) {
      client.send(get("/inline/x").repeat(17));
      assertEquals("x", client.answer().body());
      // One write reaches this client as one piece: what is left of it are the other answers.
      int each = client.buffered() / 16;
      assertTrue(each > 80, () -> "behind the first answer are bytes: " + client.buffered());
      for (int i = 0; i < 16; i++) {
        client.answer();
      }
      assertEquals(0, client.buffered());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/virtual/", "/inline/", "/big/", "/huge/", "/stream/"})
  @DisplayName("F17: requests of a client that does not read are taken up to a bound, in order")
  void clientThatDoesNotReadIsNotReadEither(String path) throws Exception {
    int count = 10_000;
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < count; i++) {
      requests.append(get(path + i));
    }
    ByteBuffer bytes =
        ByteBuffer.wrap((requests + "").repeat(20).getBytes(StandardCharsets.US_ASCII));
    try (TestServer server = TestServer.start(routes());
        RawClient client = RawClient.connectSlowReader(server.server().address());
        RawClient bystander = server.connect()) {
      long taken = stuckAt(server, client, bytes);
      assertTrue(bytes.hasRemaining(), () -> "all " + bytes.limit() + " bytes were taken");
      assertEquals("ok", bystander.send(get("/virtual/ok")).answer().body());
      int whole = (int) (taken * count / requests.length());
      for (int i = 0; i < Math.min(whole, path.length() > 6 ? 2000 : 200); i++) {
        String body = client.answer().body();
        assertEquals("" + i % count, body.substring(0, Math.min(body.length(), ("" + i).length())));
      }
      client.reset();
      Wait.until("only the bystander is left", () -> server.server().info().openConnections() == 1);
    }
  }

  /** Sends until nothing is taken and the server is at rest. Returns the bytes sent. */
  private static long stuckAt(TestServer server, RawClient client, ByteBuffer bytes)
      throws IOException {
    long since = System.nanoTime();
    long seen = -1;
    while (bytes.hasRemaining() && System.nanoTime() - since < 150_000_000) {
      client.sendSome(bytes);
      long now = bytes.position() + server.server().info().metrics().bytesWritten();
      if (now != seen) {
        seen = now;
        since = System.nanoTime();
      }
      Thread.onSpinWait();
    }
    return bytes.position();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/inline/", "/virtual/"})
  @DisplayName(
      "F17 F21: a body that has half arrived when the answers before it are stuck is whole")
  void bodyBehindStuckAnswersIsWhole(String path) throws Exception {
    try (TestServer server = TestServer.start(routes());
        RawClient client = RawClient.connectSlowReader(server.server().address())) {
      int rounds = 120;
      long sent = 0;
      for (int i = 0; i < rounds; i++) {
        String first = get("/big/" + i) + post(path + i, "first second").replace(" second", "");
        client.send(first);
        long arrived = sent + first.length();
        // Sooner or later the answer to the first request is stuck just when the body begins.
        Wait.until("it is read", () -> server.server().info().metrics().bytesRead() == arrived);
        client.send(" second");
        sent = arrived + " second".length();
      }
      for (int i = 0; i < rounds; i++) {
        assertTrue(client.answer().body().startsWith(i + "x"));
        assertEquals(i + "first second", client.answer().body());
      }
    }
  }
}
