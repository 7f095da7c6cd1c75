package io.roadrunner.server.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain | ''",
        "'' | ''",
        "text/plain; charset=utf-8 | utf-8",
        "text/plain;charset=UTF-8;a=b | UTF-8",
        "text/plain; a=b; CHARSET = latin1 | latin1",
        "text/plain; charset=\"us-ascii\" | us-ascii",
        "text/plain; charset=\" | \"",
        "text/plain; charset= | ''",
        "text/plain; charset | ''",
        "text/plain; =utf-8 | ''",
        "text/plain; charsets=utf-8 | ''",
        "text/plain; char\u017fet=utf-8 | ''",
        "text/plain; charset=\u2000utf-8 | \u2000utf-8",
        "text/plain;\tcharset \t=\tutf-8\t | utf-8"
      })
  @DisplayName("P33: the charset of a content-type, in any case")
  void charset(String contentType, String charset) {
    assertEquals(charset, MediaTypes.charset(contentType));
  }
}
