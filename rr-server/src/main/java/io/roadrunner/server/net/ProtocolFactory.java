package io.roadrunner.server.net;

/** Makes the protocol of a new connection. */
@FunctionalInterface
public interface ProtocolFactory {

  /** Returns the protocol that the connection speaks. */
  Protocol create(Connection connection);
}
