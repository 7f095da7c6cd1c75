package io.roadrunner.http1;

import static io.roadrunner.http1.Http1Violation.BAD_CODING;
import static io.roadrunner.http1.Http1Violation.BAD_FIELD_VALUE;
import static io.roadrunner.http1.Http1Violation.BAD_LENGTH;
import static io.roadrunner.http1.Http1Violation.CODING_IN_HTTP_1_0;
import static io.roadrunner.http1.Http1Violation.LENGTH_AND_CODING;
import static io.roadrunner.http1.Http1Violation.REPEATED_CODING;
import static io.roadrunner.http1.Http1Violation.REPEATED_LENGTH;
import static io.roadrunner.http1.Http1Violation.UNKNOWN_CODING;
import static io.roadrunner.http1.Verdict.get;
import static io.roadrunner.http1.Verdict.head;
import static io.roadrunner.http1.Verdict.refused;
import static io.roadrunner.http1.Verdict.refusedField;
import static io.roadrunner.http1.Verdict.request;
import static io.roadrunner.http1.Verdict.requests;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FramingTest {
  private static List<String> tail(List<String> log, int from) {
    return log.subList(from, log.size());
  }

  @Nested
  class S6_1_TransferEncoding {
    @Test
    @DisplayName("F02 only chunked itself is known, in any case")
    void chunked() {
      for (String value : List.of("chunked", "Chunked", "CHUNKED", " chunked\t")) {
        assertEquals(
            BodyFraming.Chunked.INSTANCE, head(get("Transfer-Encoding:" + value)).framing());
      }
    }

    @Test
    @DisplayName("F02 lists, parameters, quotes, and nothing")
    void otherValues() {
      for (String value :
          List.of(
              "identity",
              "chunked, chunked",
              "chunked, identity",
              "gzip, chunked",
              "chunked;a=b",
              "\"chunked\"",
              ",chunked",
              "chunked,",
              "",
              ",",
              "chunked chunked",
              "\240chunked",
              "chunked\205")) {
        refusedField(BAD_CODING, "Transfer-Encoding: " + value);
      }
      for (String value : List.of("chunked\13", "\fchunked", "chun\0ked")) {
        refusedField(BAD_FIELD_VALUE, "Transfer-Encoding: " + value);
      }
    }

    @Test
    @DisplayName("F02 lone unknown coding is 501")
    void unknown() {
      for (String value : List.of("xchunked", "gzip", "chunkedx", "chun", "chun_ed", "x")) {
        refusedField(UNKNOWN_CODING, "Transfer-Encoding: " + value);
      }
      assertEquals(501, UNKNOWN_CODING.status());
    }

    @Test
    @DisplayName("F02 two Transfer-Encoding lines")
    void repeated() {
      String chunked = "Transfer-Encoding: chunked\r\n";
      refusedField(REPEATED_CODING, chunked + "Transfer-Encoding: chunked");
      refusedField(REPEATED_CODING, chunked + "X: y\r\ntransfer-encoding: identity");
    }

    @Test
    @DisplayName("F03 Transfer-Encoding in HTTP/1.0")
    void oldVersion() {
      refused(CODING_IN_HTTP_1_0, request("POST / HTTP/1.0", "Transfer-Encoding: chunked"));
    }

    @Test
    @DisplayName("F01 Content-Length and Transfer-Encoding, in both orders")
    void both() {
      refusedField(LENGTH_AND_CODING, "Content-Length: 3\r\nTransfer-Encoding: chunked");
      refusedField(LENGTH_AND_CODING, "Transfer-Encoding: chunked\r\nContent-Length: 3");
      refusedField(LENGTH_AND_CODING, "Transfer-Encoding: x\r\nContent-Length: 3");
    }
  }

  @Nested
  class S6_2_ContentLength {
    @Test
    void numbers() {
      for (long length : List.of(0L, 5L, 10L, 4_294_967_300L, Long.MAX_VALUE)) {
        assertEquals(
            new BodyFraming.Length(length), head(get("Content-Length: " + length)).framing());
      }
    }

    @Test
    @DisplayName("F05 P33 Content-Length is not a plain number")
    void malformed() {
      for (String value :
          List.of(
              "+5", "-1", "-0", "5a", "0x5", "0o5", "1_0", "1 0", "1e3", "", "5.0", "5;", "٣",
              "\uFF15", "\2635", "\262", "a", ":5", "/5")) {
        refusedField(BAD_LENGTH, "Content-Length: " + value.replaceAll("[^\0-\377]", "\331\243"));
      }
    }

    @Test
    @DisplayName("F05 Content-Length with a leading zero is refused")
    void leadingZero() {
      refusedField(BAD_LENGTH, "Content-Length: 005", "Content-Length: 00", "Content-Length: 01");
    }

    @Test
    @DisplayName("F05 P25 Content-Length of 2^63 and more, or of very many digits")
    void tooLarge() {
      for (String value :
          List.of(
              "9223372036854775808",
              "9999999999999999999",
              "18446744073709551616",
              "10000000000000000000",
              "18446744073709551621",
              "1".repeat(200))) {
        refusedField(BAD_LENGTH, "Content-Length: " + value);
      }
      Feed feed = Feed.requests(Feed.Kind.ARRAY).addAll(get("Content-Length: " + "1".repeat(8000)));
      assertEquals(List.of("BAD_LENGTH"), feed.log());
    }

    @Test
    @DisplayName("F06 two lengths, equal or different, on one line or two")
    void repeated() {
      refusedField(REPEATED_LENGTH, "Content-Length: 5\r\nContent-Length: 5");
      refusedField(REPEATED_LENGTH, "Content-Length: 5\r\ncontent-length: 6");
      refusedField(
          BAD_LENGTH, "Content-Length: 5, 5", "Content-Length: 5, 6", "Content-Length: 5,");
    }

    @Test
    @DisplayName("F14 GET and other methods have the body that their framing says")
    void bodyOfAnyMethod() {
      String inner = get();
      for (String method : List.of("GET", "HEAD", "DELETE", "OPTIONS", "POST")) {
        String line = method + " / HTTP/1.1";
        List<String> log =
            requests(request(line, "Content-Length: " + inner.length()) + inner + get());
        assertEquals("body " + inner, log.get(1));
        assertEquals("end []", log.get(2));
        assertEquals(tail(requests(get()), 0), tail(log, 3));
      }
    }

    @Test
    void noBodyWithoutFraming() {
      assertEquals(BodyFraming.None.INSTANCE, head(request("POST / HTTP/1.1")).framing());
      assertEquals(2 + 1, requests(request("POST / HTTP/1.1")).size());
      assertEquals(2 + 1, requests(request("POST / HTTP/1.1", "Content-Length: 0")).size());
    }
  }

  @Nested
  class Rfc9110S10_1_1_Expect {
    private static Expectation of(String requestLine, String... lines) {
      return head(request(requestLine, lines)).expectation();
    }

    @Test
    @DisplayName("P30 100-continue counts in HTTP/1.1 with a body")
    void known() {
      assertEquals(
          Expectation.CONTINUE, of("PUT / HTTP/1.1", "Expect: 100-continue", "Content-Length: 1"));
      assertEquals(
          Expectation.CONTINUE,
          of("PUT / HTTP/1.1", "Expect: 100-CONTINUE", "Transfer-Encoding: chunked"));
    }

    @Test
    @DisplayName("P30 100-continue without body or in HTTP/1.0 asks for nothing")
    void ignored() {
      assertEquals(Expectation.NONE, of("PUT / HTTP/1.1", "Expect: 100-continue"));
      assertEquals(
          Expectation.NONE, of("PUT / HTTP/1.1", "Expect: 100-continue", "Content-Length: 0"));
      assertEquals(
          Expectation.NONE, of("PUT / HTTP/1.0", "Expect: 100-continue", "Content-Length: 1"));
      assertEquals(Expectation.NONE, of("PUT / HTTP/1.1", "Content-Length: 1"));
    }

    @Test
    @DisplayName("P30 any other expectation is unknown")
    void unknown() {
      for (String value : List.of("x", "", "100-continue, x", "100-continue;q=1", "100 continue")) {
        assertEquals(
            Expectation.UNKNOWN, of("PUT / HTTP/1.1", "Expect: " + value, "Content-Length: 1"));
      }
      assertEquals(
          Expectation.UNKNOWN,
          of("PUT / HTTP/1.1", "Expect: 100-continue", "Expect: 100-continue"));
    }

    @Test
    @DisplayName("P30 framing is judged before any 100 could be sent")
    void framingFirst() {
      refusedField(BAD_LENGTH, "Expect: 100-continue\r\nContent-Length: x");
    }
  }
}
