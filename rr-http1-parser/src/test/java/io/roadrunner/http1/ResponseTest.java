package io.roadrunner.http1;

import static io.roadrunner.http1.Verdict.responses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ResponseTest {
  private static ResponseHead head(String method, String text) {
    Http1Parser parser = Http1Parser.forResponses(Http1Limits.defaults());
    parser.answering(method);
    return (ResponseHead) parser.next(ByteBuffer.wrap(Feed.bytes(text)));
  }

  private static void refused(Http1Violation violation, String... texts) {
    for (String text : texts) {
      assertEquals(List.of(violation.name()), responses("GET", text), text);
    }
  }

  @Nested
  class S4_StatusLine {
    @Test
    void parts() {
      ResponseHead head = head("GET", "HTTP/1.1 404 Not Here\r\nA: b\r\n\r\n");
      assertEquals(404, head.status());
      assertEquals("Not Here", head.reason());
      assertEquals(HttpVersion.HTTP_1_1, head.version());
      assertEquals(FieldLines.of("A", "b"), head.fields());
      assertEquals("HTTP/1.1 404 Not Here", head.toString());
    }

    @Test
    void reasons() {
      for (String reason : List.of("", " ", "a\tb", "\200\377", "123456789", " x ")) {
        assertEquals(reason, head("GET", "HTTP/1.0 200 " + reason + "\r\n\r\n").reason());
      }
    }

    @Test
    void malformed() {
      refused(
          Http1Violation.BAD_STATUS_LINE,
          "HTTP/1.1  200 OK\r\n",
          "HTTP/1.1\t200 OK\r\n",
          "HTTP/1.1 20 OK\r\n",
          "HTTP/1.1 2000 OK\r\n",
          "HTTP/1.1 200\r\n",
          "HTTP/1.1 099 X\r\n",
          "HTTP/1.1 600 X\r\n",
          "HTTP/1.1 2x0 X\r\n",
          "HTTP/1.1 200 a\0\r\n",
          "HTTP/1.1 200 OK\nA: b\r\n",
          "HTTP/1.1 200\tOK\r\n",
          "HTTP/1.10 200 OK",
          "HTTP/1.1 -20 OK\r\n",
          "HTTP/1.1 2/0 OK\r\n");
      refused(Http1Violation.BARE_CR, "HTTP/1.1 200 OK\rX");
      refused(Http1Violation.BAD_VERSION, "\r\nHTTP/1.1 200 OK\r\n", "ICY 200 OK", "HTTP/1 200 OK");
      refused(Http1Violation.UNSUPPORTED_VERSION, "HTTP/2.0 200 OK\r\n", "HTTP/0.9 200 OK");
      refused(Http1Violation.BAD_FIELD_NAME, "HTTP/1.1 200 OK\r\nA@: b\r\n\r\n");
    }

    @Test
    void limit() {
      Http1Limits limits = Http1Limits.defaults().withMaxMethodBytes(4).withMaxRequestLineBytes(20);
      List<String> refusal = List.of("STATUS_LINE_TOO_LONG");
      for (String text :
          List.of("HTTP/1.1 200 1234567\r\n", "HTTP/1.1 200 12345678", "HTTP/1.1 200 123456\r\n")) {
        assertEquals(refusal, Verdict.events(() -> Http1Parser.forResponses(limits), text + "XX"));
      }
      String fits = "HTTP/1.1 200 12345\r\n\r\n";
      assertEquals(2, Verdict.events(() -> Http1Parser.forResponses(limits), fits).size());
    }
  }

  @Nested
  class S6_3_MessageBodyLength {
    private static BodyFraming of(String method, int status, String line) {
      return head(method, "HTTP/1.1 " + status + " \r\n" + line + "\r\n\r\n").framing();
    }

    @Test
    void noBody() {
      for (int status : new int[] {100, 103, 199, 204, 304}) {
        assertEquals(BodyFraming.None.INSTANCE, of("GET", status, "Content-Length: 5"));
      }
      assertEquals(BodyFraming.None.INSTANCE, of("HEAD", 200, "Content-Length: 5"));
      assertEquals(BodyFraming.None.INSTANCE, of("HEAD", 200, "Transfer-Encoding: chunked"));
      assertEquals(BodyFraming.None.INSTANCE, of("HEAD", 404, "A: b"));
      assertEquals(BodyFraming.None.INSTANCE, of("CONNECT", 200, "A: b"));
    }

    @Test
    void someBody() {
      assertEquals(BodyFraming.Chunked.INSTANCE, of("GET", 200, "Transfer-Encoding: chunked"));
      assertEquals(new BodyFraming.Length(5), of("GET", 200, "Content-Length: 5"));
      assertEquals(new BodyFraming.Length(5), of("CONNECT", 404, "Content-Length: 5"));
      assertEquals(BodyFraming.UntilClose.INSTANCE, of("GET", 200, "A: b"));
      assertEquals(BodyFraming.UntilClose.INSTANCE, of("CONNECT", 300, "A: b"));
    }

    @Test
    void framingIsCheckedEvenIfItDoesNotCount() {
      refused(
          Http1Violation.LENGTH_AND_CODING,
          "HTTP/1.1 304 \r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n");
      refused(Http1Violation.BAD_LENGTH, "HTTP/1.1 204 \r\nContent-Length: +5\r\n\r\n");
      refused(
          Http1Violation.CODING_IN_HTTP_1_0, "HTTP/1.0 200 \r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    @Test
    void untilClose() {
      Feed feed = new Feed(Http1Parser.forResponses(Http1Limits.defaults()), Feed.Kind.DIRECT);
      feed.addAll("HTTP/1.1 200 OK\r\n\r\n").addAll("abc").addAll("HTTP/1.1").close();
      assertEquals(List.of("body abcHTTP/1.1", "end []", "unread "), feed.log().subList(1, 4));
      assertTrue(feed.log().get(0).endsWith("| UntilClose[] | CLOSE"));
    }

    @Test
    void answersFollowEachOther() {
      String text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab";
      List<String> log = responses("GET", text + text);
      assertEquals(log.subList(0, 3), log.subList(3, 6));
    }

    @Test
    void methodCountsForOneFinalAnswer() {
      String length = "Content-Length: 2\r\n\r\n";
      List<String> log =
          responses(
              "HEAD",
              "HTTP/1.1 103 \r\n\r\nHTTP/1.1 200 \r\n"
                  + length
                  + "HTTP/1.1 200 \r\n"
                  + length
                  + "ab");
      assertEquals(8, log.size());
      assertEquals("end []", log.get(3));
      assertEquals("body ab", log.get(5));
    }
  }

  @Nested
  class S9_3_Persistence {
    @Test
    void persistence() {
      String length = "Content-Length: 0\r\n";
      assertEquals(
          Persistence.KEEP_ALIVE, head("GET", "HTTP/1.1 200 \r\n" + length + "\r\n").persistence());
      assertEquals(
          Persistence.CLOSE, head("GET", "HTTP/1.0 200 \r\n" + length + "\r\n").persistence());
      assertEquals(
          Persistence.CLOSE,
          head("GET", "HTTP/1.1 200 \r\nConnection: close\r\n" + length + "\r\n").persistence());
    }
  }

  @Nested
  class Rfc9110S15_2_Interim {
    @Test
    void interim() {
      assertTrue(head("GET", "HTTP/1.1 100 \r\n\r\n").isInterim());
      assertEquals(false, head("GET", "HTTP/1.1 101 \r\n\r\n").isInterim());
      assertEquals(false, head("GET", "HTTP/1.1 200 \r\n\r\n").isInterim());
    }
  }

  @Nested
  class SwitchOfProtocols {
    private static void switches(String method, String statusLine) {
      Http1Parser parser = Http1Parser.forResponses(Http1Limits.defaults());
      parser.answering(method);
      ByteBuffer in = ByteBuffer.wrap(Feed.bytes(statusLine + "\r\n\r\nrest"));
      assertTrue(parser.next(in) instanceof ResponseHead);
      assertEquals(false, parser.switchedProtocols());
      assertSame(MessageEnd.NO_TRAILERS, parser.next(in));
      assertTrue(parser.switchedProtocols());
      assertEquals(4, in.remaining());
      assertThrows(IllegalStateException.class, () -> parser.next(in));
      assertSame(NeedInput.INSTANCE, parser.close());
    }

    @Test
    void upgradeAndTunnel() {
      switches("GET", "HTTP/1.1 101 Switching Protocols");
      switches("CONNECT", "HTTP/1.1 200 OK");
      switches("CONNECT", "HTTP/1.1 299 ");
    }

    @Test
    void refusedTunnel() {
      String refusal = "HTTP/1.1 407 \r\nContent-Length: 0\r\n\r\n";
      assertEquals(5, responses("CONNECT", refusal + refusal).size());
    }
  }
}
