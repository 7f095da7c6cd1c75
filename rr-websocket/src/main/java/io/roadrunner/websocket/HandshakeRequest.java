package io.roadrunner.websocket;

import java.util.List;
import java.util.Optional;

/** What the handshake has to know of a request; an adapter for whatever HTTP types are in use. */
public interface HandshakeRequest {

  /**
   * The method as it came.
   *
   * @return such as {@code GET}
   */
  String method();

  /**
   * Major version of HTTP: 1, 2 or 3.
   *
   * @return 1, 2 or 3
   */
  int majorVersion();

  /**
   * Minor version of HTTP: 0 or 1.
   *
   * @return 0 or 1
   */
  int minorVersion();

  /**
   * The pseudo-header field {@code :protocol} of an extended CONNECT (RFC 8441 §4).
   *
   * @return its value, empty in HTTP/1.1
   */
  Optional<String> protocol();

  /**
   * The scheme by which the client came, {@code http} or {@code https}, for the same-origin rule.
   *
   * @return in any case
   */
  String scheme();

  /**
   * Host and perhaps port by which the client came: {@code Host} or {@code :authority}.
   *
   * @return such as {@code example.com:8080}
   */
  String authority();

  /**
   * The values of all field lines with a name, in their order, without white space around them.
   *
   * @param name in lower case; the lookup ignores case
   * @return empty if there is no such field
   */
  List<String> fieldValues(String name);
}
