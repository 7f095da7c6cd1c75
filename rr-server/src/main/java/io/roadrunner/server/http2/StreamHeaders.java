package io.roadrunner.server.http2;

import io.roadrunner.http2.Fields;
import io.roadrunner.server.Headers;

/**
 * Field lines of a request as handlers know them from HTTP/1.1.
 *
 * @param authority stands first, as host, where it is not empty (RFC 9113 §8.3.1)
 * @param fields everything else
 */
record StreamHeaders(String authority, Fields fields) implements Headers {

  private int ahead() {
    return authority.isEmpty() ? 0 : 1;
  }

  @Override
  public int size() {
    return ahead() + fields.count();
  }

  @Override
  public String name(int index) {
    return index < ahead() ? "host" : fields.name(index - ahead());
  }

  @Override
  public String value(int index) {
    return index < ahead() ? authority : fields.value(index - ahead());
  }
}
