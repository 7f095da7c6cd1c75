package io.roadrunner.server.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.http2.frame.DataFrame;
import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.http2.frame.RstStreamFrame;
import io.roadrunner.http2.frame.SettingsFrame;
import io.roadrunner.http2.frame.WindowUpdateFrame;
import io.roadrunner.server.pipeline.Tunnel;
import io.roadrunner.server.testkit.CapturedLog;
import io.roadrunner.server.testkit.Http2Client;
import io.roadrunner.server.testkit.Http2Reply;
import io.roadrunner.server.testkit.Wait;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that carry another protocol (RFC 8441), which here sends back what it gets. */
class TunnelTest {

  private static final String BIG = "0123456789abcdef".repeat(4096);

  private TunnelServer server;
  private TunnelServer.Echo echo;

  @BeforeEach
  void start() throws IOException {
    server = TunnelServer.start();
    echo = server.echo();
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.close();
  }

  private Http2Client connect(long... settings) throws IOException {
    return Http2Client.connect(server.port(), settings);
  }

  private static void open(Http2Client client, int id, String path) throws IOException {
    connect(client, id, path, "websocket");
  }

  private static void connect(Http2Client client, int id, String path, String protocol)
      throws IOException {
    client.send(client.request(id, "CONNECT", path, EndStream.NO, ":protocol", protocol));
  }

