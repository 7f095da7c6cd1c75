package io.roadrunner.server.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.http2.frame.DataFrame;
import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.http2.frame.RstStreamFrame;
import io.roadrunner.server.Headers;
import io.roadrunner.server.Request;
import io.roadrunner.server.RequestBodyException;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.ServerLimits;
import io.roadrunner.server.testkit.CapturedLog;
import io.roadrunner.server.testkit.Http2Client;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of requests over HTTP/2: streamed with a window, collected for the loop, cut off. */
class Http2RequestBodyTest {

  private static final int STREAM_WINDOW = 256 << 10;
  private static final int FRAME = 16 << 10;

  private final CountDownLatch read = new CountDownLatch(1);
  private final AtomicInteger began = new AtomicInteger();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicReference<String> failure = new AtomicReference<>("");
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    ServerLimits limits =
        ServerLimits.defaults().withMaxBodyBytes(1 << 20).withSlowPeerGrace(Duration.ofMillis(100));
    Routes.Builder routes =
        Routes.builder()
            .post("/echo", Http2RequestBodyTest::echo)
            .post("/later", this::later)
            .post("/count", this::count)
            .post("/deny", request -> Response.text("no\n").status(401))
            .post("/trailers", Http2RequestBodyTest::trailers)
            .post("/hints", Http2RequestBodyTest::hints)
            .add(Route.post("/inline", Http2RequestBodyTest::echo).inline())
            .add(Route.post("/small", Http2RequestBodyTest::echo).maxBodyBytes(10))
            .add(Route.post("/small-inline", Http2RequestBodyTest::echo).maxBodyBytes(10).inline());
    server = TestServer.start(routes, limits);
  }

  private static Response echo(Request request) throws IOException {
    return Response.bytes("a/b", request.body().bytes());
  }

  private Response later(Request request) throws Exception {
    Wait.on(read);
    return echo(request);
  }

  private Response count(Request request) throws IOException {
    began.incrementAndGet();
    try (InputStream in = request.body().stream()) {
      return Response.text(in.readAllBytes().length + " " + request.body().length().isPresent());
    } catch (IOException e) {
      failure.set(e.getClass().getSimpleName() + " " + e.getMessage());
      throw e;
    } finally {
      calls.incrementAndGet();
    }
  }

  private static Response trailers(Request request) throws IOException {
    String body = request.body().text();
    return Response.text(body + " " + request.body().trailers().first("x-sum").orElse("none"));
  }

  private static Response hints(Request request) throws IOException {
    request.sendInterim(100, Headers.empty());
    return echo(request);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Http2Client connect() throws IOException {
    return Http2Client.connect(server.port());
  }

  private void awaitReading() {
    Wait.until("the handler reads", () -> began.get() == 1);
  }

  private static DataFrame zeros(int id, int bytes, EndStream end) {
    return DataFrame.of(id, ByteBuffer.allocate(bytes), end);
  }

  @Nested
  class S8_1_Messages {
    @ParameterizedTest
    @ValueSource(strings = {"/echo", "/inline"})
    void oneFrameOrMany(String path) throws IOException {
      try (Http2Client client = connect()) {
        client.post(1, path).send(Http2Client.data(1, "hello", EndStream.YES));
        assertEquals("hello", client.answer(1).body());
        client.post(3, path, "content-length", "5");
        for (char c : "hello".toCharArray()) {
          client.send(Http2Client.data(3, "" + c, EndStream.NO));
        }
        client.send(Http2Client.data(3, "", EndStream.YES));
        assertEquals("hello", client.answer(3).body());
        assertTrue(client.reply(3).reset().isEmpty());
      }
    }

    @Test
    void theHandlerKnowsWhetherTheLengthIsAnnounced() throws IOException {
      try (Http2Client client = connect()) {
        client.post(1, "/count").send(Http2Client.data(1, "hello", EndStream.YES));
        client.post(3, "/count", "content-length", "2");
        client.send(Http2Client.data(3, "ab", EndStream.YES));
        client.send(client.request(5, "POST", "/count", EndStream.YES));
        assertEquals("5 false", client.answer(1).body());
        assertEquals("2 true", client.answer(3).body());
        assertEquals("0 true", client.answer(5).body());
      }
    }

    @Test
    void trailersComeBehindTheContent() throws IOException {
      try (Http2Client client = connect()) {
        client.post(1, "/trailers").send(Http2Client.data(1, "sum", EndStream.NO));
        client.send(client.headers(1, EndStream.YES, "x-sum", "42"));
        assertEquals("sum 42", client.answer(1).body());
        client.post(3, "/trailers").send(Http2Client.data(3, "sum", EndStream.YES));
        assertEquals("sum none", client.answer(3).body());
      }
    }

    @Test
    @DisplayName("S09 a body that is not as long as content-length says is never seen as complete")
    void aWrongLength() throws IOException {
      try (Http2Client client = connect()) {
        client.post(1, "/count", "content-length", "5");
        awaitReading();
        client.send(Http2Client.data(1, "abcd", EndStream.YES));
        assertEquals(ErrorCode.PROTOCOL_ERROR.code(), client.resetCode(1));
        client.post(3, "/inline", "content-length", "5");
        client.send(Http2Client.data(3, "abcdef", EndStream.YES));
        assertEquals(ErrorCode.PROTOCOL_ERROR.code(), client.resetCode(3));
        Wait.until("the handler has ended", () -> calls.get() == 1);
        assertTrue(failure.get().contains("the peer broke the protocol"), failure.get());
      }
    }
  }

  @Nested
  class S5_2_FlowControl {
    @Test
    void theWindowFollowsTheReaderOfTheBody() throws IOException {
      try (Http2Client client = connect()) {
        client.settings();
        client.post(1, "/later");
        for (int sent = 0; sent < STREAM_WINDOW; sent += FRAME) {
          client.send(zeros(1, FRAME, EndStream.NO));
        }
        // One octet more than the window, which nobody has read from: RFC 9113 §6.9.1.
        client.send(zeros(1, 1, EndStream.NO));
        assertEquals(ErrorCode.FLOW_CONTROL_ERROR.code(), client.resetCode(1));
        assertEquals(0, client.awaitWindow(1));
        read.countDown();
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/count", "/inline"})
    void aReaderLetsThePeerGoOn(String path) throws IOException {
      try (Http2Client client = connect()) {
        client.settings();
        client.post(1, path);
        long left = STREAM_WINDOW;
        int sent = 0;
        while (sent < 1 << 20) {
          if (left < FRAME) {
            left += client.awaitWindow(1);
            assertEquals(0, client.reply(1).status());
          } else {
            sent += FRAME;
            left -= FRAME;
            client.send(zeros(1, FRAME, sent < 1 << 20 ? EndStream.NO : EndStream.YES));
          }
        }
        assertEquals(200, client.answer(1).status());
      }
    }
  }

  @Nested
  class Expectations {
    @ParameterizedTest
    @ValueSource(strings = {"/echo", "/inline", "/hints"})
    @DisplayName("100 (Continue) comes once, when the body is asked for (RFC 9110 §10.1.1)")
    void continueIsSaid(String path) throws IOException {
      try (Http2Client client = connect()) {
        client.post(1, path, "expect", "100-continue");
        client.readUntil("100", () -> client.reply(1).interim().equals(List.of(100)));
        client.send(Http2Client.data(1, "body", EndStream.YES));
        assertEquals("body", client.answer(1).body());
        assertEquals(List.of(100), client.reply(1).interim());
      }
    }

    @Test
    void nobodyAsksForTheBody() throws IOException {
      try (Http2Client client = connect()) {
        client.post(1, "/deny", "expect", "100-continue");
        assertEquals(401, client.answer(1).status());
        assertEquals(List.of(), client.reply(1).interim());
        assertEquals(ErrorCode.NO_ERROR.code(), client.resetCode(1));
      }
    }

    @Test
    void otherExpectationsAreNotMet() throws IOException {
      try (Http2Client client = connect()) {
        client.post(1, "/echo", "expect", "miracles");
        assertEquals(417, client.answer(1).status());
      }
    }
  }

  @Nested
  class EarlyAnswers {
    @Test
    @DisplayName("S12 an answer to an upload that goes on is complete, then RST_STREAM NO_ERROR")
    void whileTheClientUploads() throws IOException {
      try (Http2Client client = connect()) {
        client.post(1, "/deny").send(zeros(1, FRAME, EndStream.NO));
        assertEquals(401, client.answer(1).status());
        assertEquals("no\n", client.reply(1).body());
        assertTrue(client.reply(1).ended());
        assertEquals(ErrorCode.NO_ERROR.code(), client.resetCode(1));
        client.send(zeros(1, FRAME, EndStream.YES));
        client.post(3, "/echo").send(Http2Client.data(3, "on", EndStream.YES));
        assertEquals("on", client.answer(3).body());
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/small", "/small-inline"})
    @DisplayName("S12 413 for a body that is announced as too large, before any of it comes")
    void tooLargeByItsLength(String path) throws IOException {
      try (Http2Client client = connect()) {
        client.post(1, path, "content-length", "11");
        assertEquals(413, client.answer(1).status());
        assertEquals("the body is larger than 10 bytes\n", client.reply(1).body());
        assertEquals(ErrorCode.NO_ERROR.code(), client.resetCode(1));
        client.post(3, path, "content-length", "10");
        client.send(Http2Client.data(3, "0123456789", EndStream.YES));
        assertEquals("0123456789", client.answer(3).body());
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/small", "/small-inline"})
    @DisplayName("S12 413 for a body that becomes too large, in the middle of it")
    void tooLargeByItsBytes(String path) throws IOException {
      try (Http2Client client = connect()) {
        client.post(1, path).send(Http2Client.data(1, "0123456789", EndStream.NO));
        client.send(Http2Client.data(1, "X", EndStream.NO));
        assertEquals(413, client.answer(1).status());
        assertEquals(ErrorCode.NO_ERROR.code(), client.resetCode(1));
        client.post(3, path).send(Http2Client.data(3, "0123456789", EndStream.YES));
        assertEquals("0123456789", client.answer(3).body());
      }
    }
  }

  @Nested
  class Interrupted {
    @Test
    void theHandlerLearnsThatThePeerCancelled() throws IOException {
      try (CapturedLog log = CapturedLog.begin();
          Http2Client client = connect()) {
        client.post(1, "/count").send(zeros(1, 10, EndStream.NO));
        awaitReading();
        client.send(new RstStreamFrame(1, ErrorCode.CANCEL.code()));
        Wait.until("the handler has ended", () -> calls.get() == 1);
        assertTrue(failure.get().contains("has reset the stream"), failure.get());
        assertEquals(0, log.count(Level.WARNING));
      }
    }

    @Test
    void theHandlerLearnsThatTheConnectionHasEnded() throws IOException {
      try (Http2Client client = connect()) {
        client.post(1, "/count").send(zeros(1, 10, EndStream.NO));
        awaitReading();
        client.finish();
        assertEquals(400, client.answer(1).status());
        assertEquals("RequestBodyException the body was cut off", failure.get());
      }
    }

    @Test
    @DisplayName("S08 a body that does not come: 408 to whoever reads it, also on the loop")
    void theBodyDoesNotCome() throws IOException {
      try (Http2Client client = connect()) {
        client.post(1, "/count").send(zeros(1, 10, EndStream.NO));
        client.post(3, "/inline").send(zeros(3, 10, EndStream.NO));
        client.post(5, "/inline");
        assertEquals(408, client.answer(1).status());
        assertEquals(408, client.answer(3).status());
        assertEquals(408, client.answer(5).status());
        assertEquals(ErrorCode.NO_ERROR.code(), client.resetCode(5));
        assertEquals(
            RequestBodyException.class.getSimpleName() + " the body arrives too slowly",
            failure.get());
        assertFalse(client.goAways().size() > 0);
      }
    }
  }
}
