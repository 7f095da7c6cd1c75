package io.roadrunner.websocket;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The server's side of the opening handshake as a function of the request: for the upgrade of an
 * HTTP/1.1 connection (RFC 6455 §4.2) and for an extended CONNECT of HTTP/2 or HTTP/3 (RFC 8441
 * §5). That the request is well-formed HTTP, with one valid {@code Host}, is taken for granted.
 */
public final class Handshake {

  private static final HandshakeField VERSION = new HandshakeField("sec-websocket-version", "13");

  private Handshake() {}

  /**
   * Accepts or refuses a request.
   *
   * @param request what came
   * @param policy what the server wants
   * @return {@link Accepted} or {@link Refused}
   */
  public static HandshakeResult accept(HandshakeRequest request, HandshakePolicy policy) {
    return request.majorVersion() >= 2
        ? acceptConnect(request, policy)
        : acceptUpgrade(request, policy);
  }

  /** The rules of RFC 6455 §4.2.1 in their order. */
  private static HandshakeResult acceptUpgrade(HandshakeRequest request, HandshakePolicy policy) {
    if (!request.method().equals("GET")) {
      return Refused.badRequest("method is not GET, RFC 6455 §4.2.1");
    }
    if (request.majorVersion() != 1 || request.minorVersion() < 1) {
      return Refused.badRequest("HTTP version below 1.1, RFC 6455 §4.2.1");
    }
    if (hasBody(request)) {
      return Refused.badRequest("handshake with a body, RFC 6455 §4.2.1");
    }
    if (!Tokens.contains(request.fieldValues("upgrade"), "websocket")) {
      return Refused.badRequest("no websocket in Upgrade, RFC 6455 §4.2.1");
    }
    if (!Tokens.contains(request.fieldValues("connection"), "upgrade")) {
      return Refused.badRequest("no upgrade in Connection, RFC 6455 §4.2.1");
    }
    List<String> keys = request.fieldValues("sec-websocket-key");
    if (keys.size() != 1 || !AcceptKey.isKey(keys.get(0))) {
      return Refused.badRequest("Sec-WebSocket-Key is not 16 bytes in base64, RFC 6455 §4.2.1");
    }
    return finish(request, policy, Optional.of(AcceptKey.answerTo(keys.get(0))));
  }

  /** RFC 8441 §4 and §5: neither Upgrade and Connection nor a key. */
  private static HandshakeResult acceptConnect(HandshakeRequest request, HandshakePolicy policy) {
    if (!request.method().equals("CONNECT")) {
      return Refused.badRequest("method is not CONNECT, RFC 8441 §5");
    }
    if (!request.protocol().equals(Optional.of("websocket"))) {
      return Refused.badRequest(":protocol is not websocket, RFC 8441 §5");
    }
    return finish(request, policy, Optional.empty());
  }

  private static HandshakeResult finish(
      HandshakeRequest request, HandshakePolicy policy, Optional<String> acceptKey) {
    List<String> versions = request.fieldValues("sec-websocket-version");
    if (versions.size() != 1) {
      return new Refused(400, "no single Sec-WebSocket-Version, RFC 6455 §4.2.1", List.of(VERSION));
    }
    if (!versions.get(0).equals("13")) {
      return otherVersion(acceptKey.isPresent());
    }
    if (!originAllowed(request, policy.origins())) {
      return new Refused(403, "origin not allowed, RFC 6455 §10.2", List.of());
    }
    int maxElements = policy.limits().maxHandshakeElements();
    Optional<List<String>> subprotocols =
        Tokens.list(request.fieldValues("sec-websocket-protocol"), maxElements);
    if (subprotocols.isEmpty() || hasRepetition(subprotocols.get())) {
      return Refused.badRequest("malformed Sec-WebSocket-Protocol, RFC 6455 §11.3.4");
    }
    Optional<List<ExtensionOffer>> extensions =
        ExtensionOffer.parse(request.fieldValues("sec-websocket-extensions"), maxElements);
    if (extensions.isEmpty()) {
      return Refused.badRequest("malformed Sec-WebSocket-Extensions, RFC 6455 §9.1");
    }
    Optional<String> chosen =
        policy.subprotocols().stream().filter(subprotocols.get()::contains).findFirst();
    return new Accepted(acceptKey, chosen, extensions.get());
  }

  /** RFC 6455 §4.4; what 426 needs in HTTP/1.1 (RFC 9110 §15.5.22) does not exist in HTTP/2. */
  private static Refused otherVersion(boolean upgrade) {
    String reason = "Sec-WebSocket-Version is not 13, RFC 6455 §4.4";
    return upgrade
        ? new Refused(
            426,
            reason,
            List.of(
                VERSION,
                new HandshakeField("upgrade", "websocket"),
                new HandshakeField("connection", "Upgrade")))
        : new Refused(400, reason, List.of(VERSION));
  }

  /** The bytes behind the head are frames; there cannot be a body as well. */
  private static boolean hasBody(HandshakeRequest request) {
    return !request.fieldValues("transfer-encoding").isEmpty()
        || request.fieldValues("content-length").stream().anyMatch(length -> !length.equals("0"));
  }

  private static boolean hasRepetition(List<String> names) {
    return new HashSet<>(names).size() < names.size();
  }

  private static boolean originAllowed(HandshakeRequest request, OriginPolicy policy) {
    List<String> origins = request.fieldValues("origin");
    if (origins.isEmpty()) {
      return true;
    }
    Optional<String> origin =
        origins.size() == 1 ? Origin.spelling(origins.get(0)) : Optional.empty();
    return switch (policy) {
      case OriginPolicy.Any any -> true;
      case OriginPolicy.SameOrigin same ->
          origin.isPresent()
              && origin.equals(
                  Origin.of(request.scheme(), request.authority()).map(Origin::toString));
      case OriginPolicy.Allowing allowing ->
          origin.filter(allowing.origins()::contains).isPresent();
    };
  }
}
