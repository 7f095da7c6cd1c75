package io.roadrunner.deflate;

/**
 * What both sides agreed on. "Server" and "client" name the side that compresses.
 *
 * @param serverWindowBits no reference of the server goes back by more than 2 to this power, 8 to
 *     15 (RFC 7692 §7.1.2.1)
 * @param clientWindowBits the same for the client (RFC 7692 §7.1.2.2)
 * @param serverContext whether messages of the server refer to earlier ones (RFC 7692 §7.1.1.1)
 * @param clientContext the same for the client (RFC 7692 §7.1.1.2)
 */
public record DeflateParameters(
    int serverWindowBits,
    int clientWindowBits,
    ContextTakeover serverContext,
    ContextTakeover clientContext) {

  /** Refuses windows outside of 8 to 15 bits with {@link IllegalArgumentException}. */
  public DeflateParameters {
    WindowBits.require(serverWindowBits);
    WindowBits.require(clientWindowBits);
  }
}
