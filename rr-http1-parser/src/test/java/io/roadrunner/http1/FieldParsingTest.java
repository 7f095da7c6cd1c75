package io.roadrunner.http1;

import static io.roadrunner.http1.Http1Violation.BAD_FIELD_NAME;
import static io.roadrunner.http1.Http1Violation.BAD_FIELD_VALUE;
import static io.roadrunner.http1.Http1Violation.BARE_CR;
import static io.roadrunner.http1.Http1Violation.BARE_LF;
import static io.roadrunner.http1.Http1Violation.EMPTY_FIELD_NAME;
import static io.roadrunner.http1.Http1Violation.LINE_FOLDING;
import static io.roadrunner.http1.Http1Violation.MISSING_COLON;
import static io.roadrunner.http1.Http1Violation.SPACE_BEFORE_COLON;
import static io.roadrunner.http1.Http1Violation.SPACE_BEFORE_FIRST_FIELD;
import static io.roadrunner.http1.Verdict.get;
import static io.roadrunner.http1.Verdict.head;
import static io.roadrunner.http1.Verdict.refused;
import static io.roadrunner.http1.Verdict.refusedField;
import static io.roadrunner.http1.Verdict.requests;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FieldParsingTest {
  private static String valueOf(String line) {
    return head(get("Before: 1", line, "After: 2")).fields().value(2);
  }

  @Nested
  class S2_2_LineEnds {
    @Test
    @DisplayName("P01 bare LF ends a field line")
    void bareLineFeed() {
      refusedField(BARE_LF, "A: b\nC: d", "A:\nC: d", "A: 12345678901234567890\n", "\n");
      refused(BARE_LF, "GET / HTTP/1.1\r\nHost: x\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\n\n");
    }

    @Test
    @DisplayName("P02 bare CR in name or value")
    void bareCarriageReturn() {
      refusedField(BARE_CR, "Foo: 1\rBar: 2", "Foo: 1\r", "Foo:\rx", "\rFoo: 1");
      refusedField(MISSING_COLON, "Fo\ro: 1");
    }

    @Test
    @DisplayName("P03 odd block terminators")
    void oddTerminators() {
      String open = "GET / HTTP/1.1\r\nHost: x\r\n";
      refused(BARE_CR, open + "\r\r\r", open + "\r\rX", open + "\rX", open + "\r\0");
      refused(BARE_LF, open + "\n\r\n", open + "\n");
    }

    @Test
    @DisplayName("P05 white space before the first field line")
    void spaceFirst() {
      refused(SPACE_BEFORE_FIRST_FIELD, "GET / HTTP/1.1\r\n Host: x\r\n\r\n");
      refused(SPACE_BEFORE_FIRST_FIELD, "GET / HTTP/1.1\r\n\tHost: x\r\n\r\n");
      refused(SPACE_BEFORE_FIRST_FIELD, "GET / HTTP/1.1\r\n \r\nHost: x\r\n\r\n");
    }
  }

  @Nested
  class S5_FieldSyntax {
    @Test
    @DisplayName("P06 folded lines, whatever the field")
    void folding() {
      refusedField(LINE_FOLDING, "A: b\r\n c", "A: b\r\n\tc", "A:\r\n b", "A: b\r\n \r\n");
      refusedField(LINE_FOLDING, "Transfer-Encoding:\r\n chunked", "Content-Length: 1\r\n 2");
      refused(LINE_FOLDING, "GET / HTTP/1.1\r\nHost:\r\n x\r\n\r\n");
    }

    @Test
    @DisplayName("P07 white space before the colon")
    void spaceBeforeColon() {
      refusedField(SPACE_BEFORE_COLON, "A : b", "A\t: b", "Content-Length : 5", "A b: c");
    }

    @Test
    @DisplayName("P08 no name, no colon, no text")
    void noName() {
      refusedField(EMPTY_FIELD_NAME, ": v", ":", "::");
      refusedField(MISSING_COLON, "novalue", "A", "Host\r\n");
    }

    @Test
    @DisplayName("P09 byte in a name that is not of a token")
    void badNames() {
      for (char c : "([@\\\",;={}<>?/])\0\1\37\177\200\377".toCharArray()) {
        refusedField(BAD_FIELD_NAME, c + "A: b", "A" + c + ": b", "A" + c + "B: c");
      }
      refusedField(SPACE_BEFORE_COLON, "A\tB: c");
    }

    @Test
    @DisplayName("P10 control in a value")
    void badValues() {
      for (int c = 0; c <= 0x7F; c++) {
        boolean control = (c < 0x20 && c != '\t' && c != '\r' && c != '\n') || c == 0x7F;
        if (control) {
          char bad = (char) c;
          refusedField(
              BAD_FIELD_VALUE, "A:" + bad, "A: 12" + bad, "A: 123456789" + bad + "12345678");
        }
      }
    }

    @Test
    @DisplayName("P10 bytes 80 to FF in a value are kept as they are")
    void opaqueValues() {
      StringBuilder all = new StringBuilder("x");
      for (char c = 0x80; c <= 0xFF; c++) {
        all.append(c);
      }
      assertEquals(all.toString(), valueOf("A: " + all));
    }

    @Test
    void valuesAreTrimmed() {
      assertEquals("b", valueOf("A:b"));
      assertEquals("b", valueOf("A: \t b \t "));
      assertEquals("b \t c", valueOf("A:b \t c"));
      assertEquals("12345678\t12345678", valueOf("A: 12345678\t12345678"));
      assertEquals("", valueOf("A:"));
      assertEquals("", valueOf("A: \t "));
      assertEquals(":", valueOf("A::"));
    }

    @Test
    @DisplayName("P33 only SP and HTAB are trimmed")
    void noOtherTrimming() {
      assertEquals("\240b\205", valueOf("A: \240b\205"));
      refusedField(BAD_FIELD_VALUE, "A: b\13", "A: \fb");
    }

    @Test
    @DisplayName("P26 names that mean something elsewhere are ordinary names")
    void magicNames() {
      RequestHead head = head(get("__proto__: 1", "constructor: 2", "AaAa: 3", "BBBB: 4"));
      assertEquals(List.of("1"), head.fields().all("__proto__"));
      assertEquals(List.of("2"), head.fields().all("CONSTRUCTOR"));
      assertEquals(List.of("3"), head.fields().all("aaaa"));
      assertEquals(List.of("4"), head.fields().all("bbbb"));
    }

    @Test
    @DisplayName("F04 an underscore is not a hyphen")
    void underscores() {
      RequestHead head = head(get("Transfer_Encoding: chunked", "Content_Length: 5"));
      assertEquals(BodyFraming.None.INSTANCE, head.framing());
      assertTrue(head.fields().contains("content_length"));
      assertFalse(head.fields().contains("content-length"));
      refusedField(BAD_FIELD_NAME, "Transfer-Encoding\13: chunked");
    }
  }

  @Nested
  class Limits {
    private static final String LINE = "GET / HTTP/1.1\r\n";

    private static List<String> withLine(Http1Limits limits, int lineBytes, boolean ended) {
      String line = "Host:" + "a".repeat(lineBytes - "Host:\r\n".length());
      return requests(limits, LINE + line + (ended ? "\r\n\r\n" : ""));
    }

    @Test
    @DisplayName("P21 endless field line is 431 as soon as the limit is crossed")
    void longLine() {
      Http1Limits limits = Http1Limits.defaults().withMaxFieldLineBytes(30);
      assertEquals(3, withLine(limits, 30, true).size());
      List<String> refusal = List.of("FIELD_LINE_TOO_LONG");
      assertEquals(refusal, withLine(limits, 31, true));
      assertEquals(refusal, withLine(limits, 33, false));
      assertEquals(refusal, withLine(limits, 90, false));
      assertEquals(refusal, requests(limits, LINE + "n".repeat(31)));
      assertEquals(refusal, requests(limits, LINE + "Host:" + " ".repeat(26)));
      assertEquals(refusal, requests(limits, LINE + "Host:" + "a".repeat(24) + "\r\n"));
      assertEquals(431, Http1Violation.FIELD_LINE_TOO_LONG.status());
    }

    @Test
    @DisplayName("P21 endless field block is 431 as soon as the limit is crossed")
    void largeBlock() {
      Http1Limits limits = Http1Limits.defaults().withMaxFieldBlockBytes(30);
      List<String> refusal = List.of("FIELD_BLOCK_TOO_LARGE");
      String host = "Host: a\r\n";
      assertEquals(3, requests(limits, LINE + host + "A: " + "b".repeat(14) + "\r\n\r\n").size());
      assertEquals(refusal, requests(limits, LINE + host + "A: " + "b".repeat(15) + "\r\n\r\n"));
      assertEquals(refusal, requests(limits, LINE + host + "A: " + "b".repeat(16) + "\r\n\r\n"));
      assertEquals(refusal, requests(limits, LINE + host + "A: " + "b".repeat(17) + "\r\n\r\n"));
      assertEquals(refusal, requests(limits, LINE + host + "n".repeat(22)));
      assertEquals(431, Http1Violation.FIELD_BLOCK_TOO_LARGE.status());
    }

    @Test
    @DisplayName("P22 the count is of lines, not of distinct names")
    void manyLines() {
      Http1Limits limits = Http1Limits.defaults().withMaxFieldCount(20);
      String head = LINE + "Host: a\r\n" + "A: b\r\n".repeat(19);
      assertEquals(3, requests(limits, head + "\r\n").size());
      assertEquals(List.of("TOO_MANY_FIELDS"), requests(limits, head + "A"));
      assertEquals(431, Http1Violation.TOO_MANY_FIELDS.status());
    }

    @Test
    @DisplayName("P22 P23 the default limits stop a flood of tiny lines")
    void defaults() {
      Feed flood = Feed.requests(Feed.Kind.ARRAY).addAll(LINE + "A: b\r\n".repeat(100_000));
      assertEquals(List.of("TOO_MANY_FIELDS"), flood.log());
      assertEquals(
          100, head(LINE + "Host: a\r\n" + "A: b\r\n".repeat(99) + "\r\n").fields().size());
    }
  }
}