  @Nested
  class S3_Settings {
    @Test
    void extendedConnectIsOffered() throws IOException {
      try (Http2Client client = connect()) {
        SettingsFrame settings = client.settings();
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < settings.count(); i++) {
          entries.add(settings.id(i) + "=" + settings.value(i));
        }
        assertTrue(entries.contains("8=1"), entries.toString());
      }
    }
  }

  @Nested
  class S4_Requests {
    @Test
    void theRouteOfGetAnswersBehindItsMiddleware() throws IOException {
      try (Http2Client client = connect()) {
        open(client, 1, "/ws?room=1");
        client.readUntil("head", () -> client.reply(1).status() != 0);
        Http2Reply reply = client.reply(1);
        assertEquals(200, reply.status());
        assertEquals("chat", reply.header("sec-websocket-protocol"));
        assertEquals("", reply.header("content-length"));
        assertEquals(List.of("CONNECT /ws HTTP/2"), server.seen());
        assertFalse(reply.ended());
      }
    }

    @Test
    void bytesGoBothWaysUntilBothHaveEnded() throws IOException {
      try (Http2Client client = connect()) {
        open(client, 1, "/ws");
        client.send(Http2Client.data(1, "ping", EndStream.NO));
        client.readUntil("ping", () -> client.reply(1).body().equals("ping"));
        client.send(Http2Client.data(1, "pong", EndStream.YES));
        assertEquals("pingpong", client.answer(1).body());
        assertTrue(client.reply(1).reset().isEmpty());
        echo.awaitCall("closed");
        assertEquals(
            List.of("opened", "received 4", "received 4", "ended", "closed"), echo.calls());
      }
    }

    @Test
    void inlineRoutesOpenThemToo() throws IOException {
      try (Http2Client client = connect()) {
        open(client, 1, "/inline");
        client.send(Http2Client.data(1, "ping", EndStream.YES));
        assertEquals("ping", client.answer(1).body());
      }
    }

    @Test
    void whatComesBeforeTheAnswerIsKept() throws IOException {
      try (Http2Client client = connect()) {
        open(client, 1, "/later");
        client.send(Http2Client.data(1, "early", EndStream.NO));
        client.send(Http2Client.data(1, "bird", EndStream.YES)).roundTrip(1);
        assertEquals(0, client.reply(1).status());
        server.proceed();
        assertEquals("earlybir", client.answer(1).body());
      }
    }

    @Test
    void whatIsNotConsumedComesAgainWithWhatFollows() throws IOException {
      try (Http2Client client = connect()) {
        open(client, 1, "/ws");
        client.send(Http2Client.data(1, "abc", EndStream.NO)).roundTrip(1);
        echo.awaitCall("opened");
        client.send(Http2Client.data(1, "defgh", EndStream.YES));
        assertEquals("abcdefgh", client.answer(1).body());
      }
    }

    @Test
    void aStreamWithoutTunnelIsAnsweredAsUsual() throws IOException {
      try (Http2Client client = connect()) {
        open(client, 1, "/denied");
        assertEquals(403, client.answer(1).status());
        assertEquals("not you\n", client.reply(1).body());
        assertEquals(ErrorCode.NO_ERROR.code(), client.resetCode(1));
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/page", "/nowhere"})
    void noAnswerCanBeTakenForATunnel(String path) throws IOException {
      try (Http2Client client = connect()) {
        open(client, 1, path);
        assertTrue(client.answer(1).status() >= 400, "status " + client.reply(1).status());
      }
    }

    @Test
    void otherProtocolsAreNotSpoken() throws IOException {
      try (Http2Client client = connect()) {
        connect(client, 1, "/ws", "gopher");
        assertEquals(501, client.answer(1).status());
        client.send(
            client.headers(3, EndStream.NO, ":method", "CONNECT", ":authority", "a.test:80"));
        assertEquals(501, client.answer(3).status());
        assertEquals(List.of(), server.seen());
      }
    }
  }

  @Nested
  class S5_Flow {
    @Test
    void theWindowOpensAsBytesAreConsumed() throws IOException {
      try (Http2Client client = connect()) {
        open(client, 1, "/ws");
        for (int i = 0; i < 32; i++) {
          client.send(DataFrame.of(1, ascii(BIG.substring(0, 16384)), EndStream.NO));
          int soFar = (i + 1) * 16384;
          client.readUntil("all of it", () -> client.reply(1).body().length() == soFar);
        }
        assertEquals(BIG.repeat(8), client.reply(1).body());
      }
    }

    @Test
    void aPausedEndGetsNothingAndTheWindowStaysShut() throws Exception {
      try (Http2Client client = connect()) {
        open(client, 1, "/ws");
        echo.awaitCall("opened");
        onLoop(() -> echo.tunnel().reading(Tunnel.Reading.PAUSED));
        client.send(Http2Client.data(1, "abcd", EndStream.NO)).roundTrip(1);
        client.send(Http2Client.data(1, "efgh", EndStream.YES)).roundTrip(2);
        assertEquals(List.of("opened"), echo.calls());
        onLoop(() -> echo.tunnel().reading(Tunnel.Reading.ON));
        assertEquals("abcdefgh", client.answer(1).body());
        assertEquals("received 8", echo.calls().get(1));
      }
    }

    @Test
    void aFullTunnelSaysWhenThereIsRoom() throws IOException {
      try (Http2Client client = connect(SettingsFrame.INITIAL_WINDOW_SIZE, 0)) {
        client.keepWindowsShut().awaitSettings();
        open(client, 1, "/ws");
        for (int i = 0; i < 8; i++) {
          client.send(DataFrame.of(1, ascii(BIG.substring(0, 16384)), EndStream.NO));
        }
        echo.awaitCall("full");
        assertEquals("", client.reply(1).body());
        client.send(new WindowUpdateFrame(0, 1 << 20), new WindowUpdateFrame(1, 1 << 20));
        client.readUntil("all", () -> client.reply(1).body().length() == 8 * 16384);
        assertEquals(BIG.repeat(2), client.reply(1).body());
      }
    }

    private void onLoop(Runnable action) throws InterruptedException {
      CountDownLatch done = new CountDownLatch(1);
      echo.tunnel()
          .execute(
              () -> {
                action.run();
                done.countDown();
              });
      Wait.on(done);
    }
  }

  @Nested
  class Endings {
    @Test
    void thePeerCancels() throws IOException {
      try (Http2Client client = connect()) {
        open(client, 1, "/ws");
        echo.awaitCall("opened");
        client.send(new RstStreamFrame(1, ErrorCode.CANCEL.code()));
        echo.awaitCall("closed");
        IOException ended =
            assertThrows(IOException.class, () -> echo.tunnel().write(ascii("late")));
        assertEquals("the stream has ended", ended.getMessage());
        echo.tunnel().end();
      }
    }

    @Test
    void theConnectionGoes() throws IOException {
      try (Http2Client client = connect()) {
        open(client, 1, "/ws");
        echo.awaitCall("opened");
      }
      echo.awaitCall("closed");
    }

    @Test
    void thisSideEndsFirst() throws IOException {
      try (Http2Client client = connect()) {
        open(client, 1, "/ws");
        echo.awaitCall("opened");
        echo.tunnel().execute(echo.tunnel()::end);
        assertTrue(client.answer(1).ended());
        assertEquals(ErrorCode.NO_ERROR.code(), client.resetCode(1));
        echo.awaitCall("closed");
        assertEquals(1, server.metrics().snapshot().requestsCompleted());
      }
    }

    @Test
    void thisSideCutsItOff() throws IOException {
      try (Http2Client client = connect()) {
        open(client, 1, "/ws");
        echo.awaitCall("opened");
        echo.tunnel().execute(echo.tunnel()::reset);
        assertEquals(ErrorCode.CANCEL.code(), client.resetCode(1));
        echo.awaitCall("closed");
      }
    }

    @Test
    void aFaultCostsTheStreamAndNothingElse() throws IOException {
      try (CapturedLog log = CapturedLog.begin();
          Http2Client client = connect()) {
        echo.fail();
        open(client, 1, "/ws");
        client.send(Http2Client.data(1, "ping", EndStream.NO));
        assertEquals(ErrorCode.INTERNAL_ERROR.code(), client.resetCode(1));
        client.get(3, "/page");
        assertEquals("no tunnel", client.answer(3).body());
        assertTrue(log.count(Level.SEVERE) >= 1);
        assertEquals("closed", echo.calls().getLast());
      }
    }

    @Test
    void aDrainLetsItEnd() throws Exception {
      try (Http2Client client = connect()) {
        open(client, 1, "/ws");
        client.send(Http2Client.data(1, "ping", EndStream.NO));
        client.readUntil("ping", () -> client.reply(1).body().equals("ping"));
        Thread draining =
            Thread.ofVirtual()
                .start(
                    () -> {
                      server.drain();
                    });
        echo.awaitCall("drain");
        assertTrue(client.answer(1).ended());
        client.readToEnd();
        draining.join();
      }
    }
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
