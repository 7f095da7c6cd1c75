package io.roadrunner.server;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One message on its way out, in fragments. Closing it ends the message. Waits while the session's
 * queue is full. Nothing else is sent meanwhile but control frames: every message has to be closed.
 * One thread at a time.
 */
public interface WebSocketOutput extends AutoCloseable {

  /**
   * Adds bytes to the message.
   *
   * @param bytes those between position and limit; may be used again after the call
   * @throws IOException if the session has ended
   */
  void write(ByteBuffer bytes) throws IOException;

  /**
   * Sends what has been written so far, as a fragment; with compression it may still be kept.
   *
   * @throws IOException if the session has ended
   */
  void flush() throws IOException;

  /**
   * Ends the message. More calls do nothing.
   *
   * @throws IOException if the session has ended
   */
  @Override
  void close() throws IOException;
}
