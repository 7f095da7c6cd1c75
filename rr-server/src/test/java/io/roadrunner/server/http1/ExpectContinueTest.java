package io.roadrunner.server.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.Headers;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.testkit.Answer;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expectations and interim responses (RFC 9110 §10.1.1, §15.2). */
class ExpectContinueTest {

  private static Routes.Builder routes() {
    return Routes.builder()
        .get("/", request -> Response.text("got"))
        .post("/read", request -> Response.text(request.body().text()))
        .add(Route.post("/inline", request -> Response.text(request.body().text())).inline())
        .post("/ignore", request -> Response.text("ignored"));
  }

  private static String head(String path, String length) {
    return "POST %s HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: %s\r\n\r\n"
        .formatted(path, length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/read", "/inline"})
  @DisplayName("P30: 100 comes before the body is sent, the connection goes on")
  void hundredComesBeforeBody(String path) throws Exception {
    try (TestServer server = TestServer.start(routes());
        RawClient client = server.connect()) {
      for (int i = 0; i < 2; i++) {
        assertEquals(100, client.send(head(path, "5")).next().status());
        Answer answer = client.send("hello").next();
        assertEquals(200, answer.status());
        assertEquals("hello", answer.body());
      }
    }
  }

  @Test
  @DisplayName("P30: 100 is sent when the handler first reads, not before, and only once")
  void hundredIsSentWhenHandlerReads() throws Exception {
    CountDownLatch inHandler = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Routes.Builder routes =
        Routes.builder()
            .post(
                "/",
                request -> {
                  inHandler.countDown();
                  Wait.on(goOn);
                  try (var in = request.body().stream()) {
                    in.readNBytes(2);
                    return Response.text("read " + in.readAllBytes().length);
                  }
                });
    try (TestServer server = TestServer.start(routes);
        RawClient client = server.connect()) {
      client.send(head("/", "5"));
      Wait.on(inHandler);
      assertFalse(client.hasSomething());
      goOn.countDown();
      assertEquals(100, client.next().status());
      client.send("he");
      assertEquals("read 3", client.send("llo").next().body());
    }
  }

  @Test
  @DisplayName("P30: no 100 when the handler does not read, and the connection ends")
  void noHundredWhenHandlerDoesNotRead() throws Exception {
    try (TestServer server = TestServer.start(routes());
        RawClient client = server.connect()) {
      // What follows could be the body or a request: nobody knows, so nobody looks.
      client.send(head("/ignore", "5") + "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      List<Answer> answers = client.answersUntilEnd();
      assertEquals(List.of("ignored"), answers.stream().map(Answer::body).toList());
      assertTrue(answers.getFirst().closes());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "100-continue, x", "200-ok"})
  @DisplayName("P30: another expectation is 417, and no handler runs")
  void otherExpectationIs417(String value) throws Exception {
    for (String path : List.of("/read", "/inline", "/ignore")) {
      try (TestServer server = TestServer.start(routes());
          RawClient client = server.connect()) {
        client.send(head(path, "5").replace("100-continue", value) + "hello");
        List<Answer> answers = client.answersUntilEnd();
        assertEquals(List.of(417), answers.stream().map(Answer::status).toList());
        assertEquals(0, server.server().info().metrics().requestsStarted());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/read", "/inline"})
  @DisplayName("P30: no 100 to HTTP/1.0, nor without content, nor ahead of a refusal")
  void noHundredWhereNoneIsDue(String path) throws Exception {
    try (TestServer server = TestServer.start(routes())) {
      try (RawClient client = server.connect()) {
        client.send(head(path, "5").replace("HTTP/1.1", "HTTP/1.0") + "hello");
        assertEquals("hello", client.next().body());
      }
      try (RawClient client = server.connect()) {
        client.send(head(path, "5").replace("Content-Length: 5\r\n", ""));
        assertEquals(200, client.next().status());
      }
      for (String length : List.of("-5", "5, 5", "100000000000")) {
        try (RawClient client = server.connect()) {
          List<Answer> answers = client.send(head(path, length)).answersUntilEnd();
          assertEquals(1, answers.size());
          assertEquals(length.length() > 5 ? 413 : 400, answers.getFirst().status());
        }
      }
      try (RawClient client = server.connect()) {
        String both = "Content-Length: 5\r\nTransfer-Encoding: chunked";
        client.send(head(path, "5").replace("Content-Length: 5", both));
        assertEquals(List.of(400), client.answersUntilEnd().stream().map(Answer::status).toList());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/inline"})
  @DisplayName("Interim responses go ahead of the final one, but not to HTTP/1.0")
  void interimResponses(String prefix) throws Exception {
    Route route =
        Route.get(
            prefix + "/",
            request -> {
              request.sendInterim(103, Headers.of("link", "</a.css>; rel=preload"));
              request.sendInterim(102, Headers.empty());
              return Response.text("final");
            });
    Routes.Builder routes = Routes.builder().add(prefix.isEmpty() ? route : route.inline());
    String get = "GET " + prefix + "/ HTTP/1.1\r\nHost: x\r\n\r\n";
    try (TestServer server = TestServer.start(routes);
        RawClient client = server.connect()) {
      client.send(get);
      Answer hints = client.next();
      assertEquals(103, hints.status());
      assertEquals("</a.css>; rel=preload", hints.header("link"));
      assertEquals(102, client.next().status());
      assertEquals("final", client.next().body());
      assertEquals("final", client.send(get).answer().body());
      client.send(get.replace("HTTP/1.1", "HTTP/1.0"));
      assertEquals("final", client.next().body());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {99, 101, 200})
  @DisplayName("A handler cannot send what is no interim status")
  void noInterimStatus(int status) throws Exception {
    Routes.Builder routes =
        Routes.builder()
            .get(
                "/",
                request -> {
                  try {
                    request.sendInterim(status, Headers.empty());
                    return Response.text("sent");
                  } catch (IllegalArgumentException e) {
                    return Response.text(e.toString());
                  }
                });
    try (TestServer server = TestServer.start(routes)) {
      assertTrue(server.ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n").body().contains("not " + status));
    }
  }
}
