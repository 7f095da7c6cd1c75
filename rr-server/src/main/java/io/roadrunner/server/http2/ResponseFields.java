package io.roadrunner.server.http2;

import io.roadrunner.hpack.HeaderSink;
import io.roadrunner.hpack.Sensitivity;
import io.roadrunner.http2.FieldSource;
import io.roadrunner.server.Headers;
import io.roadrunner.server.pipeline.DateLine;
import io.roadrunner.server.pipeline.OwnFields;
import java.util.Locale;

/**
 * The head of a final response: date, content-length and the handler's headers, without what only
 * HTTP/1.1 has (RFC 9113 §8.2.2).
 *
 * @param headers the handler's
 * @param length what content-length says; {@link #UNKNOWN}: it is left out
 */
record ResponseFields(Headers headers, long length) implements FieldSource {

  static final long UNKNOWN = -1;

  private static final int KEPT = 256;
  private static final String[] LENGTHS = new String[KEPT];

  static {
    for (int i = 0; i < KEPT; i++) {
      LENGTHS[i] = Integer.toString(i);
    }
  }

  @Override
  public void writeTo(HeaderSink sink) {
    int size = headers.size();
    boolean dated = false;
    for (int i = 0; i < size; i++) {
      String name = lower(headers.name(i));
      dated |= name.equals("date");
      if (!isForHttp1Only(name)) {
        sink.accept(name, headers.value(i), Sensitivity.NORMAL);
      }
    }
    if (!dated) {
      sink.accept("date", DateLine.text(), Sensitivity.NORMAL);
    }
    if (length != UNKNOWN) {
      String text = length < KEPT ? LENGTHS[(int) length] : Long.toString(length);
      sink.accept("content-length", text, Sensitivity.NORMAL);
    }
  }

  /** Hands over field lines as they are, for trailers and interim responses. */
  static FieldSource plain(Headers headers) {
    return sink -> {
      for (int i = 0; i < headers.size(); i++) {
        String name = lower(headers.name(i));
        if (!isForHttp1Only(name)) {
          sink.accept(name, headers.value(i), Sensitivity.NORMAL);
        }
      }
    };
  }

  private static boolean isForHttp1Only(String name) {
    return OwnFields.contains(name) || name.equals("upgrade") || name.equals("proxy-connection");
  }

  /** RFC 9113 §8.2.1: field names are lower-case. */
  private static String lower(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        return name.toLowerCase(Locale.ROOT);
      }
    }
    return name;
  }
}
