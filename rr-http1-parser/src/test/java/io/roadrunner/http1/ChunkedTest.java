package io.roadrunner.http1;

import static io.roadrunner.http1.Verdict.requests;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ChunkedTest {
  private static final String HEAD =
      "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";

  /** Events behind the head. */
  private static List<String> body(Http1Limits limits, String body) {
    List<String> log = requests(limits, HEAD + body);
    return log.subList(1, log.size());
  }

  private static List<String> body(String body) {
    return body(Http1Limits.defaults(), body);
  }

  private static void refused(Http1Violation violation, String... bodies) {
    for (String body : bodies) {
      List<String> log = body(body);
      assertEquals(violation.name(), log.get(log.size() - 1), body);
      assertEquals(400, violation.status());
    }
  }

  private static void complete(String data, String body) {
    assertEquals(List.of("body " + data, "end []", "unread G"), body(body + "G"), body);
  }

  @Nested
  class S7_1_ChunkedBodies {
    @Test
    void sizes() {
      complete("hello", "5\r\nhello\r\n0\r\n\r\n");
      complete("hello world", "5\r\nhello\r\n06\r\n world\r\n000\r\n\r\n");
      complete("a".repeat(26), "1A\r\n" + "a".repeat(26) + "\r\n0\r\n\r\n");
      complete("a".repeat(12), "000000000000000c\r\naaaaaaaaaaaa\r\n0\r\n\r\n");
      assertEquals(List.of("end []", "unread "), body("0\r\n\r\n"));
    }

    @Test
    @DisplayName("F07 chunk size is not a plain hexadecimal number")
    void badSizes() {
      refused(
          Http1Violation.BAD_CHUNK_SIZE,
          "\r\n",
          "+5\r\n",
          "-1\r\n",
          "0x5\r\n",
          "1_0\r\n",
          " 5\r\n",
          "\t5\r\n",
          "g\r\n",
          ";a\r\n",
          "5g",
          "5,",
          "\0",
          "5\0");
      refused(
          Http1Violation.BAD_CHUNK_EXTENSION, "5 \r\n", "5\t\r\n", "5;\r\n", "5; \r\n", "5 x\r\n");
      refused(Http1Violation.BARE_LF, "5\nhello");
      refused(Http1Violation.BARE_CR, "5\rhello");
    }

    @Test
    @DisplayName("F07 P25 chunk size that does not fit")
    void hugeSizes() {
      refused(
          Http1Violation.CHUNK_TOO_LARGE,
          "FFFFFFFFFFFFFFFF1\r\n",
          "FFFFFFFFFFFFFFFF\r\n",
          "8000000000000000\r\n",
          "00000000000000005\r\n",
          "1".repeat(200));
      assertEquals(List.of("body so far ab", "unread "), body("100000004\r\nab"));
      assertEquals(List.of("body so far ab", "unread "), body("7fffffffffffffff\r\nab"));
    }

    @Test
    @DisplayName("F11 chunk data is not followed by CRLF")
    void badEnds() {
      refused(
          Http1Violation.BAD_CHUNK_END,
          "5\r\nhello\n",
          "5\r\nhello\r5",
          "5\r\nhello\r\r",
          "5\r\nhelloXX",
          "5\r\nhello0\r\n\r\n",
          "4\r\nhello\r\n",
          "6\r\nhello\r\n0\r\n");
    }

    @Test
    @DisplayName("F12 last chunk in its valid forms")
    void lastChunk() {
      for (String last : List.of("0", "00", "0;x=y", "0 ;x", "0;a;b=\"c\"")) {
        complete("a", "1\r\na\r\n" + last + "\r\n\r\n");
      }
    }

    @Test
    @DisplayName("F12 incomplete last chunk is waited for, a wrong one refused")
    void incompleteLastChunk() {
      assertEquals(List.of("unread \r"), body("0\r\n\r"));
      assertEquals(List.of("unread 0\r"), body("0\r"));
      assertEquals(List.of("body so far a", "unread \r"), body("1\r\na\r"));
      refused(Http1Violation.MISSING_COLON, "0\r\nX\r\n");
      refused(Http1Violation.BARE_CR, "0\r\n\rX", "0\rX");
    }
  }

  @Nested
  class S7_1_1_Extensions {
    @Test
    void wellFormed() {
      for (String extension :
          List.of(
              ";a",
              ";a=b",
              ";a=\"b\"",
              ";a=\"\"",
              ";a;b;c=d",
              ";a=\"b;c\\\"d\\\\\"",
              " ; a = b ; c",
              ";a \t;b",
              ";\ta\t=\t\"b\" ;c=d",
              ";a=\"\t \200\377\"",
              ";a=b;c",
              ";a=\"b\";c=\"d\"")) {
        complete("hello", "5" + extension + "\r\nhello\r\n0\r\n\r\n");
      }
    }

    @Test
    @DisplayName("F08 bare LF, bare CR or NUL in a chunk extension")
    void controls() {
      refused(
          Http1Violation.BARE_LF,
          "5;\nxx\r\n",
          "5;a\nxx\r\n",
          "5;a=\nx",
          "5;a=b\n",
          "5 \n",
          "5;a \n");
      refused(Http1Violation.BARE_LF, "5;a=\"b\n", "5;a=\"b\"\n", "5;a=\"\\\n");
      refused(Http1Violation.BARE_CR, "5;a\rxx\r\n", "5;a=b\r\r\n", "5;a=\"b\"\rx");
      refused(Http1Violation.BAD_CHUNK_EXTENSION, "5;\0", "5;a\0", "5;a=\0", "5;a=b\0", "5;a=\"\0");
      refused(
          Http1Violation.BAD_CHUNK_EXTENSION, "5;\rxx\r\n", "5;a=\r\n", "5;a \r\n", "5;a=b \r\n");
    }

    @Test
    @DisplayName("F09 no CRLF in quotes, no quotes left open")
    void quotes() {
      refused(
          Http1Violation.BAD_CHUNK_EXTENSION,
          "1;a=\"\r\nX",
          "1;a=\"b\r\n",
          "1;a=\"\\\r\n\"",
          "1;a=\"b\"c\r\n",
          "1;a=b\"c\"\r\n",
          "1;\"a\"\r\n",
          "1;a=\"\\\0\"",
          "1;a=\"\177\"",
          "1;=b\r\n",
          "1;a==b\r\n",
          "1;a=;b\r\n",
          "1;;\r\n",
          "1;a b\r\n");
    }

    @Test
    @DisplayName("F10 chunk line over its limit, while it is read")
    void longLine() {
      Http1Limits limits = Http1Limits.defaults().withMaxChunkLineBytes(20);
      String fits = "1;" + "a".repeat(16) + "\r\n";
      assertEquals(List.of("body x", "end []", "unread "), body(limits, fits + "x\r\n0\r\n\r\n"));
      List<String> refusal = List.of("CHUNK_LINE_TOO_LONG");
      assertEquals(refusal, body(limits, "1;" + "a".repeat(17) + "\r\nx"));
      assertEquals(refusal, body(limits, "1;" + "a".repeat(19)));
      assertEquals(refusal, body(limits, "1;a=\"" + "a".repeat(80)));
      Feed feed = Feed.requests(Feed.Kind.ARRAY).addAll(HEAD + "1;" + "a".repeat(65_536));
      assertEquals("CHUNK_LINE_TOO_LONG", feed.log().get(1));
    }

    @Test
    @DisplayName("F10 many small chunks with long extensions")
    void overhead() {
      String chunk = "1;" + "a".repeat(98) + "\r\nx\r\n";
      Feed feed = Feed.requests(Feed.Kind.ARRAY).addAll(HEAD + chunk.repeat(1000));
      List<String> log = feed.log();
      assertEquals("CHUNK_OVERHEAD", log.get(2));
      assertEquals("body " + "x".repeat(16384 / 83), log.get(1));
    }

    @Test
    @DisplayName("F10 small chunks without extensions, or extensions with much data, are fine")
    void noOverhead() {
      Http1Limits limits = Http1Limits.defaults().withMaxChunkOverhead(0);
      String small = "1\r\nx\r\n".repeat(5);
      assertEquals(List.of("body xxxxx", "end []", "unread "), body(limits, small + "0\r\n\r\n"));
      String large = "1F;" + "a".repeat(40) + "\r\n" + "x".repeat(31) + "\r\n";
      assertEquals(3, body(limits, large + large + "0\r\n\r\n").size());
      assertEquals(List.of("CHUNK_OVERHEAD"), body(limits, large.replace("1F;", "1A;a")));
      assertEquals("CHUNK_OVERHEAD", body(limits, "0;" + "a".repeat(15) + "\r\n").get(0));
    }

    @Test
    @DisplayName("F10 the overhead is counted for each body")
    void overheadStartsAnew() {
      Http1Limits limits = Http1Limits.defaults().withMaxChunkOverhead(2);
      String body = "1;" + "a".repeat(17) + "\r\nx\r\n0\r\n\r\n";
      assertEquals(7, requests(limits, HEAD + body + HEAD + body).size());
    }
  }

  @Nested
  class S7_1_2_Trailers {
    @Test
    @DisplayName("F13 trailers that steer a message change nothing and stay apart")
    void neverMerged() {
      String trailers =
          String.join(
              "\r\n",
              "Content-Length: 5",
              "Transfer-Encoding: x",
              "Host: evil",
              "Cookie: a",
              "Content-Type: b",
              "");
      List<String> log = requests(HEAD + "1\r\na\r\n0\r\n" + trailers + "\r\n" + HEAD);
      assertEquals(requests(HEAD).get(0), log.get(0));
      assertEquals(
          "end [Content-Length: 5, Transfer-Encoding: x, Host: evil, Cookie: a, Content-Type: b]",
          log.get(2));
      assertEquals(requests(HEAD).get(0), log.get(3));
    }

    @Test
    @DisplayName("F13 malformed trailers")
    void malformed() {
      refused(Http1Violation.SPACE_BEFORE_COLON, "0\r\nA : b\r\n\r\n");
      refused(Http1Violation.SPACE_BEFORE_FIRST_FIELD, "0\r\n A: b\r\n\r\n");
      refused(Http1Violation.LINE_FOLDING, "0\r\nA: b\r\n c\r\n\r\n");
      refused(Http1Violation.BAD_FIELD_VALUE, "0\r\nA: \0\r\n\r\n");
      refused(Http1Violation.BARE_LF, "0\r\nA: b\n\r\n", "0\r\n\n");
    }

    @Test
    @DisplayName("F13 P21 the limits of header fields hold for trailers")
    void limits() {
      Http1Limits limits =
          Http1Limits.defaults()
              .withMaxFieldCount(3)
              .withMaxFieldLineBytes(27)
              .withMaxFieldBlockBytes(40);
      String head = "POST / HTTP/1.1\r\nHost:h\r\nTransfer-Encoding:chunked\r\n\r\n0\r\n";
      assertEquals("TOO_MANY_FIELDS", requests(limits, head + "A:b\r\n".repeat(4)).get(1));
      assertEquals("FIELD_LINE_TOO_LONG", requests(limits, head + "a".repeat(28)).get(1));
      String many = "A:aaaaaaaaaaaaaa\r\n".repeat(2);
      assertEquals("FIELD_BLOCK_TOO_LARGE", requests(limits, head + many + "A:bbbb").get(1));
      assertEquals(3, requests(limits, head + "A:b\r\n".repeat(3) + "\r\n").size());
    }

    @Test
    void trailersOfOneMessageAreNotThoseOfTheNext() {
      String with = HEAD + "0\r\nA: b\r\n\r\n";
      String without = HEAD + "0\r\n\r\n";
      List<String> log = requests(with + without);
      assertEquals("end [A: b]", log.get(1));
      assertEquals("end []", log.get(3));
    }
  }
}
