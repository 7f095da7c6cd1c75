package io.roadrunner.hpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S7_1_3_IndexingPolicyTest {

  @ParameterizedTest
  @CsvSource({
    "authorization, Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==, NEVER",
    "proxy-authorization, Bearer 0123456789012345678901234567890123456789, NEVER",
    "set-cookie, id=0123456789012345678901234567890123456789, NEVER",
    "cookie, id=0123456789012345, NEVER",
    "cookie, id=01234567890123456, INDEX",
    ":authority, example.com, INDEX",
    "user-agent, curl/8, INDEX",
    "date, 'Tue, 24 Nov 2026 00:00:00 GMT', INDEX",
    "x-anything, else, INDEX",
  })
  void standard(String name, String value, Indexing expected) {
    assertEquals(expected, IndexingPolicy.standard().indexing(name, value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":path",
        "age",
        "content-length",
        "content-range",
        "etag",
        "if-match",
        "if-modified-since",
        "if-none-match",
        "if-range",
        "if-unmodified-since",
        "last-modified",
        "location",
        "range"
      })
  void whatHardlyRepeatsStaysOut(String name) {
    assertEquals(Indexing.LITERAL, IndexingPolicy.standard().indexing(name, "0123456789"));
  }

  @Test
  void theThresholdForCookies() {
    assertEquals(Indexing.INDEX, IndexingPolicy.standard(0).indexing("cookie", ""));
    assertEquals(Indexing.NEVER, IndexingPolicy.standard(4).indexing("cookie", "a=b"));
    assertEquals(Indexing.INDEX, IndexingPolicy.standard(4).indexing("cookie", "a=bc"));
    assertThrows(IllegalArgumentException.class, () -> IndexingPolicy.standard(-1));
  }

  @Test
  void withoutTable() {
    IndexingPolicy policy = IndexingPolicy.withoutTable();
    assertEquals(Indexing.LITERAL, policy.indexing("user-agent", "curl/8"));
    assertEquals(Indexing.NEVER, policy.indexing("authorization", "Basic Zm9v"));
  }

  @Test
  void everything() {
    assertEquals(Indexing.INDEX, IndexingPolicy.everything().indexing("authorization", "x"));
  }

  @Test
  void theDecoderLearnsWhatIsSecret() {
    List<Field> fields =
        List.of(
            Field.of("authorization", "Basic Zm9v"),
            Field.of("user-agent", "curl/8"),
            Field.of("content-length", "3"));
    HpackDecoder decoder = Blocks.decoder();
    HpackEncoder encoder = Blocks.encoder(IndexingPolicy.standard());
    assertEquals(
        List.of(Field.secret("authorization", "Basic Zm9v"), fields.get(1), fields.get(2)),
        Blocks.decode(decoder, Blocks.encode(encoder, fields)));
    assertEquals(List.of(fields.get(1).nameAndValue()), Blocks.entries(decoder.table()));
  }
}
