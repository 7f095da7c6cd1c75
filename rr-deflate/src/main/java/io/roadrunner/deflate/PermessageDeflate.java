package io.roadrunner.deflate;

import java.util.List;
import java.util.OptionalInt;

/**
 * The negotiation of permessage-deflate for both roles, as pure functions (RFC 7692 §5 and §7.1).
 * Elements of other extensions are passed over.
 *
 * <p>With what was agreed on, {@link MessageDeflater} and {@link MessageInflater} compress and
 * decompress messages.
 */
public final class PermessageDeflate {

  /** Name of the extension, as registered. */
  public static final String NAME = Terms.EXTENSION;

  private PermessageDeflate() {}

  /**
   * Answers a client: takes its first offer that can be honoured. An offer with an unknown or
   * repeated parameter or a value out of range is passed over. Linear in the size of the offers.
   *
   * <p>What the client asks of the server is granted. What it tells of itself, its window and that
   * it does without context takeover, becomes part of the agreement. The server's own wishes in
   * {@code config} are added as far as the offer permits.
   *
   * @param offers elements of {@code Sec-WebSocket-Extensions} in the request, in their order
   * @param config wishes of this server
   * @return what to answer
   */
  public static Negotiation answer(List<Extension> offers, DeflateConfig config) {
    for (Extension offer : offers) {
      if (offer.name().equals(NAME) && Terms.ofOffer(offer) instanceof Terms wanted) {
        Terms granted = granted(wanted, config);
        return new Negotiation.Accepted(
            new DeflateParameters(
                granted.serverBits().orElse(WindowBits.MOST),
                granted.clientBits().orElse(WindowBits.MOST),
                granted.serverContext(),
                granted.clientContext()),
            granted.toExtension());
      }
    }
    return new Negotiation.Declined();
  }

  private static Terms granted(Terms wanted, DeflateConfig config) {
    int serverBits =
        Math.min(wanted.serverBits().orElse(WindowBits.MOST), config.serverWindowBits());
    int clientBits =
        Math.min(wanted.clientBits().orElse(WindowBits.MOST), config.clientWindowBits());
    // RFC 7692 §7.1.2.1: accepted by repeating it, with the same value or a smaller one. It may be
    // in the answer without having been offered, which is worth it only if it says something.
    boolean saysServerBits = wanted.serverBits().isPresent() || serverBits < WindowBits.MOST;
    // RFC 7692 §7.1.2.2: must not be in the answer if it was not offered.
    boolean saysClientBits = wanted.clientBits().isPresent() && clientBits < WindowBits.MOST;
    return new Terms(
        stricter(wanted.serverContext(), config.serverContext()),
        stricter(wanted.clientContext(), config.clientContext()),
        saysServerBits ? OptionalInt.of(serverBits) : OptionalInt.empty(),
        saysClientBits ? OptionalInt.of(clientBits) : OptionalInt.empty());
  }

  private static ContextTakeover stricter(ContextTakeover one, ContextTakeover other) {
    return one == ContextTakeover.NONE ? one : other;
  }

  /**
   * What a client offers: first all that {@code config} asks for; then, should that ask anything of
   * the server, the same without it, since {@link MessageInflater} reads whatever a server sends.
   *
   * @param config wishes of this client
   * @return one or two elements for {@code Sec-WebSocket-Extensions} of the request
   */
  public static List<Extension> offers(DeflateConfig config) {
    return offeredTerms(config).stream().map(Terms::toExtension).toList();
  }

  private static List<Terms> offeredTerms(DeflateConfig config) {
    OptionalInt clientBits = OptionalInt.of(config.clientWindowBits());
    OptionalInt serverBits =
        config.serverWindowBits() < WindowBits.MOST
            ? OptionalInt.of(config.serverWindowBits())
            : OptionalInt.empty();
    Terms all = new Terms(config.serverContext(), config.clientContext(), serverBits, clientBits);
    Terms modest =
        new Terms(ContextTakeover.ALLOWED, config.clientContext(), OptionalInt.empty(), clientBits);
    return all.equals(modest) ? List.of(all) : List.of(all, modest);
  }

  /**
   * Checks a server's answer to {@link #offers} of the same {@code config}.
   *
   * @param answer elements of {@code Sec-WebSocket-Extensions} in the response, in their order
   * @param config wishes of this client, as for the offers
   * @return what was agreed on; declined if the answer does not name the extension
   * @throws DeflateException if the answer is not one to these offers: the client has to fail the
   *     connection (RFC 7692 §5.1)
   */
  public static Negotiation accept(List<Extension> answer, DeflateConfig config) {
    List<Extension> elements = answer.stream().filter(one -> one.name().equals(NAME)).toList();
    if (elements.isEmpty()) {
      return new Negotiation.Declined();
    }
    if (elements.size() > 1) {
      throw DeflateViolation.REPEATED_EXTENSION.exception();
    }
    Extension element = elements.getFirst();
    return switch (Terms.ofResponse(element)) {
      case Invalid invalid -> throw invalid.violation().exception();
      case Terms terms -> new Negotiation.Accepted(agreed(terms, config), element);
    };
  }

  private static DeflateParameters agreed(Terms terms, DeflateConfig config) {
    if (offeredTerms(config).stream().noneMatch(offer -> answers(terms, offer))) {
      throw DeflateViolation.MATCHES_NO_OFFER.exception();
    }
    return new DeflateParameters(
        terms.serverBits().orElse(WindowBits.MOST),
        // RFC 7692 §7.1.2.2 and §7.1.1.2: what was offered as a hint holds without being repeated.
        Math.min(terms.clientBits().orElse(WindowBits.MOST), config.clientWindowBits()),
        terms.serverContext(),
        stricter(terms.clientContext(), config.clientContext()));
  }

  private static boolean answers(Terms answer, Terms offer) {
    // RFC 7692 §7.1.1.1: accepted by repeating it.
    boolean context =
        offer.serverContext() == ContextTakeover.ALLOWED
            || answer.serverContext() == ContextTakeover.NONE;
    // RFC 7692 §7.1.2.1: accepted by repeating it, with the same value or a smaller one.
    boolean serverBits =
        offer.serverBits().isEmpty()
            || answer.serverBits().orElse(Integer.MAX_VALUE) <= offer.serverBits().getAsInt();
    // RFC 7692 §7.1.2.2: the same value or a smaller one, if any. It is in every offer of ours.
    boolean clientBits = answer.clientBits().orElse(0) <= offer.clientBits().orElse(0);
    return context && serverBits && clientBits;
  }
}
