package io.roadrunner.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.roadrunner.websocket.ExtensionOffer.Parameter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 §9.1. */
class ExtensionGrammarTest {

  private static Optional<List<ExtensionOffer>> parse(String... values) {
    return ExtensionOffer.parse(List.of(values), 64);
  }

  @Test
  void namesAndParametersInTheirOrder() {
    assertEquals(
        Optional.of(
            List.of(
                ExtensionOffer.of(
                    "permessage-deflate",
                    Parameter.of("client_max_window_bits"),
                    Parameter.of("server_max_window_bits", "10")),
                ExtensionOffer.of("permessage-deflate"))),
        parse(
            "permessage-deflate; client_max_window_bits; server_max_window_bits=10, "
                + "permessage-deflate"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "a # a",
        "a;b # a; b",
        "a ;\tb = c # a; b=c",
        "a;b=\"c\" # a; b=c",
        "a;b=\"\\c\\d\" # a; b=cd",
        ", a,,b , # a, b",
        "a;b;b=1;b # a; b; b=1; b",
        "!$%&'*+-.^_`|~09AZaz # !$%&'*+-.^_`|~09AZaz"
      })
  void wellFormed(String value, String expected) {
    assertEquals(Optional.of(expected), parse(value).map(ExtensionOffer::format));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        ";",
        "a;",
        "a;;b",
        "a;=b",
        "a=b",
        "a b",
        "a;b c",
        "a;b=",
        "a;b=\"\"",
        "a;b=\"c",
        "a;b=\"c\\",
        "a;b=\"c d\"",
        "a;b=\"c\\\"\"",
        "a;b=c d",
        "\"a\"",
        "a/b",
        "a;b=(c)",
        "ä",
        "a;b=\"ä\"",
        "a\u0000"
      })
  void malformed(String value) {
    assertEquals(Optional.empty(), parse(value));
    assertEquals(Optional.empty(), parse("ok", value));
  }

  @Test
  void linesAreOneList() {
    assertEquals(Optional.of("a, b; c"), parse("a", "b;c").map(ExtensionOffer::format));
    assertEquals(Optional.of(List.of()), parse());
  }

  @Test
  @DisplayName("W16: many extensions and parameters are counted, long quotes take linear time")
  void counted() {
    assertEquals(Optional.empty(), parse("a,".repeat(1000)));
    assertEquals(Optional.empty(), parse("a" + ";b".repeat(1000)));
    assertEquals(64, parse("a,".repeat(64)).orElseThrow().size());
    assertEquals(Optional.empty(), parse("a,".repeat(64), "b"));
    assertEquals(63, parse("a" + ";b".repeat(63)).orElseThrow().get(0).parameters().size());
    assertEquals(Optional.empty(), parse("a;b=\"" + "\\c".repeat(1 << 20)));
  }

  @Test
  void onlyTokensCanBeSent() {
    assertThrows(IllegalArgumentException.class, () -> ExtensionOffer.of("a b"));
    assertThrows(IllegalArgumentException.class, () -> Parameter.of("a", "\""));
    assertThrows(IllegalArgumentException.class, () -> Parameter.of(""));
  }
}
