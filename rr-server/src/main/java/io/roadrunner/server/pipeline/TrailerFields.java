package io.roadrunner.server.pipeline;

import java.util.Locale;
import java.util.Set;

/** What a handler may put into a trailer section. */
public final class TrailerFields {

  // RFC 9110 §6.5.1: fields that frame, route, authenticate or describe content.
  private static final Set<String> FORBIDDEN =
      Set.of(
          "transfer-encoding",
          "content-length",
          "host",
          "connection",
          "te",
          "trailer",
          "authorization",
          "proxy-authorization",
          "www-authenticate",
          "set-cookie",
          "cookie",
          "cache-control",
          "content-type",
          "content-encoding",
          "content-range",
          "date",
          "expires",
          "location",
          "retry-after",
          "vary",
          "age");

  private TrailerFields() {}

  /**
   * Refuses a field that has to be known before the content.
   *
   * @throws IllegalArgumentException if the field may not stand in a trailer section
   */
  public static void check(String name) {
    if (FORBIDDEN.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          name + " must not stand in a trailer section (RFC 9110 §6.5.1)");
    }
  }
}
