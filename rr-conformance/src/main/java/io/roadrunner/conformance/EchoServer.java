package io.roadrunner.conformance;

/**
 * The server under test. It sends back each message as it came, text as text and binary as binary,
 * cut into frames as it likes, and lets messages of 16 MiB pass. An adapter connects a socket, a
 * stream of HTTP/2, or nothing but codecs.
 */
@FunctionalInterface
public interface EchoServer {

  /**
   * Opens a WebSocket.
   *
   * @param extensionOffers value of {@code Sec-WebSocket-Extensions} to send; empty: no such field
   * @return the connection, past its handshake
   * @throws Exception if it does not come about: the case fails
   */
  EchoConnection connect(String extensionOffers) throws Exception;
}
