package io.roadrunner.websocket;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The client's side of an opening handshake: the fields to send, and what to think of the answer
 * (RFC 6455 §4.1, RFC 8441 §5). Immutable, for one connection.
 */
public final class ClientHandshake {

  private final Optional<String> key;
  private final List<String> subprotocols;
  private final List<ExtensionOffer> offers;

  private ClientHandshake(
      Optional<String> key, List<String> subprotocols, List<ExtensionOffer> offers) {
    this.key = key;
    this.subprotocols = List.copyOf(subprotocols);
    this.offers = List.copyOf(offers);
    this.subprotocols.forEach(Tokens::require);
  }

  /**
   * For the upgrade of an HTTP/1.1 connection, by a GET.
   *
   * @param nonce 16 random bytes between position and limit
   * @param subprotocols the one liked best first
   * @param offers extensions, the one liked best first
   * @return the handshake to send
   */
  public static ClientHandshake upgrade(
      ByteBuffer nonce, List<String> subprotocols, List<ExtensionOffer> offers) {
    if (nonce.remaining() != AcceptKey.NONCE_BYTES) {
      throw new IllegalArgumentException("nonce of " + nonce.remaining() + " bytes, not 16");
    }
    byte[] bytes = new byte[AcceptKey.NONCE_BYTES];
    nonce.get(nonce.position(), bytes);
    String key = Base64.getEncoder().encodeToString(bytes);
    return new ClientHandshake(Optional.of(key), subprotocols, offers);
  }

  /**
   * For a stream of HTTP/2 or HTTP/3, by a CONNECT with {@code :protocol} = websocket.
   *
   * @param subprotocols the one liked best first
   * @param offers extensions, the one liked best first
   * @return the handshake to send
   */
  public static ClientHandshake extendedConnect(
      List<String> subprotocols, List<ExtensionOffer> offers) {
    return new ClientHandshake(Optional.empty(), subprotocols, offers);
  }

  /**
   * All fields of the request that make it a handshake; {@code Host} and others are not here.
   *
   * @return in the order to send them
   */
  public List<HandshakeField> requestFields() {
    List<HandshakeField> fields = new ArrayList<>();
    key.ifPresent(
        text -> {
          fields.add(new HandshakeField("upgrade", "websocket"));
          fields.add(new HandshakeField("connection", "Upgrade"));
          fields.add(new HandshakeField("sec-websocket-key", text));
        });
    fields.add(new HandshakeField("sec-websocket-version", "13"));
    if (!subprotocols.isEmpty()) {
      fields.add(new HandshakeField("sec-websocket-protocol", String.join(", ", subprotocols)));
    }
    if (!offers.isEmpty()) {
      fields.add(new HandshakeField("sec-websocket-extensions", ExtensionOffer.format(offers)));
    }
    return List.copyOf(fields);
  }

  /**
   * Judges the answer, by the rules of RFC 6455 §4.1 in their order.
   *
   * @param response what came
   * @return {@link Established} or {@link Rejected}
   */
  public Verdict verify(HandshakeResponse response) {
    Optional<String> fault = key.isPresent() ? upgradeFault(response) : connectFault(response);
    if (fault.isPresent()) {
      return new Rejected(fault.get());
    }
    List<String> chosen = response.fieldValues("sec-websocket-protocol");
    if (chosen.size() > 1 || !subprotocols.containsAll(chosen)) {
      return new Rejected("subprotocol that was not offered, RFC 6455 §4.1");
    }
    Optional<List<ExtensionOffer>> agreed =
        ExtensionOffer.parse(
            response.fieldValues("sec-websocket-extensions"),
            WebSocketLimits.defaults().maxHandshakeElements());
    if (agreed.isEmpty()) {
      return new Rejected("malformed Sec-WebSocket-Extensions, RFC 6455 §9.1");
    }
    List<String> offered = offers.stream().map(ExtensionOffer::name).toList();
    if (!offered.containsAll(agreed.get().stream().map(ExtensionOffer::name).toList())) {
      return new Rejected("extension that was not offered, RFC 6455 §4.1");
    }
    return new Established(chosen.stream().findFirst(), agreed.get());
  }

  private Optional<String> upgradeFault(HandshakeResponse response) {
    if (response.status() != 101) {
      return Optional.of("status " + response.status() + " is not 101, RFC 6455 §4.1");
    }
    if (!Tokens.contains(response.fieldValues("upgrade"), "websocket")) {
      return Optional.of("no websocket in Upgrade, RFC 6455 §4.1");
    }
    if (!Tokens.contains(response.fieldValues("connection"), "upgrade")) {
      return Optional.of("no upgrade in Connection, RFC 6455 §4.1");
    }
    List<String> expected = List.of(AcceptKey.answerTo(key.orElseThrow()));
    return response.fieldValues("sec-websocket-accept").equals(expected)
        ? Optional.empty()
        : Optional.of("Sec-WebSocket-Accept does not fit the key, RFC 6455 §4.1");
  }

  private static Optional<String> connectFault(HandshakeResponse response) {
    return response.status() >= 200 && response.status() <= 299
        ? Optional.empty()
        : Optional.of("status " + response.status() + " is not 2xx, RFC 8441 §5");
  }

  /** What became of the handshake. */
  public sealed interface Verdict {}

  /**
   * The connection is a WebSocket from the end of the response's head on.
   *
   * @param subprotocol the server's choice, if any
   * @param extensions the server's choice of those offered, with its parameters. Whether those fit
   *     the offer is for the extension to say
   */
  public record Established(Optional<String> subprotocol, List<ExtensionOffer> extensions)
      implements Verdict {

    /** Keeps a copy. */
    public Established {
      extensions = List.copyOf(extensions);
    }
  }

  /**
   * It is not; the connection has to be closed if the status was 101.
   *
   * @param reason what was wrong, ending with the section of the RFC
   */
  public record Rejected(String reason) implements Verdict {}
}
