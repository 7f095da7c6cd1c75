package io.roadrunner.server.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** What has come on one stream of HTTP/2 so far. */
public final class Http2Reply {

  private final List<List<String>> heads = new ArrayList<>();
  private final StringBuilder body = new StringBuilder();
  private List<String> trailers = List.of();
  private OptionalInt reset = OptionalInt.empty();
  private boolean ended;
  private int dataFrames;

  void head(List<String> fields) {
    boolean isTrailers = !heads.isEmpty() && status() >= 200;
    if (isTrailers) {
      trailers = fields;
    } else {
      heads.add(fields);
    }
  }

  void data(byte[] bytes) {
    body.append(new String(bytes, StandardCharsets.ISO_8859_1));
    dataFrames++;
  }

  void end() {
    ended = true;
  }

  void reset(int code) {
    reset = OptionalInt.of(code);
  }

  /** Returns the status of the last head, 0 while there is none. */
  public int status() {
    return heads.isEmpty() ? 0 : status(heads.getLast());
  }

  private static int status(List<String> head) {
    return Integer.parseInt(head.getFirst().substring(":status=".length()));
  }

  /** Returns the statuses of the interim responses. */
  public List<Integer> interim() {
    return heads.stream().map(Http2Reply::status).filter(status -> status < 200).toList();
  }

  /** Returns the fields of the last head, each as name=value, first :status. */
  public List<String> fields() {
    return heads.isEmpty() ? List.of() : heads.getLast();
  }

  /** Returns the fields of one of the heads. */
  public List<String> head(int index) {
    return heads.get(index);
  }

  /** Returns the value of a field of the last head, empty where there is none. */
  public String header(String name) {
    return fields().stream()
        .filter(field -> field.startsWith(name + "="))
        .map(field -> field.substring(name.length() + 1))
        .findFirst()
        .orElse("");
  }

  /** Returns the content, one char for each byte. */
  public String body() {
    return body.toString();
  }

  /** Returns how many DATA frames, or parts of them, have brought the content. */
  public int dataFrames() {
    return dataFrames;
  }

  /** Returns the trailers, each as name=value. */
  public List<String> trailers() {
    return trailers;
  }

  /** Tells whether END_STREAM has come. */
  public boolean ended() {
    return ended;
  }

  /** Returns the code of RST_STREAM, empty where there was none. */
  public OptionalInt reset() {
    return reset;
  }

  boolean isOver() {
    return ended || reset.isPresent();
  }
}
