package io.roadrunner.server.pipeline;

import io.roadrunner.server.Headers;
import io.roadrunner.server.RequestBody;
import io.roadrunner.server.TlsInfo;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Optional;

/**
 * One request on its way to one response, as a protocol provides it: the only seam between protocol
 * versions and everything that handles requests.
 */
public interface Exchange {

  /** Returns the method as sent. */
  String method();

  /** Returns the method by which a route is looked for. */
  default String routedMethod() {
    return method();
  }

  /** Returns the path as sent, or {@code *}. */
  String path();

  /** Returns the query as sent. */
  Optional<String> query();

  /** Returns the name and version of the protocol. */
  String protocol();

  /** Returns the header section. */
  Headers headers();

  /** Returns the authority that the request names. */
  String authority();

  /** Returns the body. */
  RequestBody body();

  /**
   * Sends an interim response at once.
   *
   * @throws IOException if the connection is gone
   */
  void sendInterim(int status, Headers headers) throws IOException;

  /** Returns the peer's address. */
  SocketAddress peer();

  /** Returns this side's address. */
  SocketAddress local();

  /** Returns {@code http} or {@code https}. */
  String scheme();

  /** Returns what TLS has settled, empty on clear text. */
  Optional<TlsInfo> tls();

  /** Returns a number that no other exchange of the listener has. */
  long number();
}
