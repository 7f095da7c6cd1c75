package io.roadrunner.server.pipeline;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The date field line (RFC 9110 §6.6.1), made once per second. */
public final class DateLine {

  /** Bytes of a whole line with its CRLF. */
  public static final int SIZE = 37;

  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static volatile Line current = new Line(Long.MIN_VALUE, "", new byte[0]);

  private DateLine() {}

  private static final class Line {
    final long second;
    final String text;
    final byte[] bytes;

    Line(long second, String text, byte[] bytes) {
      this.second = second;
      this.text = text;
      this.bytes = bytes;
    }
  }

  /** Returns the line for now; the array must not be changed. */
  public static byte[] bytes() {
    return line().bytes;
  }

  /** Returns the value for now. */
  public static String text() {
    return line().text;
  }

  private static Line line() {
    long second = System.currentTimeMillis() / 1000;
    Line line = current;
    if (line.second != second) {
      String date = IMF_FIXDATE.format(Instant.ofEpochSecond(second));
      byte[] bytes = ("date: " + date + "\r\n").getBytes(StandardCharsets.US_ASCII);
      line = new Line(second, date, bytes);
      current = line;
    }
    return line;
  }
}
