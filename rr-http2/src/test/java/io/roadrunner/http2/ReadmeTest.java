package io.roadrunner.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.http2.frame.EndStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The example of the module's README, and its tables. */
class ReadmeTest {
  private static final Pattern LIMIT = Pattern.compile("\\| `([\\w.]+)`[^|]* \\| (\\d+) \\|.*");

  static boolean serve(Http2Connection http2, ByteBuffer in, long nowNanos) {
    while (true) {
      switch (http2.receive(in, nowNanos)) {
        case Http2Event.RequestHeaders(int stream, RequestHead head, EndStream end) -> {
          http2.sendHeaders(stream, 200, Fields.of("content-type", "text/plain"), EndStream.NO);
          http2.sendData(stream, greeting(head.path()), EndStream.YES);
        }
        case Http2Event.Data data -> http2.consumed(data.streamId(), data.flowControlledBytes());
        case Http2Event.HeaderListTooLarge(int stream, EndStream end) ->
            http2.sendHeaders(stream, 431, Fields.none(), EndStream.YES);
        case Http2Event.ConnectionFailed failed -> {
          return false; // write what is left, and close
        }
        case Http2Event.NeedInput none -> {
          return true; // write what is there, and read on
        }
        case Http2Event.EndOfRequest end -> {}
        case Http2Event.RequestTrailers trailers -> {}
        case Http2Event.StreamReset reset -> {}
        case Http2Event.Writable writable -> {} // offer content that was not taken
        case Http2Event.ResponseSent sent -> {}
        case Http2Event.PeerGoAway goAway -> {}
        case Http2Event.PingAcknowledged pong -> {}
      }
    }
  }

  private static ByteBuffer greeting(String path) {
    return ByteBuffer.wrap(("You asked for " + path).getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void example() {
    Client client = Client.connected();
    ByteBuffer requests =
        Client.bytes(
            client.get(1),
            client.get(3, "x", "e".repeat(20_000)),
            client.post(5),
            Client.data(5, "abc", EndStream.YES));
    assertTrue(serve(client.server, requests, client.now));
    assertEquals(
        List.of(
            "headers 1 [:status=200, content-type=text/plain]",
            "headers 3 [:status=431] end",
            "headers 5 [:status=200, content-type=text/plain]",
            "data 1 You asked for / end",
            "data 5 You asked for / end"),
        client.output());
    assertFalse(serve(client.server, Client.raw(6, 0, 0), client.now));
    assertEquals(List.of("goaway 5 FRAME_SIZE_ERROR"), client.output());
  }

  @Test
  void tableOfLimits() throws IOException {
    Http2Limits limits = Http2Limits.defaults();
    Map<String, Long> expected = new TreeMap<>();
    expected.put("maxConcurrentStreams", (long) limits.maxConcurrentStreams());
    expected.put("maxFrameBytes", (long) limits.maxFrameBytes());
    expected.put("connectionWindowBytes", (long) limits.connectionWindowBytes());
    expected.put("streamWindowBytes", (long) limits.streamWindowBytes());
    expected.put("maxSettingsEntries", (long) limits.maxSettingsEntries());
    expected.put("maxControlBytes", (long) limits.maxControlBytes());
    expected.put("maxQueuedBytes", (long) limits.maxQueuedBytes());
    expected.put("minSendBytes", (long) limits.minSendBytes());
    expected.put("headers.maxFieldListBytes", (long) limits.headers().maxFieldListBytes());
    expected.put("headers.maxFieldCount", (long) limits.headers().maxFieldCount());
    expected.put("headers.maxBlockBytes", (long) limits.headers().maxBlockBytes());
    expected.put("headers.maxContinuations", (long) limits.headers().maxContinuations());
    expected.put("deadlines.prefaceNanos", limits.deadlines().prefaceNanos());
    expected.put("deadlines.settingsAckNanos", limits.deadlines().settingsAckNanos());
    expected.put("deadlines.drainNanos", limits.deadlines().drainNanos());
    expected.put("overhead.points", (long) limits.overhead().points());
    expected.put("overhead.pointsPerSecond", (long) limits.overhead().pointsPerSecond());

    Map<String, Long> found = new TreeMap<>();
    for (String line :
        Files.readAllLines(Path.of(System.getProperty("basedir", ""), "README.md"))) {
      Matcher row = LIMIT.matcher(line);
      if (row.matches()) {
        found.put(row.group(1), Long.valueOf(row.group(2)));
      }
    }
    assertEquals(expected, found);
  }
}
