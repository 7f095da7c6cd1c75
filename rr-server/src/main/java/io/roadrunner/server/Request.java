package io.roadrunner.server;

import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * One request, whatever protocol brought it.
 *
 * <p>Belongs to the thread that runs its handler; {@link #connected()} and {@link
 * #onDisconnect(Runnable)} may be called from any thread. Of use until the response has left.
 */
public interface Request {

  /** {@return the method, case as sent: methods are case-sensitive (RFC 9110 §9.1)} */
  String method();

  /**
   * {@return the path of the request target as sent, not percent-decoded; {@code *} for the
   * asterisk form of OPTIONS}
   */
  String path();

  /** {@return the query without its question mark, as sent; empty when there is none} */
  Optional<String> query();

  /** {@return the protocol version} */
  String protocol();

  /** {@return the header section} */
  Headers headers();

  /**
   * {@return the value of the first header of that name}
   *
   * @param name the field name, in any case
   */
  default Optional<String> header(String name) {
    return headers().first(name);
  }

  /**
   * {@return the path parameter of that name, percent-decoded once}
   *
   * @param name as in the route's pattern, without {@code :} or {@code *}
   * @throws IllegalArgumentException if the route has no such parameter
   */
  default String param(String name) {
    return params().get(name);
  }

  /** {@return the path parameters of the matched route} */
  PathParams params();

  /** {@return the pattern of the route that matched, empty before a route has matched} */
  String route();

  /** {@return where the peer is: an IP address and port, or a Unix-domain address} */
  SocketAddress peer();

  /** {@return the address on this side of the connection} */
  SocketAddress local();

  /** {@return {@code http} or {@code https}, as the transport says} */
  String scheme();

  /** {@return what TLS has settled; empty on clear text} */
  default Optional<TlsInfo> tls() {
    return Optional.empty();
  }

  /**
   * {@return the certificate that the client has shown, and those that vouch for it behind it;
   * empty unless the server has asked for one, see {@link TlsConfig#requireClientCertificate}}
   */
  default List<X509Certificate> clientCertificates() {
    return tls().map(TlsInfo::clientCertificates).orElse(List.of());
  }

  /** {@return the authority that the request names: Host, or the absolute form's} */
  String authority();

  /** {@return 16 hexadecimal digits that name this request in logs and telemetry} */
  String requestId();

  /** {@return values that middleware and handlers hand to each other within this request} */
  Attributes attributes();

  /** {@return the body; reading it first sends 100 (Continue) where the peer waits for that} */
  RequestBody body();

  /**
   * Sends an interim response before the final one (RFC 9110 §15.2), for instance 103 (Early Hints,
   * RFC 8297). HTTP/1.0 peers get none: then this does nothing.
   *
   * @param status 100, or 102 to 199; 101 is an upgrade and has its own way
   * @param headers the header section of the interim response
   * @throws IllegalArgumentException if the status is no such status
   * @throws java.io.IOException if the connection is gone
   */
  void sendInterim(int status, Headers headers) throws java.io.IOException;

  /** {@return whether the peer can still be answered; false once it has reset the connection} */
  boolean connected();

  /**
   * Runs an action once when the peer resets the connection before the response has left, at once
   * if that has already happened. It runs on an event loop and must not block.
   *
   * @param action what to do
   */
  void onDisconnect(Runnable action);
}
