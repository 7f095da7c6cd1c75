package io.roadrunner.server.websocket;

import io.roadrunner.deflate.DeflateParameters;
import io.roadrunner.deflate.Extension;
import io.roadrunner.deflate.Negotiation;
import io.roadrunner.deflate.PermessageDeflate;
import io.roadrunner.server.Headers;
import io.roadrunner.server.Response;
import io.roadrunner.server.ResponseBody;
import io.roadrunner.server.WebSocketOptions;
import io.roadrunner.server.pipeline.OwnFields;
import io.roadrunner.server.pipeline.ServerRequest;
import io.roadrunner.websocket.Accepted;
import io.roadrunner.websocket.ExtensionOffer;
import io.roadrunner.websocket.Handshake;
import io.roadrunner.websocket.HandshakeField;
import io.roadrunner.websocket.HandshakePolicy;
import io.roadrunner.websocket.Refused;
import java.util.List;
import java.util.Optional;

/** The opening handshake: what becomes of a response that wants a WebSocket. */
public sealed interface Opening {

  /**
   * The protocol changes.
   *
   * @param agreement what the session is to be
   * @param headers of the answer, those of the handler first
   */
  record Agreed(Agreement agreement, Headers headers) implements Opening {}

  /**
   * The request asks for no WebSocket, or not for this one.
   *
   * @param response goes out instead
   */
  record Declined(Response response) implements Opening {}

  /** Decides. */
  static Opening of(
      ServerRequest request,
      Response response,
      ResponseBody.WebSocket body,
      Agreement.Context context) {
    WebSocketOptions options = body.options();
    HandshakePolicy policy =
        new HandshakePolicy(options.origins(), options.subprotocols(), options.limits());
    return switch (Handshake.accept(new OpeningRequest(request), policy)) {
      case Refused refused -> declined(refused);
      case Accepted accepted -> agreed(request, response, body, accepted, context);
    };
  }

  private static Declined declined(Refused refused) {
    Response response = Response.text(refused.reason() + "\n").status(refused.status());
    for (HandshakeField field : refused.fields()) {
      response = response.with(field.name(), field.value());
    }
    return new Declined(response);
  }

  private static Agreed agreed(
      ServerRequest request,
      Response response,
      ResponseBody.WebSocket body,
      Accepted accepted,
      Agreement.Context context) {
    Negotiation negotiation = negotiate(body.options(), accepted.extensionOffers());
    Optional<DeflateParameters> compression = Optional.empty();
    List<ExtensionOffer> answer = List.of();
    if (negotiation instanceof Negotiation.Accepted taken) {
      compression = Optional.of(taken.parameters());
      answer = List.of(offer(taken.element()));
    }
    Headers headers = ofHandler(response.headers());
    for (HandshakeField field : accepted.responseFields(answer)) {
      headers = headers.with(field.name(), field.value());
    }
    Agreement agreement =
        new Agreement(
            request, body.handler(), body.options(), accepted.subprotocol(), compression, context);
    return new Agreed(agreement, headers);
  }

  /** Without what is the server's. */
  private static Headers ofHandler(Headers headers) {
    Headers kept = headers;
    for (int i = 0; i < headers.size(); i++) {
      if (OwnFields.contains(headers.name(i)) || headers.name(i).equalsIgnoreCase("upgrade")) {
        kept = kept.without(headers.name(i));
      }
    }
    return kept;
  }

  private static Negotiation negotiate(WebSocketOptions options, List<ExtensionOffer> offers) {
    return options.compression().isEmpty()
        ? new Negotiation.Declined()
        : PermessageDeflate.answer(
            offers.stream().map(Opening::extension).toList(), options.compression().get());
  }

  private static Extension extension(ExtensionOffer offer) {
    return new Extension(
        offer.name(),
        offer.parameters().stream()
            .map(each -> new Extension.Parameter(each.name(), each.value()))
            .toList());
  }

  private static ExtensionOffer offer(Extension extension) {
    return new ExtensionOffer(
        extension.name(),
        extension.parameters().stream()
            .map(each -> new ExtensionOffer.Parameter(each.name(), each.value()))
            .toList());
  }
}
