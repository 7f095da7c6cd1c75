package io.roadrunner.server.websocket;

import io.roadrunner.server.Request;
import io.roadrunner.websocket.HandshakeRequest;
import java.util.List;
import java.util.Optional;

/** A request as the rules of the handshake see it. */
record OpeningRequest(Request request) implements HandshakeRequest {

  private static final String CONNECT = "CONNECT";

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public int majorVersion() {
    return request.protocol().startsWith("HTTP/1") ? 1 : 2;
  }

  @Override
  public int minorVersion() {
    return request.protocol().equals("HTTP/1.1") ? 1 : 0;
  }

  @Override
  public Optional<String> protocol() {
    // RFC 8441 §4: no other CONNECT finds a route.
    return method().equals(CONNECT) ? Optional.of("websocket") : Optional.empty();
  }

  @Override
  public String scheme() {
    return request.scheme();
  }

  @Override
  public String authority() {
    return request.authority();
  }

  @Override
  public List<String> fieldValues(String name) {
    return request.headers().all(name);
  }
}
