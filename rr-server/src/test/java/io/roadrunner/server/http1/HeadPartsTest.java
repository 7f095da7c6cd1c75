package io.roadrunner.server.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.Headers;
import io.roadrunner.server.Response;
import io.roadrunner.server.pipeline.DateLine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of a response's head. */
class HeadPartsTest {

  private static String head(
      int status,
      Headers headers,
      ResponseHead.Framing framing,
      ResponseHead.ConnectionLine connection) {
    ByteBuffer out = ByteBuffer.allocate(ResponseHead.maxSize(headers));
    ResponseHead.write(status, headers, framing, connection, out);
    return StandardCharsets.ISO_8859_1
        .decode(out.flip())
        .toString()
        .replaceFirst("date: [^\r]*\r\n", "");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 7, 9, 10, 42, 99, 100, 12_345, Long.MAX_VALUE})
  @DisplayName("F18: content-length is exact, whatever its number of digits")
  void lengths(long length) {
    assertEquals(
        "HTTP/1.1 200 OK\r\ncontent-length: " + length + "\r\n\r\n",
        head(
            200,
            Headers.empty(),
            new ResponseHead.Framing.Length(length),
            ResponseHead.ConnectionLine.NONE));
  }

  @Test
  void framingAndConnection() {
    Headers headers = Headers.of("a", "b", "Content-Length", "9", "Connection", "x");
    assertEquals(
        "HTTP/1.1 404 Not Found\r\na: b\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n",
        head(404, headers, new ResponseHead.Framing.Chunked(), ResponseHead.ConnectionLine.CLOSE));
    assertEquals(
        "HTTP/1.1 204 No Content\r\na: b\r\nconnection: keep-alive\r\n\r\n",
        head(
            204,
            headers,
            new ResponseHead.Framing.Bodiless(),
            ResponseHead.ConnectionLine.KEEP_ALIVE));
    assertEquals(
        "HTTP/1.1 599 \r\ncontent-type: text/html; charset=utf-8\r\n\r\n",
        head(
            599,
            Response.html("").headers(),
            new ResponseHead.Framing.UntilClose(),
            ResponseHead.ConnectionLine.NONE));
  }

  @Test
  void headsFitIntoTheirBound() {
    for (int status = 200; status < 600; status++) {
      String head =
          head(
              status,
              Headers.of("a", "b"),
              new ResponseHead.Framing.Length(Long.MAX_VALUE),
              ResponseHead.ConnectionLine.KEEP_ALIVE);
      assertTrue(head.endsWith("\r\n\r\n"));
    }
  }

  @Test
  void theDateIsNow() {
    String line = new String(DateLine.bytes(), StandardCharsets.US_ASCII);
    assertEquals(DateLine.SIZE, line.length());
    assertTrue(line.startsWith("date: ") && line.endsWith(" GMT\r\n"), line);
    Instant date =
        Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(line.substring(6).strip()));
    assertTrue(ChronoUnit.SECONDS.between(date, Instant.now()) <= 2);
  }
}
