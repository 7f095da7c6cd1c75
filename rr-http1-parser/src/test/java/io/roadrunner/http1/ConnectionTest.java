package io.roadrunner.http1;

import static io.roadrunner.http1.Persistence.CLOSE;
import static io.roadrunner.http1.Persistence.KEEP_ALIVE;
import static io.roadrunner.http1.Verdict.get;
import static io.roadrunner.http1.Verdict.head;
import static io.roadrunner.http1.Verdict.request;
import static io.roadrunner.http1.Verdict.requests;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConnectionTest {
  private static Http1Parser parser() {
    return Http1Parser.forRequests(Http1Limits.defaults());
  }

  private static ByteBuffer buffer(String text) {
    return ByteBuffer.wrap(Feed.bytes(text));
  }

  private static Http1Violation violation(Http1Parser parser) {
    return assertThrows(Http1Exception.class, parser::close).violation();
  }

  @Nested
  class S8_IncompleteMessages {
    @Test
    void nothingIsMissingBetweenMessages() {
      Http1Parser parser = parser();
      assertTrue(parser.betweenMessages());
      assertSame(NeedInput.INSTANCE, parser.next(buffer("")));
      assertSame(NeedInput.INSTANCE, parser.next(buffer("\r\n\r")));
      assertTrue(parser.betweenMessages());
      assertSame(NeedInput.INSTANCE, parser.close());
      assertSame(NeedInput.INSTANCE, parser.close());
      assertThrows(IllegalStateException.class, () -> parser.next(buffer("")));
    }

    @Test
    @DisplayName("F21 end of input within a head")
    void withinHead() {
      for (String text : List.of("G", "GET /", get().substring(0, get().length() - 1))) {
        Http1Parser parser = parser();
        assertSame(NeedInput.INSTANCE, parser.next(buffer(text)));
        assertFalse(parser.betweenMessages());
        assertEquals(Http1Violation.TRUNCATED_MESSAGE, violation(parser));
        assertThrows(IllegalStateException.class, parser::close);
      }
    }

    @Test
    @DisplayName("F21 end of input within a body is never its end")
    void withinBody() {
      for (String text :
          List.of(
              request("PUT / HTTP/1.1", "Content-Length: 5") + "1234",
              request("PUT / HTTP/1.1", "Transfer-Encoding: chunked") + "1\r\na\r\n",
              request("PUT / HTTP/1.1", "Transfer-Encoding: chunked") + "0\r\n")) {
        Feed feed = Feed.requests(Feed.Kind.ARRAY).addAll(text).close();
        List<String> log = feed.log();
        assertEquals("TRUNCATED_MESSAGE", log.get(log.size() - 1));
        assertFalse(log.toString().contains("end ["));
      }
    }

    @Test
    void endOfInputAfterTheLastByteOfABody() {
      Http1Parser parser = parser();
      ByteBuffer in = buffer(get());
      assertTrue(parser.next(in) instanceof RequestHead);
      assertFalse(parser.betweenMessages());
      assertSame(MessageEnd.NO_TRAILERS, parser.close());
    }
  }

  @Nested
  class S9_3_Persistence {
    private static Persistence of(String version, String... connection) {
      String[] lines = connection.clone();
      for (int i = 0; i < lines.length; i++) {
        lines[i] = "Connection: " + lines[i];
      }
      return head(request("GET / " + version, lines)).persistence();
    }

    @Test
    void newerVersion() {
      assertEquals(KEEP_ALIVE, of("HTTP/1.1"));
      assertEquals(KEEP_ALIVE, of("HTTP/1.1", "keep-alive"));
      assertEquals(KEEP_ALIVE, of("HTTP/1.1", "closed", "clos", "x-close", "close;x", "clo se"));
      for (String close :
          List.of("close", "CLOSE", "a, close", "close,a", " ,\tclose\t,", ",,close")) {
        assertEquals(CLOSE, of("HTTP/1.1", close), close);
      }
      assertEquals(CLOSE, of("HTTP/1.1", "keep-alive", "x", "close"));
    }

    @Test
    void olderVersion() {
      assertEquals(CLOSE, of("HTTP/1.0"));
      assertEquals(CLOSE, of("HTTP/1.0", "x"));
      assertEquals(CLOSE, of("HTTP/1.0", "close, keep-alive"));
      assertEquals(KEEP_ALIVE, of("HTTP/1.0", "Keep-Alive"));
      assertEquals(KEEP_ALIVE, of("HTTP/1.0", "x", "y, keep-alive"));
    }

    @Test
    @DisplayName("P32 fields that Connection names still count")
    void namedFields() {
      RequestHead head =
          head(
              request(
                  "POST / HTTP/1.1",
                  "Connection: host, content-length, cookie",
                  "Content-Length: 3",
                  "Cookie: a"));
      assertEquals(new BodyFraming.Length(3), head.framing());
      assertEquals("example.com", head.authority());
      assertTrue(head.fields().contains("cookie"));
    }
  }

  @Nested
  class S9_3_2_Pipelining {
    @Test
    void messagesFollowEachOther() {
      List<String> one = requests(get("A: b"));
      List<String> three = requests(get("A: b") + get("A: b") + get("A: b"));
      assertEquals(one.get(0), three.get(2));
      assertEquals(one.get(0), three.get(4));
      assertEquals(7, three.size());
    }

    @Test
    @DisplayName("P29 nothing behind a bad request is parsed")
    void poisoned() {
      Http1Parser parser = parser();
      ByteBuffer in = buffer("GET /\\ HTTP/1.1\r\n\r\n" + get());
      assertThrows(Http1Exception.class, () -> parser.next(in));
      assertThrows(IllegalStateException.class, () -> parser.next(in));
      assertThrows(IllegalStateException.class, () -> parser.next(buffer(get())));
      assertThrows(IllegalStateException.class, parser::close);
      assertFalse(parser.betweenMessages());
    }
  }

  @Nested
  class Rfc9110S7_8_Upgrade {
    private static List<String> of(String requestLine, String... lines) {
      return head(request(requestLine, lines)).upgradeProtocols();
    }

    @Test
    void offers() {
      assertEquals(
          List.of("websocket"),
          of("GET / HTTP/1.1", "Connection: keep-alive, Upgrade", "Upgrade: websocket"));
      assertEquals(
          List.of("a/1", "b", "c"),
          of(
              "GET / HTTP/1.1",
              "Upgrade: a/1 ,, b",
              "Connection: x",
              "Connection: upgrade",
              "Upgrade: c"));
      assertEquals(
          List.of("ok"),
          of("GET / HTTP/1.1", "Connection: upgrade", "Upgrade: a b, /1, c/, d/e/f, @, ok, \240"));
    }

    @Test
    @DisplayName("F19 Upgrade without Connection token, or in HTTP/1.0, offers nothing")
    void ignored() {
      assertEquals(List.of(), of("GET / HTTP/1.1", "Upgrade: websocket"));
      assertEquals(List.of(), of("GET / HTTP/1.1", "Upgrade: websocket", "Connection: close"));
      assertEquals(List.of(), of("GET / HTTP/1.1", "Connection: upgrade"));
      assertEquals(List.of(), of("GET / HTTP/1.0", "Upgrade: websocket", "Connection: upgrade"));
    }

    @Test
    @DisplayName("F20 h2c offers are shown, and change nothing")
    void clearTextHttp2() {
      RequestHead head =
          head(
              get(
                  "Connection: Upgrade, HTTP2-Settings",
                  "Upgrade: h2c",
                  "HTTP2-Settings: AAMAAABk"));
      assertEquals(List.of("h2c"), head.upgradeProtocols());
      assertEquals(KEEP_ALIVE, head.persistence());
    }

    @Test
    @DisplayName("F22 bytes behind an upgrade request stay in the buffer")
    void earlyBytes() {
      Http1Parser parser = parser();
      ByteBuffer in = buffer(get("Connection: upgrade", "Upgrade: websocket") + "\201\5hello");
      assertTrue(parser.next(in) instanceof RequestHead);
      assertSame(MessageEnd.NO_TRAILERS, parser.next(in));
      assertEquals(7, in.remaining());
      assertFalse(parser.switchedProtocols());
    }
  }

  @Nested
  class Misuse {
    @Test
    void unreadBytesAreMissing() {
      Http1Parser parser = parser();
      parser.next(buffer("GET / HT"));
      assertThrows(IllegalStateException.class, () -> parser.next(buffer("GET / H")));
    }

    @Test
    void answeringIsForResponses() {
      assertThrows(IllegalStateException.class, () -> parser().answering("GET"));
      Http1Parser responses = Http1Parser.forResponses(Http1Limits.defaults());
      responses.next(buffer("H"));
      assertThrows(IllegalStateException.class, () -> responses.answering("GET"));
    }

    @Test
    void kindOfBufferMayChange() {
      Http1Parser parser = parser();
      byte[] bytes = Feed.bytes(get("A: b"));
      Feed.Kind[] kinds = Feed.Kind.values();
      for (int length = 1; length < bytes.length; length++) {
        parser.next(kinds[length % kinds.length].buffer(bytes, length));
      }
      RequestHead head = (RequestHead) parser.next(Feed.Kind.DIRECT.buffer(bytes, bytes.length));
      assertEquals("[Host: example.com, A: b]", head.fields().toString());
    }
  }
}
