package io.roadrunner.websocket;

/**
 * Upper bounds of everything that a peer can make large (RFC 6455 §10.4). Frame and message sizes
 * are judged by the frame header, before any payload has arrived.
 *
 * @param maxFrameBytes payload of one frame; more is answered with close code 1009
 * @param maxMessageBytes payload of one message, on the wire and again after decompression; 1009
 * @param minFragmentCharge what each frame of a fragmented message counts at least towards {@code
 *     maxMessageBytes}, so that empty fragments cannot go on for ever; 0 counts plain bytes
 * @param maxHandshakeElements subprotocols of a handshake, and extensions with their parameters;
 *     more is answered with status 400
 */
public record WebSocketLimits(
    long maxFrameBytes, long maxMessageBytes, int minFragmentCharge, int maxHandshakeElements) {

  /** Leaves room for sums of limits in a long. */
  private static final long MOST = 1L << 60;

  private static final WebSocketLimits DEFAULTS = new WebSocketLimits(10 << 20, 10 << 20, 64, 64);

  /** Refuses values that no message could satisfy with {@link IllegalArgumentException}. */
  public WebSocketLimits {
    within(125, MOST, maxFrameBytes, "maxFrameBytes");
    within(125, MOST, maxMessageBytes, "maxMessageBytes");
    within(0, 1 << 20, minFragmentCharge, "minFragmentCharge");
    within(1, 1 << 20, maxHandshakeElements, "maxHandshakeElements");
  }

  private static void within(long least, long most, long value, String name) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " is " + value + ", it has to be from " + least + " to " + most);
    }
  }

  /**
   * 10 MiB, 10 MiB, 64 and 64, in the order of the components.
   *
   * @return always the same value
   */
  public static WebSocketLimits defaults() {
    return DEFAULTS;
  }

  /**
   * A copy with another {@link #maxFrameBytes}.
   *
   * @param bytes the limit of the copy
   * @return the copy
   */
  public WebSocketLimits withMaxFrameBytes(long bytes) {
    return new WebSocketLimits(bytes, maxMessageBytes, minFragmentCharge, maxHandshakeElements);
  }

  /**
   * A copy with another {@link #maxMessageBytes}.
   *
   * @param bytes the limit of the copy
   * @return the copy
   */
  public WebSocketLimits withMaxMessageBytes(long bytes) {
    return new WebSocketLimits(maxFrameBytes, bytes, minFragmentCharge, maxHandshakeElements);
  }

  /**
   * A copy with another {@link #minFragmentCharge}.
   *
   * @param bytes the limit of the copy
   * @return the copy
   */
  public WebSocketLimits withMinFragmentCharge(int bytes) {
    return new WebSocketLimits(maxFrameBytes, maxMessageBytes, bytes, maxHandshakeElements);
  }

  /**
   * A copy with another {@link #maxHandshakeElements}.
   *
   * @param count the limit of the copy
   * @return the copy
   */
  public WebSocketLimits withMaxHandshakeElements(int count) {
    return new WebSocketLimits(maxFrameBytes, maxMessageBytes, minFragmentCharge, count);
  }
}
