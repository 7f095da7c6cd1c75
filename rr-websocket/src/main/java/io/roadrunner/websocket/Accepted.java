package io.roadrunner.websocket;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The handshake is good, the connection may become a WebSocket.
 *
 * @param acceptKey value of {@code Sec-WebSocket-Accept}; none for an extended CONNECT
 * @param subprotocol the one chosen, if any
 * @param extensionOffers what the client offers, in its order of preference. Which of it is taken
 *     is for those to say who implement extensions
 */
public record Accepted(
    Optional<String> acceptKey, Optional<String> subprotocol, List<ExtensionOffer> extensionOffers)
    implements HandshakeResult {

  /** Keeps a copy of the offers. */
  public Accepted {
    extensionOffers = List.copyOf(extensionOffers);
  }

  /**
   * 101 for an upgrade of HTTP/1.1, 200 for an extended CONNECT (RFC 8441 §5).
   *
   * @return status code of the answer
   */
  public int status() {
    return acceptKey.isPresent() ? 101 : 200;
  }

  /**
   * All fields of the answer.
   *
   * @param agreed the extensions in use, none or some of those offered, as the server answers them
   * @return in the order to send them
   * @throws IllegalArgumentException if one was not offered (RFC 6455 §4.2.2)
   */
  public List<HandshakeField> responseFields(List<ExtensionOffer> agreed) {
    List<HandshakeField> fields = new ArrayList<>();
    acceptKey.ifPresent(
        key -> {
          fields.add(new HandshakeField("upgrade", "websocket"));
          fields.add(new HandshakeField("connection", "Upgrade"));
          fields.add(new HandshakeField("sec-websocket-accept", key));
        });
    subprotocol.ifPresent(name -> fields.add(new HandshakeField("sec-websocket-protocol", name)));
    if (!agreed.isEmpty()) {
      agreed.forEach(this::requireOffered);
      fields.add(new HandshakeField("sec-websocket-extensions", ExtensionOffer.format(agreed)));
    }
    return List.copyOf(fields);
  }

  private void requireOffered(ExtensionOffer answer) {
    if (extensionOffers.stream().noneMatch(offer -> offer.name().equals(answer.name()))) {
      throw new IllegalArgumentException("extension was not offered: " + answer.name());
    }
  }
}
