package io.roadrunner.server.pipeline;

import io.roadrunner.server.Headers;
import io.roadrunner.server.Response;

/**
 * Decides what becomes of the response to a request that asks for another protocol: the only thing
 * that a version of HTTP knows of such protocols.
 */
@FunctionalInterface
public interface Upgrades {

  /** What becomes of it. */
  sealed interface Outcome {

    /**
     * The protocol changes.
     *
     * @param headers of the response
     * @param end what speaks the new protocol
     */
    record Agreed(Headers headers, TunnelEnd end) implements Outcome {}

    /**
     * It stays.
     *
     * @param response goes out instead
     */
    record Declined(Response response) implements Outcome {}
  }

  /** Decides; on the event loop. */
  Outcome of(ServerRequest request, Response response);

  /** Returns what never changes a protocol. */
  static Upgrades none() {
    return (request, response) -> new Outcome.Declined(response);
  }
}
