package io.roadrunner.server.testkit;

import io.roadrunner.http1.FieldLines;
import java.nio.charset.StandardCharsets;

/**
 * A response as a client sees it.
 *
 * @param status its status code
 * @param fields its header section
 * @param body its content, one char for each byte
 * @param trailers its trailer section
 */
public record Answer(int status, FieldLines fields, String body, FieldLines trailers) {

  /** Returns the value of the first header of that name, empty where there is none. */
  public String header(String name) {
    return fields.first(name).orElse("");
  }

  /** Returns the content as UTF-8. */
  public String text() {
    return new String(body.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** Tells whether the response says that its connection ends. */
  public boolean closes() {
    return header("connection").equalsIgnoreCase("close");
  }
}
