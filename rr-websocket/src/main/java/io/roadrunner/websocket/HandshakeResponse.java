package io.roadrunner.websocket;

import java.util.List;

/** What a client has to know of the response to its handshake. */
public interface HandshakeResponse {

  /**
   * Status code.
   *
   * @return three digits
   */
  int status();

  /**
   * The values of all field lines with a name, in their order, without white space around them.
   *
   * @param name in lower case; the lookup ignores case
   * @return empty if there is no such field
   */
  List<String> fieldValues(String name);
}
