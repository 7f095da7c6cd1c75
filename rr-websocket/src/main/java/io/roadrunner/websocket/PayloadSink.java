package io.roadrunner.websocket;

import java.nio.ByteBuffer;

/** Takes the bytes of a message as they become known. */
@FunctionalInterface
public interface PayloadSink {

  /**
   * Takes one piece.
   *
   * @param bytes those between position and limit; they belong to the caller and may change as soon
   *     as the call has returned
   * @throws WebSocketException to refuse the message, for instance because it is over a limit;
   *     whoever calls stops producing and lets it pass
   */
  void accept(ByteBuffer bytes);
}
