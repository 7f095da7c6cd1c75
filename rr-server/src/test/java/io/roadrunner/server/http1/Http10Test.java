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
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that speak HTTP/1.0 (RFC 9112 §9.3). */
class Http10Test {

  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    server =
        TestServer.start(
            Routes.builder()
                .get("/virtual", request -> Response.text(request.protocol()))
                .add(Route.get("/inline", request -> Response.text(request.protocol())).inline())
                .get(
                    "/stream",
                    request ->
                        Response.stream(
                            "a/b",
                            out -> {
                              out.write("streamed");
                              out.trailers(Headers.of("a", "b"));
                            }))
                .post("/", request -> Response.text(request.body().text())));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/virtual", "/inline"})
  @DisplayName("HTTP/1.0: one answer, then the end, Host is not needed")
  void oneAnswerThenEnd(String path) throws Exception {
    try (RawClient client = server.connect()) {
      List<Answer> answers =
          client.send(("GET " + path + " HTTP/1.0\r\n\r\n").repeat(2)).answersUntilEnd();
      assertEquals(List.of("HTTP/1.0"), answers.stream().map(Answer::body).toList());
      assertTrue(answers.getFirst().closes());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/virtual", "/inline"})
  @DisplayName("HTTP/1.0: keep-alive where the client asks for it")
  void keepAliveWhereAsked(String path) throws Exception {
    try (RawClient client = server.connect()) {
      for (int i = 0; i < 3; i++) {
        client.send("GET " + path + " HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
        assertEquals("keep-alive", client.answer().header("connection"));
      }
      client.send("POST / HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi");
      assertEquals("hi", client.answer().body());
    }
  }

  @Test
  @DisplayName("HTTP/1.0: a stream of unknown length ends with the connection, without chunks")
  void streamEndsWithConnection() throws Exception {
    try (RawClient client = server.connect()) {
      client.send("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      Answer answer = client.answer();
      assertEquals("streamed", answer.body());
      assertTrue(answer.closes());
      assertFalse(answer.fields().contains("transfer-encoding"));
    }
  }
}
