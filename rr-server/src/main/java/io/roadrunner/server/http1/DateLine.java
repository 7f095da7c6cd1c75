package io.roadrunner.server.http1;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The date field line (RFC 9110 §6.6.1), made once per second. */
final class DateLine {

  /** Bytes of a whole line with its CRLF. */
  static final int SIZE = 37;

  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static volatile Line current = new Line(Long.MIN_VALUE, new byte[0]);

  private DateLine() {}

  private static final class Line {
    final long second;
    final byte[] bytes;

    Line(long second, byte[] bytes) {
      this.second = second;
      this.bytes = bytes;
    }
  }

  /** Returns the line for now; the array must not be changed. */
  static byte[] bytes() {
    long second = System.currentTimeMillis() / 1000;
    Line line = current;
    if (line.second != second) {
      String date = IMF_FIXDATE.format(Instant.ofEpochSecond(second));
      line = new Line(second, ("date: " + date + "\r\n").getBytes(StandardCharsets.US_ASCII));
      current = line;
    }
    return line.bytes;
  }
}
