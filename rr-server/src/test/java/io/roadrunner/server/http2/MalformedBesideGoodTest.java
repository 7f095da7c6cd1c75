package io.roadrunner.server.http2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.http2.frame.DataFrame;
import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.http2.frame.HeadersFrame;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.testkit.Http2Client;
import io.roadrunner.server.testkit.TestServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A malformed request (RFC 9113 §8.1.1) between the frames of good ones, over sockets. */
class MalformedBesideGoodTest {

  private static final int PARTS = 40;

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        TestServer.start(
            Routes.builder()
                .post("/echo", request -> Response.bytes("a/b", request.body().bytes()))
                .add(
                    Route.post("/inline", request -> Response.bytes("a/b", request.body().bytes()))
                        .inline()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** The heads of requests that are refused, each in a way of its own. */
  private static List<HeadersFrame> malformed(Http2Client client, int firstId) {
    return List.of(
        client.request(firstId, "POST", "/echo", EndStream.NO, "Upper", "case"),
        client.request(firstId + 2, "POST", "/echo", EndStream.NO, "connection", "close"),
        client.request(firstId + 4, "POST", "/echo", EndStream.NO, ":path", "/twice"),
        client.request(firstId + 6, "POST", "/echo", EndStream.NO, "name", "a\r\nb: c"),
        client.request(firstId + 8, "POST", "/echo", EndStream.YES, "content-length", "5"),
        client.headers(firstId + 10, EndStream.YES, ":method", "GET", ":scheme", "http"));
  }

  /** Part of a message whose octets tell where they belong. */
  private static byte[] part(int stream, int number) {
    return ("stream " + stream + ", part " + number + "\r\n")
        .repeat(1 + number % 7)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] whole(int stream) {
    ByteBuffer all = ByteBuffer.allocate(1 << 16);
    for (int i = 0; i < PARTS; i++) {
      all.put(part(stream, i));
    }
    byte[] octets = new byte[all.flip().remaining()];
    all.get(octets);
    return octets;
  }

  private static byte[] data(int stream, int number) {
    EndStream end = number == PARTS - 1 ? EndStream.YES : EndStream.NO;
    return Http2Client.bytes(DataFrame.of(stream, ByteBuffer.wrap(part(stream, number)), end));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/echo", "/inline"})
  @DisplayName("S14 a malformed request between the frames of good ones on the same connection")
  void sameConnection(String path) throws IOException {
    try (Http2Client client = Http2Client.connect(server.port())) {
      client.post(1, path).post(3, path);
      List<HeadersFrame> bad = malformed(client, 5);
      for (int i = 0; i < PARTS; i++) {
        client.send(data(1, i));
        if (i < bad.size()) {
          client.send(bad.get(i));
        }
        client.send(data(3, i));
      }
      assertAnswered(client, 1);
      assertAnswered(client, 3);
      for (HeadersFrame head : bad) {
        assertEquals(ErrorCode.PROTOCOL_ERROR.code(), client.resetCode(head.streamId()));
      }
      assertTrue(client.roundTrip(1).goAways().isEmpty());
    }
  }

  @Test
  @DisplayName("S14 malformed requests on another connection, which ends for one of them")
  void otherConnection() throws IOException {
    try (Http2Client good = Http2Client.connect(server.port());
        Http2Client evil = Http2Client.connect(server.port())) {
      good.post(1, "/echo").post(3, "/inline");
      List<HeadersFrame> bad = malformed(evil, 1);
      for (int i = 0; i < PARTS; i++) {
        good.send(data(1, i));
        if (i < bad.size()) {
          evil.send(bad.get(i));
          assertEquals(ErrorCode.PROTOCOL_ERROR.code(), evil.resetCode(bad.get(i).streamId()));
        } else if (i == bad.size()) {
          // DATA of the connection itself, which is an error of all of it.
          evil.send(Http2Client.raw(0, 1, 0, 'x'));
          assertEquals(ErrorCode.PROTOCOL_ERROR.code(), evil.goAway(1).errorCode());
        }
        good.send(data(3, i));
      }
      assertAnswered(good, 1);
      assertAnswered(good, 3);
      assertTrue(good.roundTrip(1).goAways().isEmpty());
    }
  }

  private static void assertAnswered(Http2Client client, int stream) throws IOException {
    String body = client.answer(stream).body();
    assertArrayEquals(whole(stream), body.getBytes(StandardCharsets.ISO_8859_1));
  }
}
