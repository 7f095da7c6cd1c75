package io.roadrunner.server.net;

/** Makes the protocol of a new connection. */
@FunctionalInterface
public interface ProtocolFactory {

  /**
   * Returns the protocol that the connection speaks.
   *
   * @param connection the connection
   * @param negotiated what ALPN has chosen (RFC 7301), empty if nothing
   */
  Protocol create(Connection connection, String negotiated);
}
