package io.roadrunner.server.routing;

import io.roadrunner.server.Attributes;
import io.roadrunner.server.Headers;
import io.roadrunner.server.PathParams;
import io.roadrunner.server.Request;
import io.roadrunner.server.RequestBody;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;

/** A request that never was: what routes and handlers look at, and nothing behind it. */
public record StubRequest(
    String method, String path, Optional<String> query, Headers headers, PathParams params)
    implements Request {

  private static final InetSocketAddress NOWHERE = InetSocketAddress.createUnresolved("stub", 1);

  /** Returns a request without headers. */
  public static StubRequest of(String method, String path) {
    return new StubRequest(method, path, Optional.empty(), Headers.empty(), PathParams.none());
  }

  /** Returns this request with other parameters. */
  public StubRequest params(PathParams value) {
    return new StubRequest(method, path, query, headers, value);
  }

  /** Returns this request with one more header. */
  public StubRequest with(String name, String value) {
    return new StubRequest(method, path, query, headers.with(name, value), params);
  }

  /** Returns this request with a query. */
  public StubRequest query(String value) {
    return new StubRequest(method, path, Optional.of(value), headers, params);
  }

  @Override
  public String protocol() {
    return "HTTP/1.1";
  }

  @Override
  public String route() {
    return "/stub";
  }

  @Override
  public SocketAddress peer() {
    return NOWHERE;
  }

  @Override
  public SocketAddress local() {
    return NOWHERE;
  }

  @Override
  public String scheme() {
    return "http";
  }

  @Override
  public String authority() {
    return "stub:1";
  }

  @Override
  public String requestId() {
    return "0000000000000000";
  }

  @Override
  public Attributes attributes() {
    throw new UnsupportedOperationException();
  }

  @Override
  public RequestBody body() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void sendInterim(int status, Headers interim) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean connected() {
    return true;
  }

  @Override
  public void onDisconnect(Runnable action) {
    throw new UnsupportedOperationException();
  }
}
