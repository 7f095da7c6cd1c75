package io.roadrunner.server.http1;

import io.roadrunner.http1.FieldLines;
import io.roadrunner.server.Headers;
import java.util.List;
import java.util.Optional;

/** Field lines as the parser left them, seen as headers. */
record RequestHeaders(FieldLines lines) implements Headers {

  @Override
  public int size() {
    return lines.size();
  }

  @Override
  public String name(int index) {
    return lines.name(index);
  }

  @Override
  public String value(int index) {
    return lines.value(index);
  }

  @Override
  public Optional<String> first(String name) {
    return lines.first(name);
  }

  @Override
  public List<String> all(String name) {
    return lines.all(name);
  }

  @Override
  public boolean contains(String name) {
    return lines.contains(name);
  }
}
