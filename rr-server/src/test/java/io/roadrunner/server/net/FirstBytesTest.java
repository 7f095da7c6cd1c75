package io.roadrunner.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.http2.frame.SettingsFrame;
import io.roadrunner.server.Response;
import io.roadrunner.server.Routes;
import io.roadrunner.server.ServerLimits;
import io.roadrunner.server.testkit.Answer;
import io.roadrunner.server.testkit.Http2Client;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One clear-text port for both versions of HTTP: the first bytes decide (RFC 9113 §3.3, §3.4). */
class FirstBytesTest {

  private static final String GET = "GET /v HTTP/1.1\r\nHost: x\r\n\r\n";

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    start(ServerLimits.defaults());
  }

  private void start(ServerLimits limits) throws IOException {
    server =
        TestServer.start(
            Routes.builder().get("/v", request -> Response.text(request.protocol())), limits);
  }

  private void restart(ServerLimits limits) throws IOException {
    server.close();
    start(limits);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void awaitBytes(long count) {
    Wait.until(
        count + " bytes have been read",
        () -> server.server().info().metrics().bytesRead() >= count);
  }

  @Test
  void bothAtTheSameTime() throws IOException {
    try (RawClient one = server.connect();
        Http2Client two = Http2Client.connect(server.port())) {
      two.get(1, "/v");
      assertEquals("HTTP/1.1", one.send(GET).answer().body());
      assertEquals("HTTP/2", two.answer(1).body());
      assertEquals("HTTP/1.1", one.send(GET).answer().body());
    }
  }

  @Test
  @DisplayName("the preface in two pieces, cut at each byte")
  void thePrefaceInPieces() throws IOException {
    long read = 0;
    byte[] preface = Http2Client.PREFACE.getBytes(StandardCharsets.ISO_8859_1);
    for (int cut = 1; cut < preface.length; cut++) {
      try (Http2Client client = Http2Client.silent(server.port())) {
        client.send(Arrays.copyOf(preface, cut));
        awaitBytes(read + cut);
        client.send(Arrays.copyOfRange(preface, cut, preface.length));
        client.send(SettingsFrame.of()).get(1, "/v");
        assertEquals("HTTP/2", client.answer(1).body());
      }
      Wait.until("it is closed", () -> server.server().info().openConnections() == 0);
      read = server.server().info().metrics().bytesRead();
    }
  }

  @Test
  @DisplayName("a request of HTTP/1.1 in two pieces, cut at each byte")
  void aRequestInPieces() throws IOException {
    long read = 0;
    for (int cut = 1; cut < GET.length(); cut++) {
      try (RawClient client = server.connect()) {
        client.send(GET.substring(0, cut));
        awaitBytes(read + cut);
        assertEquals("HTTP/1.1", client.send(GET.substring(cut)).answer().body());
      }
      read += GET.length();
    }
  }

  @Test
  @DisplayName(
      "H01 what is almost the preface is a bad request of HTTP/1.1, whichever byte differs")
  void almostThePreface() throws IOException {
    String preface = Http2Client.PREFACE;
    for (int at = 0; at < preface.length(); at++) {
      String wrong = preface.substring(0, at) + (char) (preface.charAt(at) ^ 1);
      try (RawClient client = server.connect()) {
        Answer answer = client.send(wrong + "\r\n\r\n").answer();
        assertTrue(answer.status() >= 400 && answer.status() <= 505, at + ": " + answer.status());
        assertTrue(answer.closes(), "byte " + at);
        client.expectEnd();
      }
    }
  }

  @Test
  @DisplayName("H01 a first frame that is not SETTINGS ends the connection")
  void theFirstFrameIsNotSettings() throws IOException {
    try (Http2Client client = Http2Client.silent(server.port())) {
      client.send(Http2Client.PREFACE.getBytes(StandardCharsets.ISO_8859_1));
      client.get(1, "/v");
      assertEquals(1, client.goAway(1).errorCode());
      client.readToEnd();
      assertEquals(0, client.reply(1).status());
    }
  }

  @Test
  void silence() throws IOException {
    restart(ServerLimits.defaults().withHeadTimeout(Duration.ofMillis(50)));
    try (RawClient client = server.connect()) {
      client.expectEnd();
    }
  }

  @Test
  @DisplayName("C01 half a preface is a head that does not arrive: 408 by the deadline of heads")
  void halfAPreface() throws IOException {
    restart(ServerLimits.defaults().withHeadTimeout(Duration.ofMillis(50)));
    try (RawClient client = server.connect()) {
      assertEquals(408, client.send(Http2Client.PREFACE.substring(0, 10)).answer().status());
      client.expectEnd();
    }
  }

  @Test
  void halfAPrefaceAndTheEnd() throws IOException {
    try (RawClient client = server.connect()) {
      client.send("PRI * HTTP").finish().expectEnd();
    }
    try (RawClient client = server.connect()) {
      client.finish().expectEnd();
    }
  }

  @Test
  @DisplayName("F20 Upgrade: h2c is not taken up (RFC 9113 §3.1): the answer is one of HTTP/1.1")
  void upgradeToH2c() throws IOException {
    try (RawClient client = server.connect()) {
      String upgrade =
          GET.replace(
              "\r\n\r\n",
              "\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c"
                  + "\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n");
      Answer answer = client.send(upgrade).answer();
      assertEquals(200, answer.status());
      assertEquals("HTTP/1.1", answer.body());
      assertEquals("HTTP/1.1", client.send(GET).answer().body());
    }
  }

  @Test
  void aDrainEndsWhatHasSaidNothing() throws Exception {
    try (RawClient client = server.connect()) {
      Wait.until("it is there", () -> server.server().info().openConnections() == 1);
      assertEquals(0, server.server().drain(Wait.PATIENCE).stragglers());
      client.expectEnd();
    }
  }
}
