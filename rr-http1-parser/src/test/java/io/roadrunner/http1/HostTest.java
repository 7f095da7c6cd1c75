package io.roadrunner.http1;

import static io.roadrunner.http1.Http1Violation.AUTHORITY_MISMATCH;
import static io.roadrunner.http1.Http1Violation.BAD_AUTHORITY;
import static io.roadrunner.http1.Http1Violation.BAD_HOST;
import static io.roadrunner.http1.Http1Violation.BAD_TARGET_FORM;
import static io.roadrunner.http1.Http1Violation.MISSING_HOST;
import static io.roadrunner.http1.Http1Violation.REPEATED_HOST;
import static io.roadrunner.http1.Http1Violation.TARGET_NOT_FOR_METHOD;
import static io.roadrunner.http1.Verdict.head;
import static io.roadrunner.http1.Verdict.refused;
import static io.roadrunner.http1.Verdict.request;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HostTest {
  private static String withHost(String host) {
    return "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
  }

  private static String absolute(String authority) {
    return "GET http://" + authority + "/ HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
  }

  @Nested
  class S3_2_HostField {
    @Test
    @DisplayName("P16 Host is missing")
    void missing() {
      refused(MISSING_HOST, "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHosts: a\r\n\r\n");
      refused(MISSING_HOST, "GET http://h/ HTTP/1.1\r\n\r\n");
      assertEquals("", head("GET / HTTP/1.0\r\n\r\n").authority());
    }

    @Test
    @DisplayName("P16 Host twice, same or different")
    void repeated() {
      refused(REPEATED_HOST, "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n");
      refused(REPEATED_HOST, "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\nhOST: b\r\n\r\n");
      refused(REPEATED_HOST, "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n");
    }

    @Test
    @DisplayName("P16 Host is a list, empty, has user information, a path, or no port number")
    void malformed() {
      for (String host :
          List.of(
              "a, b",
              "a,b",
              "",
              "u@h",
              "h/p",
              "h:99999",
              "h:65536",
              "h:x",
              "h:-1",
              "h:+1",
              "h:080808",
              "h:80:80",
              ":80",
              "h h",
              "h?q",
              "h#f",
              "%41",
              "h\\",
              "\"h\"",
              "\344")) {
        refused(BAD_HOST, withHost(host));
      }
    }

    @Test
    @DisplayName("P16 Host has a malformed IPv6 address")
    void malformedIpv6() {
      for (String host :
          List.of(
              "[::1",
              "[",
              "[]",
              "[:]",
              "[:::]",
              "[::1]x",
              "[::1]]",
              "[1]",
              "[1:2]",
              "[12345::]",
              "[1:2:3:4:5:6:7:8:9]",
              "[1:2:3:4:5:6:7::8]",
              "[1::2::3]",
              "[1:2:3:4:5:6:7:]",
              "[g::]",
              "[::1.2.3]",
              "[::1.2.3.4.5]",
              "[::256.1.1.1]",
              "[::1.2.3.]",
              "[::1.2.3.4",
              "[::01.2.3.4]",
              "[1:2:3:4:5:6:7:1.2.3.4]",
              "[1.2.3.4]",
              "[fe80::1%25eth0]",
              "[v1.a]",
              "[::]:x",
              "::1",
              "[::1.2.3x4]",
              "[:1:2:3:4:5:6:7]",
              "[1:2:3:4:5:6:7:8:",
              "[1:2",
              "[::1.2.3.4444]",
              "[1-2]")) {
        refused(BAD_HOST, withHost(host));
      }
    }

    @Test
    void wellFormed() {
      for (String host :
          List.of(
              "a",
              "a.b",
              "a-b_c~d",
              "127.0.0.1",
              "h:",
              "h:0",
              "h:80",
              "h:65535",
              "[::]",
              "[::1]",
              "[::1]:8080",
              "[1::]",
              "[1:2:3:4:5:6:7:8]",
              "[1:2:3:4:5:6:7::]",
              "[::2:3:4:5:6:7:8]",
              "[1::3:4:5:6:7:8]",
              "[::ffff:1.2.3.4]",
              "[::0.10.200.255]",
              "[1:2:3:4:5:6:1.2.3.4]",
              "[ABCD:ef01::1]",
              "XN--80AK6AA92E.COM",
              "a!$&'()*+;=b")) {
        assertEquals(host, head(withHost(host)).authority(), host);
        assertEquals(host, head(absolute(host)).authority(), host);
      }
    }

    @Test
    @DisplayName("P16 NUL in Host")
    void nul() {
      refused(Http1Violation.BAD_FIELD_VALUE, withHost("a\0b"));
    }
  }

  @Nested
  class S3_2_1_OriginForm {
    @Test
    void parts() {
      RequestHead head = head(request("GET /a/b?c=d?e HTTP/1.1"));
      assertEquals(new RequestTarget.OriginForm("/a/b", Optional.of("c=d?e")), head.target());
      assertEquals("/a/b?c=d?e", head.rawTarget());
      assertEquals("/a/b", head.path());
      assertEquals(Optional.of("c=d?e"), head.query());
      assertEquals("example.com", head.authority());
    }

    @Test
    void emptyQueryIsNotNoQuery() {
      assertEquals(Optional.of(""), head(request("GET /? HTTP/1.1")).query());
      assertEquals(Optional.empty(), head(request("GET / HTTP/1.1")).query());
    }
  }

  @Nested
  class S3_2_2_AbsoluteForm {
    @Test
    void parts() {
      RequestHead head = head(request("GET http://example.com/a?b HTTP/1.1"));
      assertEquals(
          new RequestTarget.AbsoluteForm("http", "example.com", "/a", Optional.of("b")),
          head.target());
      assertEquals("/a", head.path());
      assertEquals(Optional.of("b"), head.query());
    }

    @Test
    void emptyPathIsRoot() {
      RequestHead head = head(request("GET http://example.com?b HTTP/1.1"));
      assertEquals(
          new RequestTarget.AbsoluteForm("http", "example.com", "", Optional.of("b")),
          head.target());
      assertEquals("/", head.path());
      assertEquals("/", head(request("GET a+1-.://example.com HTTP/1.1")).path());
      assertEquals("/", head(request("OPTIONS http://example.com?q HTTP/1.1")).path());
      assertEquals("/", head(request("OPTIONS http://example.com/ HTTP/1.1")).path());
    }

    @Test
    @DisplayName("P17 authority of an absolute target differs from Host")
    void mismatch() {
      for (String authority :
          List.of("example.org", "example.co", "example.com:80", "xexample.com")) {
        refused(AUTHORITY_MISMATCH, request("GET http://" + authority + "/ HTTP/1.1"));
      }
      assertEquals("EXAMPLE.com", head(request("GET http://EXAMPLE.com/ HTTP/1.1")).authority());
      assertEquals("h", head("GET http://h/ HTTP/1.0\r\n\r\n").authority());
    }

    @Test
    @DisplayName("P18 absolute target without host, or with user information")
    void badAuthority() {
      for (String authority : List.of("", "u@example.com", "u:p@h", ":80", "h:x", "[::1", "%41")) {
        refused(BAD_AUTHORITY, "GET http://" + authority + "/ HTTP/1.1\r\n");
      }
    }
  }

  @Nested
  class S3_2_3_AuthorityForm {
    @Test
    @DisplayName("P18 CONNECT has an authority-form target")
    void connect() {
      RequestHead head = head("CONNECT a.b:443 HTTP/1.1\r\nHost: a.b\r\n\r\n");
      assertEquals(new RequestTarget.AuthorityForm("a.b:443"), head.target());
      assertEquals("a.b:443", head.authority());
      assertEquals("", head.path());
      assertEquals(Optional.empty(), head.query());
    }

    @Test
    @DisplayName("P18 CONNECT with a target in another form")
    void connectToSomethingElse() {
      refused(TARGET_NOT_FOR_METHOD, "CONNECT / HTTP/1.1\r\n", "CONNECT * HTTP/1.1\r\n");
      for (String target :
          List.of("a", "a:", "http://a/", "a:1/", "a:1?", "u@a:1", ":1", "[::1]")) {
        refused(BAD_AUTHORITY, "CONNECT " + target + " HTTP/1.1\r\n");
      }
    }

    @Test
    @DisplayName("P18 authority-form with GET")
    void getWithAuthority() {
      for (String target :
          List.of(
              "h:80",
              "h",
              "h/p",
              "http:/h",
              "http:h",
              "1http://h/",
              ":80",
              "?q",
              "**",
              "a/b:c",
              "+://h",
              "http:",
              "http:/",
              "ht_tp://h/",
              "http?://h/")) {
        refused(BAD_TARGET_FORM, "GET " + target + " HTTP/1.1\r\n");
      }
    }
  }

  @Nested
  class S3_2_4_AsteriskForm {
    @Test
    void options() {
      RequestHead head = head(request("OPTIONS * HTTP/1.1"));
      assertEquals(RequestTarget.AsteriskForm.INSTANCE, head.target());
      assertEquals("*", head.path());
      assertEquals("*", head(request("OPTIONS http://example.com HTTP/1.1")).path());
    }

    @Test
    @DisplayName("P18 asterisk with GET")
    void get() {
      refused(TARGET_NOT_FOR_METHOD, request("GET * HTTP/1.1"), request("options * HTTP/1.1"));
    }
  }
}
