package io.roadrunner.websocket;

import java.util.List;

/**
 * What a server wants of a handshake beyond its being well-formed.
 *
 * @param origins whose pages may connect
 * @param subprotocols those the server speaks, the one it likes best first; the first that the
 *     client also offers is chosen, and none at all is no reason to refuse
 * @param limits for the size of lists in the handshake
 */
public record HandshakePolicy(
    OriginPolicy origins, List<String> subprotocols, WebSocketLimits limits) {

  private static final HandshakePolicy DEFAULTS =
      new HandshakePolicy(OriginPolicy.sameOrigin(), List.of(), WebSocketLimits.defaults());

  /** Refuses subprotocols that are no tokens with {@link IllegalArgumentException}. */
  public HandshakePolicy {
    subprotocols = List.copyOf(subprotocols);
    subprotocols.forEach(Tokens::require);
  }

  /**
   * Same origin, no subprotocol, default limits.
   *
   * @return always the same value
   */
  public static HandshakePolicy defaults() {
    return DEFAULTS;
  }

  /**
   * A copy with other {@link #origins}.
   *
   * @param policy of the copy
   * @return the copy
   */
  public HandshakePolicy withOrigins(OriginPolicy policy) {
    return new HandshakePolicy(policy, subprotocols, limits);
  }

  /**
   * A copy with other {@link #subprotocols}.
   *
   * @param names tokens, the one liked best first
   * @return the copy
   */
  public HandshakePolicy withSubprotocols(String... names) {
    return new HandshakePolicy(origins, List.of(names), limits);
  }

  /**
   * A copy with other {@link #limits}.
   *
   * @param others limits of the copy
   * @return the copy
   */
  public HandshakePolicy withLimits(WebSocketLimits others) {
    return new HandshakePolicy(origins, subprotocols, others);
  }
}
