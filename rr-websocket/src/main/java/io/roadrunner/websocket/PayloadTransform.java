package io.roadrunner.websocket;

import java.nio.ByteBuffer;

/**
 * Turns compressed payload into plain payload, one message after the other (RFC 7692 §6.2). This
 * module has no implementation of its own: it is the seam for permessage-deflate.
 *
 * <p>An implementation hands its output to the sink in pieces of bounded size, so that the sink can
 * refuse a message that grows over the limit before all of it has been produced. It refuses payload
 * by throwing {@link WebSocketViolation#exception}, for instance of {@link
 * WebSocketViolation#BAD_COMPRESSION} or {@link WebSocketViolation#RATIO_TOO_HIGH}.
 */
public interface PayloadTransform {

  /**
   * Takes the next compressed bytes of the message, all of those between position and limit, and
   * passes on what they decompress to.
   *
   * @param compressed read to its limit
   * @param out takes the plain bytes
   */
  void transform(ByteBuffer compressed, PayloadSink out);

  /**
   * The compressed payload of the message is complete; passes on what is left of it.
   *
   * @param out takes the plain bytes
   */
  void end(PayloadSink out);
}
