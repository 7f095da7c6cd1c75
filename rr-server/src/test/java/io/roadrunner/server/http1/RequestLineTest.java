package io.roadrunner.server.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.HttpVersion;
import io.roadrunner.server.Response;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Methods, targets, other protocols, upgrades and hop-by-hop fields, as the server decides them.
 */
class RequestLineTest {

  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    server =
        TestServer.start(
            Routes.builder()
                .get("/", request -> Response.text("root " + request.authority()))
                .get("/files/*path", request -> Response.text(request.param("path")))
                .get("/users/:id", request -> Response.text(request.param("id")))
                .post("/", request -> Response.text(request.body().text()))
                .get(
                    "/fields",
                    request ->
                        Response.text(
                            request.header("host").orElse("")
                                + " "
                                + request.header("cookie").orElse(""))));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"get, 405", "PUT, 405", "G@T, 400", "GETT, 405", "get?, 400"})
  @DisplayName("P15: an unknown method is 405 with Allow, case is not folded, no token is 400")
  void methods(String method, int status) throws Exception {
    Answer answer = server.ask(method + " / HTTP/1.1\r\nHost: x\r\n\r\n");
    assertEquals(status, answer.status());
    if (status == 405) {
      assertEquals("GET, HEAD, OPTIONS, POST", answer.header("allow"));
      assertFalse(answer.closes());
    }
  }

  @Test
  @DisplayName("P15: a method of 100 KB is 501 long before its end")
  void endlessMethod() throws Exception {
    try (RawClient client = server.connect()) {
      client.send("M".repeat(100_000));
      Answer answer = client.answer();
      assertEquals(501, answer.status());
      assertTrue(answer.closes());
      client.expectEnd();
    }
  }

  @Test
  @DisplayName("P14: the preface of HTTP/2 and a TLS hello are refused at once")
  void otherProtocols() throws Exception {
    Routes.Builder routes = Routes.builder();
    try (TestServer only = TestServer.start(routes, b -> b.protocols(HttpVersion.HTTP_1_1));
        RawClient client = only.connect()) {
      client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");
      List<Answer> answers = client.answersUntilEnd();
      assertEquals(1, answers.size());
      assertTrue(answers.getFirst().status() == 505 || answers.getFirst().status() == 400);
    }
    try (RawClient client = server.connect()) {
      client.send("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003".repeat(20));
      List<Answer> answers = client.answersUntilEnd();
      assertEquals(List.of(400), answers.stream().map(Answer::status).toList());
    }
  }

  @Test
  @DisplayName("P18: CONNECT is 501, and no byte behind it is looked at")
  void connect() throws Exception {
    try (RawClient client = server.connect()) {
      client.send("CONNECT x:80 HTTP/1.1\r\nHost: x:80\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n");
      List<Answer> answers = client.answersUntilEnd();
      assertEquals(List.of(501), answers.stream().map(Answer::status).toList());
    }
  }

  @Test
  @DisplayName("P17: the absolute form is served like the origin form")
  void absoluteForm() throws Exception {
    Answer answer = server.ask("GET http://x:80/?q HTTP/1.1\r\nHost: x:80\r\n\r\n");
    assertEquals("root x:80", answer.body());
  }

  @ParameterizedTest
  @CsvSource({
    "/files/%00, 400",
    "/files/a%0d%0ab, 400",
    "/files/%zz, 400",
    "/files/%, 400",
    "/files/%c0%af, 400",
    "/files/%2e%2e%2fx, 400",
    "/files/%2e%2e/x, 400",
    "/files/../x, 400",
    "/files/a%2fb, 400",
    "/files/%5c, 400",
    "/files/%252e, 200",
    "/files/%41, 200",
    "/nowhere, 404",
    "/Files/a, 404"
  })
  @DisplayName("P19: paths are decoded once, what could be read in two ways is 400")
  void pathsAreDecodedOnce(String path, int status) throws Exception {
    Answer answer = server.ask("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    assertEquals(status, answer.status());
    if (path.contains("252e")) {
      assertEquals("%2e", answer.body());
    }
    assertFalse(answer.body().contains("nowhere"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/files/a/..;/b", "/files/;x=1/..", "/files/.;/", "/users/..;a=b"})
  @DisplayName("P20: path parameters neither make nor hide dot segments")
  void pathParameters(String path) throws Exception {
    assertEquals(400, server.ask("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").status());
  }

  @Test
  @DisplayName("P31: TRACE is 405 and reflects nothing")
  void trace() throws Exception {
    Answer answer =
        server.ask("TRACE / HTTP/1.1\r\nHost: x\r\nAuthorization: Basic c2VjcmV0\r\n\r\n");
    assertEquals(405, answer.status());
    assertFalse(answer.body().contains("c2VjcmV0"));
    assertFalse(answer.fields().toString().contains("c2VjcmV0"));
  }

  @Test
  @DisplayName("P32: fields that Connection names stay what they are")
  void connectionNamesFields() throws Exception {
    try (RawClient client = server.connect()) {
      client.send(
          "GET /fields HTTP/1.1\r\nHost: x\r\nCookie: a\r\nConnection: host, cookie\r\n\r\n");
      assertEquals("x a", client.answer().body());
      String post = "POST / HTTP/1.1\r\nHost: x\r\nConnection: content-length\r\n";
      client.send(post + "Content-Length: 2\r\n\r\nhi");
      assertEquals("hi", client.answer().body());
      client.send("GET /users/%C3%A9 HTTP/1.1\r\nHost: x\r\n\r\n");
      assertEquals("\u00e9", client.answer().text());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Upgrade: websocket\r\n",
        "Connection: upgrade\r\nUpgrade: no-such-protocol\r\n",
        "Connection: upgrade\r\nUpgrade: TLS/1.3, foo\r\n",
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n",
        "Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: A\r\nHTTP2-Settings: B\r\n"
      })
  @DisplayName("F19 F20 F22: an upgrade that nobody offers is ignored, what follows is HTTP/1.1")
  void upgradeIsIgnored(String fields) throws Exception {
    try (RawClient client = server.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n");
      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n" + fields + "\r\nhi");
      client.send("GET / HTTP/1.1\r\nHost: y\r\n\r\n");
      assertEquals("root x", client.next().body());
      assertEquals("hi", client.next().body());
      assertEquals("root y", client.next().body());
    }
    try (RawClient client = server.connect()) {
      client.send("GET / HTTP/1.0\r\nHost: x\r\n" + fields + "\r\n");
      assertEquals(200, client.next().status());
    }
  }

  @Test
  @DisplayName("OPTIONS is answered for a path and for the whole server")
  void options() throws Exception {
    Answer path = server.ask("OPTIONS / HTTP/1.1\r\nHost: x\r\n\r\n");
    assertEquals(204, path.status());
    assertEquals("GET, HEAD, OPTIONS, POST", path.header("allow"));
    assertEquals(204, server.ask("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n").status());
  }
}
