package io.roadrunner.conformance;

import io.roadrunner.conformance.Terms.Context;
import java.util.List;

/** RFC 7692 §5 and §7.1: which offers are taken, and on which terms. */
final class NegotiationCases {

  private static final String NAME = "permessage-deflate";

  private static final List<String> FAULTY =
      List.of(
          "; server_max_window_bits",
          "; server_max_window_bits=7",
          "; server_max_window_bits=16",
          "; server_max_window_bits=08",
          "; server_max_window_bits=0",
          "; server_max_window_bits=150",
          "; server_max_window_bits=x",
          "; server_max_window_bits=10; server_max_window_bits=10",
          "; client_max_window_bits=7",
          "; client_max_window_bits=16",
          "; client_max_window_bits=09",
          "; client_max_window_bits; client_max_window_bits",
          "; client_max_window_bits; client_max_window_bits=10",
          "; server_no_context_takeover=1",
          "; client_no_context_takeover=true",
          "; server_no_context_takeover; server_no_context_takeover",
          "; client_no_context_takeover; client_no_context_takeover",
          "; unknown",
          "; unknown=1",
          "; server_max_window_bits=10; unknown");

  private NegotiationCases() {}

  static void addTo(CaseList list) {
    list.section("RFC 7692 §5");
    for (String other : List.of("", "x-webkit-deflate-frame", "foo, bar; baz=1")) {
      list.light("offers '" + other + "'", server -> declined(server, other));
    }
    taken(list, "behind another extension", "foo; x=1, " + NAME, Terms.NONE);
    list.section("RFC 7692 §7.1");
    for (String parameters : FAULTY) {
      String offer = NAME + parameters;
      list.light("declined: " + offer, server -> declined(server, offer));
      taken(list, "the next one instead: " + offer, offer + ", " + NAME, Terms.NONE);
    }
    taken(
        list,
        "quoted value",
        NAME + "; server_max_window_bits=\"10\"",
        new Terms(Context.KEPT, Context.KEPT, 10, Terms.ABSENT));
    List<Terms> several =
        List.of(Terms.of(Context.FRESH, 9), Terms.of(Context.FRESH, 0), Terms.of(Context.KEPT, 0));
    taken(
        list,
        "the first of several",
        String.join(", ", several.stream().map(Terms::toString).toList()),
        several.getFirst());
    for (Terms terms : Terms.all()) {
      taken(list, "taken: " + terms, terms.toString(), terms);
    }
  }

  private static void declined(EchoServer server, String offers) throws Exception {
    try (Client client = Client.offering(server, offers)) {
      if (!client.extensions().isEmpty()) {
        throw new AssertionError("agreed on " + client.extensions() + " for " + offers);
      }
      client.echo("without compression");
      client.finish();
    }
  }

  private static void taken(CaseList list, String title, String offers, Terms expected) {
    list.light(
        title,
        server -> {
          try (Client client = Client.offering(server, offers)) {
            Terms.ofAnswer(client.extensions()).answers(expected);
          }
        });
  }
}
