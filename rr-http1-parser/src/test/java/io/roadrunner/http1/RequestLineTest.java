package io.roadrunner.http1;

import static io.roadrunner.http1.Http1Violation.BAD_ESCAPE;
import static io.roadrunner.http1.Http1Violation.BAD_METHOD;
import static io.roadrunner.http1.Http1Violation.BAD_REQUEST_LINE;
import static io.roadrunner.http1.Http1Violation.BAD_TARGET_BYTE;
import static io.roadrunner.http1.Http1Violation.BAD_VERSION;
import static io.roadrunner.http1.Http1Violation.BARE_CR;
import static io.roadrunner.http1.Http1Violation.METHOD_TOO_LONG;
import static io.roadrunner.http1.Http1Violation.REQUEST_LINE_TOO_LONG;
import static io.roadrunner.http1.Http1Violation.TOO_MANY_EMPTY_LINES;
import static io.roadrunner.http1.Http1Violation.UNSUPPORTED_VERSION;
import static io.roadrunner.http1.Verdict.get;
import static io.roadrunner.http1.Verdict.head;
import static io.roadrunner.http1.Verdict.refused;
import static io.roadrunner.http1.Verdict.request;
import static io.roadrunner.http1.Verdict.requests;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RequestLineTest {

  @Nested
  class S2_2_MessageParsing {
    @Test
    @DisplayName("P01 bare LF ends the request line")
    void bareLineFeed() {
      refused(BAD_REQUEST_LINE, "GET / HTTP/1.1\nHost: x\r\n\r\n", "GET /\n", "GET / HTTP/1.0\n\n");
    }

    @Test
    @DisplayName("P02 bare CR in the request line")
    void bareCarriageReturn() {
      refused(BAD_REQUEST_LINE, "GET /\ra HTTP/1.1\r\n", "GET /a\r HTTP/1.1\r\n");
      refused(BAD_METHOD, "G\rET / HTTP/1.1\r\n");
      refused(BAD_VERSION, "GET / HTTP\r/1.1\r\n");
      refused(BAD_REQUEST_LINE, "GET / HTTP/1.1\rHost: x\r\n\r\n", "GET / HTTP/1.1\r\rHost");
      refused(BARE_CR, "\rGET /");
    }

    @Test
    @DisplayName("P04 control or space before the request line")
    void rubbishFirst() {
      refused(
          BAD_METHOD, "\0GET / HTTP/1.1\r\n", "\1GET", "\177GET", " GET / HTTP/1.1", "\tGET", "\n");
    }

    @Test
    @DisplayName("P04 one or two empty lines before the request line are skipped")
    void emptyLines() {
      List<String> plain = requests(get());
      assertEquals(plain, requests("\r\n" + get()));
      assertEquals(plain, requests("\r\n\r\n" + get()));
    }

    @Test
    @DisplayName("P04 more empty lines than the limit")
    void tooManyEmptyLines() {
      refused(TOO_MANY_EMPTY_LINES, "\r\n\r\n\r\n" + get());
      Http1Limits none = Http1Limits.defaults().withMaxLeadingEmptyLines(0);
      assertEquals(List.of("BAD_METHOD"), requests(none, "\r\n" + get()));
    }

    @Test
    @DisplayName("P04 empty lines are counted for each message")
    void emptyLinesAgain() {
      String twice = "\r\n\r\n" + get() + "\r\n\r\n" + get();
      assertEquals(requests(get() + get()), requests(twice));
    }
  }

  @Nested
  class S2_3_Version {
    @Test
    @DisplayName("P13 malformed version")
    void malformed() {
      refused(BAD_REQUEST_LINE, "GET /\r\n", "GET / HTTP/1.10\r\n", "GET / HTTP/1.1 \r\n");
      for (String version :
          List.of(
              "HTTP/1\r",
              "HTTP/01.1",
              "http/1.1",
              "HTTP/ 1.1",
              "ICE/1.0",
              "RTSP/1.0",
              "HTTP/1,1",
              "HTTP/a.1",
              "HTTP/1.x",
              "HTTP/.1",
              "HTTP1.1",
              "\tHTTP/1.1",
              "HTTP/+.1")) {
        refused(BAD_VERSION, "GET / " + version + "\r\nHost: x\r\n\r\n");
      }
    }

    @Test
    @DisplayName("P13 well-formed other major version is 505")
    void otherMajor() {
      for (String version : List.of("HTTP/2.0", "HTTP/3.0", "HTTP/0.9", "HTTP/9.9")) {
        refused(UNSUPPORTED_VERSION, request("GET / " + version));
      }
      assertEquals(505, UNSUPPORTED_VERSION.status());
    }

    @Test
    @DisplayName("P13 HTTP/1.2 counts as HTTP/1.1")
    void laterMinor() {
      assertEquals(HttpVersion.HTTP_1_1, head(request("GET / HTTP/1.2")).version());
      assertEquals(HttpVersion.HTTP_1_1, head(request("GET / HTTP/1.9")).version());
      assertEquals(HttpVersion.HTTP_1_0, head(request("GET / HTTP/1.0")).version());
      assertEquals(requests(request("GET / HTTP/1.1")), requests(request("GET / HTTP/1.2")));
    }

    @Test
    @DisplayName("P14 HTTP/2 preface is 505, TLS ClientHello is 400")
    void otherProtocols() {
      refused(UNSUPPORTED_VERSION, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      refused(BAD_METHOD, "\26\3\1\2\0\1\0\1");
    }
  }

  @Nested
  class S3_RequestLine {
    @Test
    void commonMethodsAreLiterals() {
      for (String method :
          List.of("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE")) {
        assertSame(method.intern(), head(request(method + " / HTTP/1.1")).method());
      }
      assertSame("CONNECT", head(request("CONNECT h:1 HTTP/1.1")).method());
    }

    @Test
    @DisplayName("P15 method is a token in any case, never folded")
    void otherMethods() {
      for (String method :
          List.of("get", "Get", "GE", "GETT", "PROPFIND", "VERSION-CONTROL", "M!")) {
        assertEquals(method, head(request(method + " / HTTP/1.1")).method());
      }
    }

    @Test
    @DisplayName("P15 method is no token")
    void badMethods() {
      refused(
          BAD_METHOD, "G@T / HTTP/1.1", "(GET) /", "G\200T /", "GET\t/", "GET:/", "GET\r\n", "G\0");
    }

    @Test
    @DisplayName("P15 endless method is 501 as soon as the limit is crossed")
    void longMethod() {
      String longest = "M".repeat(32);
      assertEquals(longest, head(request(longest + " / HTTP/1.1")).method());
      refused(METHOD_TOO_LONG, longest + "M", "M".repeat(200));
      assertEquals(501, METHOD_TOO_LONG.status());
    }

    @Test
    @DisplayName("P11 exactly one space between the parts")
    void spaces() {
      refused(
          BAD_REQUEST_LINE, "GET  / HTTP/1.1\r\n", "GET /\tHTTP/1.1\r\n", "GET / HTTP/1.1 \r\n");
      refused(BAD_VERSION, "GET /  HTTP/1.1\r\n", "GET /a b HTTP/1.1\r\n");
      refused(BAD_METHOD, " GET / HTTP/1.1\r\n", "GET\t/ HTTP/1.1\r\n", "GET\r\n\r\n");
      refused(BAD_VERSION, "GET / HTTP/1.1".replace("HTTP", " HTTP"));
    }

    @Test
    @DisplayName("P21 endless request line is 414 as soon as the limit is crossed")
    void longLine() {
      Http1Limits limits = Http1Limits.defaults().withMaxMethodBytes(8).withMaxRequestLineBytes(40);
      String fits = "GET /" + "a".repeat(40 - "GET / HTTP/1.1\r\n".length()) + " HTTP/1.1\r\n";
      assertEquals(40, fits.length());
      assertEquals(2 + 1, requests(limits, fits + "Host: h\r\n\r\n").size());
      for (String over :
          List.of(
              fits.replace("/a", "/aa"),
              "GET /" + "a".repeat(36),
              "GET /" + "a".repeat(30) + " HTTP/1.1",
              "GET /" + "a".repeat(90))) {
        assertEquals(List.of("REQUEST_LINE_TOO_LONG"), requests(limits, over), over);
      }
      assertEquals(414, REQUEST_LINE_TOO_LONG.status());
    }

    @Test
    void defaultLimitOfTheLine() {
      String fits = "GET /" + "a".repeat(8192 - "GET / HTTP/1.1\r\n".length()) + " HTTP/1.1\r\n";
      assertEquals(8177, head(fits + "Host: h\r\n\r\n").path().length());
      Feed over = Feed.requests(Feed.Kind.DIRECT).addAll("GET /" + "a".repeat(8188));
      assertEquals(List.of("REQUEST_LINE_TOO_LONG"), over.log());
    }
  }

  @Nested
  class S3_2_TargetBytes {
    @Test
    @DisplayName("P12 empty target")
    void empty() {
      refused(BAD_REQUEST_LINE, "GET  HTTP/1.1\r\n");
    }

    @Test
    @DisplayName("P12 byte that RFC 3986 does not have in a target")
    void forbiddenBytes() {
      for (char c : "#\\<>\"{}^|`\0\1\33\177\200\240\377".toCharArray()) {
        refused(BAD_TARGET_BYTE, "GET /" + c + " HTTP/1.1\r\n", "GET /a?b" + c + " HTTP/1.1\r\n");
      }
    }

    @Test
    @DisplayName("P12 brackets pass in a query only")
    void brackets() {
      refused(BAD_TARGET_BYTE, "GET /[ HTTP/1.1\r\n", "GET /a]?b HTTP/1.1\r\n");
      refused(BAD_TARGET_BYTE, "GET http://h/[ HTTP/1.1\r\n", "GET http://h/a]?b HTTP/1.1\r\n");
      assertEquals("a[]=1", head(request("GET /?a[]=1 HTTP/1.1")).query().orElseThrow());
    }

    @Test
    @DisplayName("P12 bytes that are allowed in path and query")
    void allowedBytes() {
      String all = "/az09-._~!$&'()*+,;=:@/%41";
      RequestHead head = head(request("GET " + all + "?" + all + "? HTTP/1.1"));
      assertEquals(all, head.path());
      assertEquals(all + "?", head.query().orElseThrow());
    }

    @Test
    @DisplayName("P19 percent sign without two hexadecimal digits")
    void badEscapes() {
      for (String path :
          List.of("/%zz", "/%", "/%4", "/%4g", "/%g4", "/a?%", "/a?%5", "/%%41", "/%+1")) {
        refused(BAD_ESCAPE, "GET " + path + " HTTP/1.1\r\n");
      }
      refused(BAD_ESCAPE, "GET http://h/%zz HTTP/1.1\r\n");
    }

    @Test
    @DisplayName(
        "P19 P20 well-formed escapes and dot segments are left for the application to judge")
    void rawPath() {
      for (String path :
          List.of("/%00", "/%c0%af", "/%252e", "/%2e%2e%2f", "/a/..;/b", "/;x=1/..", "//")) {
        assertEquals(path, head(request("GET " + path + " HTTP/1.1")).path());
      }
    }

    @Test
    void pathComparison() {
      RequestHead head = head(request("GET /plain?x HTTP/1.1"));
      assertTrue(head.pathEquals(Feed.bytes("/plain")));
      for (String other : List.of("/plai", "/plain?", "/plain?x", "/Plain", "")) {
        assertEquals(false, head.pathEquals(Feed.bytes(other)));
      }
      assertSame(head.path(), head.path());
    }
  }
}
