package io.roadrunner.conformance;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The client's end of one WebSocket, past its handshake. One thread at a time. */
public interface EchoConnection extends AutoCloseable {

  /**
   * What the server answered.
   *
   * @return value of {@code Sec-WebSocket-Extensions}, several lines joined by commas; empty if
   *     there was none
   */
  String extensions();

  /**
   * Sends bytes, in one write if possible. The suite reads nothing meanwhile, so an adapter of a
   * transport that blocks writes from a thread of its own. After the end of the transport it drops
   * them.
   *
   * @param bytes those between position and limit
   * @throws IOException if that fails in a way that has to fail the case
   */
  void send(ByteBuffer bytes) throws IOException;

  /**
   * Takes what the server sent, one byte at least; waits for it, but not for ever.
   *
   * @param into has room
   * @return how many bytes were put there, or -1 at the end of the transport
   * @throws IOException if nothing came in time
   */
  int receive(ByteBuffer into) throws IOException;

  /** Ends the transport, whatever state it is in. */
  @Override
  void close() throws IOException;
}
