package io.roadrunner.server.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.Headers;
import io.roadrunner.server.RequestBodyException;
import io.roadrunner.server.Response;
import io.roadrunner.server.ResponseStream;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.ServerLimits;
import io.roadrunner.server.testkit.Answer;
import io.roadrunner.server.testkit.CapturedLog;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Handlers that hold on to what is over, and requests behind others that are refused. */
class MisuseTest {

  private static final String GET = "GET %s HTTP/1.1\r\nHost: x\r\n\r\n";

  @Test
  @DisplayName("F18: a stream that has ended takes no more, and the connection goes on")
  void streamThatHasEnded() throws Exception {
    AtomicReference<ResponseStream> kept = new AtomicReference<>();
    Routes.Builder routes =
        Routes.builder()
            .get(
                "/",
                request ->
                    Response.stream(
                        "a/b",
                        out -> {
                          kept.set(out);
                          out.write("x".repeat(5000));
                          out.write("y".repeat(5000));
                          out.write("z".repeat(9000));
                        }));
    String body = "x".repeat(5000) + "y".repeat(5000) + "z".repeat(9000);
    try (TestServer server = TestServer.start(routes);
        RawClient client = server.connect()) {
      assertEquals(body, client.send(GET.formatted("/")).answer().body());
      assertThrows(IllegalStateException.class, () -> kept.get().write("more"));
      assertEquals(body, client.send(GET.formatted("/")).answer().body());
    }
  }

  @Test
  @DisplayName("F21: a body that has failed fails again, and its connection ends")
  void bodyThatHasFailed() throws Exception {
    Routes.Builder routes =
        Routes.builder()
            .post(
                "/",
                request -> {
                  InputStream in = request.body().stream();
                  var first = assertThrows(RequestBodyException.class, in::readAllBytes);
                  var second = assertThrows(RequestBodyException.class, in::read);
                  assertSame(first, second);
                  return Response.text("failed twice");
                });
    try (TestServer server = TestServer.start(routes);
        RawClient client = server.connect()) {
      client.send(
          "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\nx\r\n");
      Answer answer = client.answer();
      assertEquals("failed twice", answer.body());
      assertTrue(answer.closes());
      client.expectEnd();
    }
  }

  @Test
  @DisplayName("An interim response too large for the event loop fails, and the final one does not")
  void interimTooLarge() throws Exception {
    Headers large = Headers.of("link", "x".repeat(70_000));
    Routes.Builder routes =
        Routes.builder()
            .add(
                Route.get(
                        "/",
                        request -> {
                          request.sendInterim(103, large);
                          return Response.text("not reached");
                        })
                    .inline());
    try (CapturedLog log = CapturedLog.begin();
        TestServer server = TestServer.start(routes)) {
      assertEquals(500, server.ask(GET.formatted("/")).status());
      assertEquals(1, log.lines().size());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "501 | CONNECT x:1 HTTP/1.1~Host: x:1~~",
        "417 | GET /virtual HTTP/1.1~Host: x~Expect: more~~",
        "413 | POST /virtual HTTP/1.1~Host: x~Content-Length: 11~~12345678901",
        "400 | GET /virtual HTTP/1.1~~"
      })
  @DisplayName("P29: a request that is refused behind another one ends the connection, too")
  void refusedBehindAnother(int status, String request) throws Exception {
    Routes.Builder routes =
        Routes.builder()
            .get("/virtual", r -> Response.text("good"))
            .post("/virtual", r -> Response.text("posted"));
    ServerLimits limits = ServerLimits.defaults().withMaxBodyBytes(10);
    String good = GET.formatted("/virtual");
    try (TestServer server = TestServer.start(routes, limits);
        RawClient client = server.connect()) {
      List<Answer> answers =
          client.send(good + request.replace("~", "\r\n") + good).answersUntilEnd();
      assertEquals(List.of(200, status), answers.stream().map(Answer::status).toList());
      assertTrue(answers.getLast().closes());
    }
  }

  @Test
  @DisplayName("E05: a pipelined request that finds no permit gets 503, and the connection goes on")
  void pipelinedWithoutPermit() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Response large = Response.bytes("a/b", new byte[16 << 20]);
    Routes.Builder routes =
        Routes.builder()
            .get(
                "/",
                request -> {
                  running.countDown();
                  Wait.on(goOn);
                  return Response.text("waited");
                })
            .add(Route.get("/large", request -> large).inline());
    ServerLimits limits = ServerLimits.defaults().withMaxConcurrentRequests(1);
    try (TestServer server = TestServer.start(routes, limits);
        RawClient client = server.connect();
        RawClient slow = RawClient.connectSlowReader(server.server().address())) {
      client.send(GET.formatted("/").repeat(2));
      Wait.on(running);
      // An answer that is there and takes time to send is one beyond the limit.
      slow.send(GET.formatted("/large"));
      Wait.until("it is sent", () -> server.server().info().runningHandlers() == 2);
      goOn.countDown();
      assertEquals("waited", client.answer().body());
      assertEquals(503, client.answer().status());
      slow.reset();
      Wait.until("its permit is free", () -> server.server().info().runningHandlers() == 0);
      assertEquals("waited", client.send(GET.formatted("/")).answer().body());
    }
  }
}
