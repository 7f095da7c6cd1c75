package io.roadrunner.deflate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.roadrunner.deflate.Extension.Parameter;
import io.roadrunner.deflate.Negotiation.Accepted;
import io.roadrunner.deflate.Negotiation.Declined;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S5_NegotiationTest {

  private static final String NAME = "permessage-deflate";
  private static final DeflateConfig DEFAULTS = DeflateConfig.defaults();

  /** Elements as they stand in the field, without commas in values. */
  static List<Extension> elements(String field) {
    List<Extension> elements = new ArrayList<>();
    for (String element : field.split(",", -1)) {
      String[] parts = element.split(";", -1);
      List<Parameter> parameters =
          Arrays.stream(parts, 1, parts.length).map(S5_NegotiationTest::parameter).toList();
      elements.add(new Extension(parts[0].trim(), parameters));
    }
    return elements;
  }

  private static Parameter parameter(String text) {
    String[] halves = text.trim().split("=", 2);
    return halves.length == 1 ? Parameter.of(halves[0]) : Parameter.of(halves[0], halves[1]);
  }

  private static String answer(String offers, DeflateConfig config) {
    return switch (PermessageDeflate.answer(elements(offers), config)) {
      case Accepted accepted -> accepted.element().toString();
      case Declined declined -> "declined";
    };
  }

  private static String summary(DeflateParameters parameters) {
    return parameters.serverWindowBits()
        + " "
        + parameters.serverContext()
        + " "
        + parameters.clientWindowBits()
        + " "
        + parameters.clientContext();
  }

  @Nested
  class Server {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          NAME + " | " + NAME,
          NAME + "; server_no_context_takeover | " + NAME + "; server_no_context_takeover",
          NAME + "; client_no_context_takeover | " + NAME + "; client_no_context_takeover",
          NAME + "; server_max_window_bits=8 | " + NAME + "; server_max_window_bits=8",
          NAME + "; server_max_window_bits=15 | " + NAME + "; server_max_window_bits=15",
          NAME + "; client_max_window_bits | " + NAME,
          NAME + "; client_max_window_bits=15 | " + NAME,
          NAME + "; client_max_window_bits=9 | " + NAME + "; client_max_window_bits=9",
          NAME + "; server_max_window_bits=\"10\" | " + NAME + "; server_max_window_bits=10",
          NAME + "; server_max_window_bits=\"1\\1\" | " + NAME + "; server_max_window_bits=11",
          "x-webkit-deflate-frame, " + NAME + " | " + NAME,
          "Permessage-Deflate | declined",
          "x | declined",
        })
    void repeatsWhatItGrants(String offer, String expected) {
      assertEquals(expected, answer(offer, DEFAULTS));
    }

    @Test
    void grantsEveryCombination() {
      for (int server = 8; server <= 15; server++) {
        for (int client = 8; client <= 15; client++) {
          for (ContextTakeover serverContext : ContextTakeover.values()) {
            for (ContextTakeover clientContext : ContextTakeover.values()) {
              DeflateParameters agreed =
                  new DeflateParameters(server, client, serverContext, clientContext);
              Accepted accepted =
                  assertInstanceOf(
                      Accepted.class, PermessageDeflate.answer(elements(offer(agreed)), DEFAULTS));
              assertEquals(agreed, accepted.parameters());
              String expected = offer(agreed).replace("; client_max_window_bits=15", "");
              assertEquals(expected, accepted.element().toString());
            }
          }
        }
      }
    }

    private String offer(DeflateParameters wanted) {
      return NAME
          + (wanted.serverContext() == ContextTakeover.NONE ? "; server_no_context_takeover" : "")
          + (wanted.clientContext() == ContextTakeover.NONE ? "; client_no_context_takeover" : "")
          + "; server_max_window_bits="
          + wanted.serverWindowBits()
          + "; client_max_window_bits="
          + wanted.clientWindowBits();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "server_max_window_bits",
          "server_max_window_bits=",
          "server_max_window_bits=7",
          "server_max_window_bits=16",
          "server_max_window_bits=08",
          "server_max_window_bits=010",
          "server_max_window_bits=+9",
          "server_max_window_bits=-9",
          "server_max_window_bits=1000000000008",
          "server_max_window_bits=\u0669",
          "server_max_window_bits=9 ",
          "server_max_window_bits=\"9",
          "server_max_window_bits=9\"",
          "server_max_window_bits=\"",
          "server_max_window_bits=\"\"",
          "server_max_window_bits=\"\\\"",
          "server_max_window_bits=9; server_max_window_bits=9",
          "client_max_window_bits=",
          "client_max_window_bits=7",
          "client_max_window_bits=16",
          "client_max_window_bits=08",
          "client_max_window_bits; client_max_window_bits=9",
          "client_max_window_bits; client_max_window_bits",
          "server_no_context_takeover=1",
          "server_no_context_takeover=",
          "server_no_context_takeover; server_no_context_takeover",
          "client_no_context_takeover=true",
          "client_no_context_takeover; client_no_context_takeover",
          "Server_No_Context_Takeover",
          "unknown",
          "unknown=1; server_no_context_takeover",
        })
    @DisplayName("D03 faulty offers are passed over")
    void passesOverWhatIsWrong(String parameters) {
      Extension wrong =
          new Extension(
              NAME,
              Arrays.stream(parameters.split("; ", -1))
                  .map(text -> text.split("=", 2))
                  .map(
                      halves ->
                          halves.length == 1
                              ? Parameter.of(halves[0])
                              : Parameter.of(halves[0], halves[1]))
                  .toList());
      assertInstanceOf(Declined.class, PermessageDeflate.answer(List.of(wrong), DEFAULTS));
      Negotiation next =
          PermessageDeflate.answer(
              List.of(wrong, Extension.of(NAME, Parameter.of("client_no_context_takeover"))),
              DEFAULTS);
      assertEquals(
          NAME + "; client_no_context_takeover",
          assertInstanceOf(Accepted.class, next).element().toString());
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          NAME + " | " + NAME + "; server_max_window_bits=11 | 11 ALLOWED 15 ALLOWED",
          NAME
              + "; server_max_window_bits=9 | "
              + NAME
              + "; server_max_window_bits=9 | 9 ALLOWED 15 ALLOWED",
          NAME
              + "; server_max_window_bits=12; client_max_window_bits | "
              + NAME
              + "; server_max_window_bits=11; client_max_window_bits=10 | 11 ALLOWED 10 ALLOWED",
          NAME
              + "; client_max_window_bits=9; client_no_context_takeover | "
              + NAME
              + "; client_no_context_takeover; server_max_window_bits=11; client_max_window_bits=9"
              + " | 11 ALLOWED 9 NONE",
        })
    void addsItsOwnWishes(String offer, String expected, String parameters) {
      DeflateConfig config = DEFAULTS.withServerWindowBits(11).withClientWindowBits(10);
      assertEquals(expected, answer(offer, config));
      Negotiation negotiation = PermessageDeflate.answer(elements(offer), config);
      assertEquals(parameters, summary(assertInstanceOf(Accepted.class, negotiation).parameters()));
    }

    @Test
    void mayRefuseContextTakeover() {
      DeflateConfig config =
          DEFAULTS.withServerContext(ContextTakeover.NONE).withClientContext(ContextTakeover.NONE);
      assertEquals(
          NAME + "; server_no_context_takeover; client_no_context_takeover", answer(NAME, config));
    }

    @Test
    @DisplayName("W16 a thousand offers with a thousand parameters each")
    void takesThousandsOfOffersInItsStride() {
      List<Parameter> many = Collections.nCopies(1000, Parameter.of("client_max_window_bits"));
      List<Extension> offers =
          new ArrayList<>(Collections.nCopies(1000, new Extension(NAME, many)));
      assertInstanceOf(Declined.class, PermessageDeflate.answer(offers, DEFAULTS));
      offers.add(Extension.of(NAME));
      assertInstanceOf(Accepted.class, PermessageDeflate.answer(offers, DEFAULTS));
    }

    @Test
    void noOfferNoAnswer() {
      assertInstanceOf(Declined.class, PermessageDeflate.answer(List.of(), DEFAULTS));
    }
  }

  @Nested
  class Client {

    private final DeflateConfig picky =
        DEFAULTS
            .withServerWindowBits(12)
            .withClientWindowBits(11)
            .withServerContext(ContextTakeover.NONE)
            .withClientContext(ContextTakeover.NONE);

    @Test
    void offersItsWishesAndThenLess() {
      assertEquals(
          List.of(NAME + "; client_max_window_bits"),
          PermessageDeflate.offers(DEFAULTS).stream().map(Extension::toString).toList());
      assertEquals(
          List.of(
              NAME
                  + "; server_no_context_takeover; client_no_context_takeover;"
                  + " server_max_window_bits=12; client_max_window_bits=11",
              NAME + "; client_no_context_takeover; client_max_window_bits=11"),
          PermessageDeflate.offers(picky).stream().map(Extension::toString).toList());
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          NAME + " | 15 ALLOWED 15 ALLOWED",
          "x, " + NAME + ", y | 15 ALLOWED 15 ALLOWED",
          NAME + "; server_max_window_bits=9 | 9 ALLOWED 15 ALLOWED",
          NAME + "; client_max_window_bits=\"10\" | 15 ALLOWED 10 ALLOWED",
          NAME + "; client_no_context_takeover | 15 ALLOWED 15 NONE",
          NAME + "; server_no_context_takeover; client_max_window_bits=8 | 15 NONE 8 ALLOWED",
        })
    void takesWhatTheServerSays(String response, String expected) {
      Accepted accepted =
          assertInstanceOf(Accepted.class, PermessageDeflate.accept(elements(response), DEFAULTS));
      assertEquals(expected, summary(accepted.parameters()));
      assertEquals(NAME, accepted.element().name());
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          NAME + " | 15 ALLOWED 11 NONE",
          NAME + "; client_max_window_bits=11 | 15 ALLOWED 11 NONE",
          NAME + "; client_max_window_bits=9 | 15 ALLOWED 9 NONE",
          NAME + "; server_no_context_takeover; server_max_window_bits=12 | 12 NONE 11 NONE",
          NAME + "; server_max_window_bits=14 | 14 ALLOWED 11 NONE",
        })
    void keepsToItsOwnHints(String response, String expected) {
      Accepted accepted =
          assertInstanceOf(Accepted.class, PermessageDeflate.accept(elements(response), picky));
      assertEquals(expected, summary(accepted.parameters()));
    }

    @ParameterizedTest
    @CsvSource({
      "REPEATED_EXTENSION, 'permessage-deflate, permessage-deflate'",
      "UNKNOWN_PARAMETER, permessage-deflate; x",
      "REPEATED_PARAMETER, permessage-deflate; server_max_window_bits=9; server_max_window_bits=9",
      "REPEATED_PARAMETER, permessage-deflate; server_no_context_takeover;"
          + " server_no_context_takeover",
      "BAD_PARAMETER_VALUE, permessage-deflate; client_max_window_bits",
      "BAD_PARAMETER_VALUE, permessage-deflate; client_max_window_bits=16",
      "BAD_PARAMETER_VALUE, permessage-deflate; server_max_window_bits=7",
      "BAD_PARAMETER_VALUE, permessage-deflate; server_max_window_bits",
      "BAD_PARAMETER_VALUE, permessage-deflate; client_no_context_takeover=1",
      "MATCHES_NO_OFFER, permessage-deflate; client_max_window_bits=12",
    })
    void failsOnAnythingElse(DeflateViolation expected, String response) {
      DeflateException thrown =
          assertThrows(
              DeflateException.class, () -> PermessageDeflate.accept(elements(response), picky));
      assertEquals(expected, thrown.violation());
      assertEquals(1002, thrown.violation().closeCode());
    }

    @Test
    void noneIsFine() {
      assertInstanceOf(Declined.class, PermessageDeflate.accept(List.of(), picky));
      assertInstanceOf(Declined.class, PermessageDeflate.accept(elements("x, y"), picky));
    }

    /** What one side of this module answers, the other takes, and both mean the same. */
    @Test
    void bothSidesAgree() {
      for (int server = 8; server <= 15; server++) {
        for (int client = 8; client <= 15; client++) {
          for (ContextTakeover context : ContextTakeover.values()) {
            DeflateConfig one = picky.withServerWindowBits(server).withClientContext(context);
            DeflateConfig other = DEFAULTS.withClientWindowBits(client).withServerContext(context);
            assertAgree(one, other);
            assertAgree(other, one);
          }
        }
      }
    }

    private void assertAgree(DeflateConfig client, DeflateConfig server) {
      Accepted answer =
          assertInstanceOf(
              Accepted.class, PermessageDeflate.answer(PermessageDeflate.offers(client), server));
      Negotiation accepted = PermessageDeflate.accept(List.of(answer.element()), client);
      assertEquals(answer, accepted);
    }
  }

  @Test
  void configAndParametersRefuseNonsense() {
    for (int bits : new int[] {7, 16}) {
      assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withServerWindowBits(bits));
      assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withClientWindowBits(bits));
      assertThrows(
          IllegalArgumentException.class, () -> Messages.parameters(bits, ContextTakeover.ALLOWED));
    }
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withLevel(0));
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withLevel(10));
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withMinMessageBytes(-1));
  }
}
