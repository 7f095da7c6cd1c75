package io.roadrunner.deflate;

/** How a negotiation ended. */
public sealed interface Negotiation {

  /**
   * Messages may be compressed.
   *
   * @param parameters what both sides agreed on
   * @param element the element of {@code Sec-WebSocket-Extensions} that says so: for a server the
   *     one to answer with, for a client the one that came
   */
  record Accepted(DeflateParameters parameters, Extension element) implements Negotiation {}

  /** The connection goes on without compression, and the answer does not name the extension. */
  record Declined() implements Negotiation {}
}
