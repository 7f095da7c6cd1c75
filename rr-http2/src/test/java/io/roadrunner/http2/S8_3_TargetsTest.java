package io.roadrunner.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.http2.frame.EndStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S8_3_TargetsTest {

  /** The head of a request with these fields, or nothing if it is refused. */
  private static List<RequestHead> heads(ExtendedConnect connect, String... fields) {
    Client client = new Client(Http2Limits.defaults(), connect).connect();
    List<RequestHead> heads = new ArrayList<>();
    var bytes = Client.bytes(client.headers(1, EndStream.YES, fields));
    for (var event = client.server.receive(bytes, client.now);
        !(event instanceof Http2Event.NeedInput);
        event = client.server.receive(bytes, client.now)) {
      if (event instanceof Http2Event.RequestHeaders request) {
        heads.add(request.head());
      }
    }
    List<String> output = client.output();
    assertEquals(heads.isEmpty() ? List.of("rst 1 PROTOCOL_ERROR") : List.of(), output);
    return heads;
  }

  private static List<RequestHead> heads(String... fields) {
    return heads(ExtendedConnect.DISABLED, fields);
  }

  private static boolean isTaken(String method, String scheme, String path, String... others) {
    List<String> fields =
        new ArrayList<>(List.of(":method", method, ":scheme", scheme, ":path", path));
    fields.addAll(List.of(others));
    return !heads(fields.toArray(String[]::new)).isEmpty();
  }

  private static boolean isTarget(String method, String path) {
    return isTaken(method, "https", path, ":authority", "a.example");
  }

  private static boolean isAuthority(String authority) {
    boolean either = isTaken("GET", "https", "/", ":authority", authority);
    assertEquals(either, isTaken("GET", "http", "/", "host", authority));
    return either;
  }

  @Nested
  class S8_3_1_Path {

    @ParameterizedTest(name = "{index}")
    @ValueSource(
        strings = {
          "/",
          "//",
          "/a/../b",
          "/.",
          "/a;b=c",
          "/%41%5a%00",
          "/?",
          "/a?b=c?d[0]",
          "/~!$&'()*+,;=:@",
          "/-._"
        })
    @DisplayName("K05 paths that are")
    void paths(String path) {
      assertTrue(isTarget("GET", path), path);
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(
        strings = {
          "",
          "a",
          "*",
          "**",
          "?a",
          "http://a/",
          "/ a",
          "/a ",
          "/a\tb",
          "/#f",
          "/a#",
          "/\u0080",
          "/\u00ff",
          "/a\\b",
          "/<",
          "/>",
          "/\"",
          "/{",
          "/}",
          "/^",
          "/|",
          "/`",
          "/[",
          "/]",
          "/%",
          "/%4",
          "/%4g",
          "/%g4",
          "/a?%",
          "/a?#",
          "/a?b c",
          "/\u0000",
          "/\u007f",
          "/a?\\"
        })
    @DisplayName("K05 paths that are none")
    void noPaths(String path) {
      assertFalse(isTarget("GET", path), path);
    }

    @Test
    @DisplayName("K05 the asterisk is for OPTIONS")
    void asterisk() {
      assertTrue(isTarget("OPTIONS", "*"));
      assertFalse(isTarget("OPTIONS", "*a"));
      assertFalse(isTarget("options", "*"));
      assertFalse(isTarget("GET", "*"));
    }
  }

  @Nested
  class S8_3_1_MethodAndScheme {

    @Test
    @DisplayName("K05 methods are tokens")
    void methods() {
      for (String method : List.of("GET", "get", "M-SEARCH", "!#$%&'*+-.^_`|~09")) {
        assertTrue(isTarget(method, "/"), method);
      }
      for (String method : List.of("", " ", "G T", "GET ", "G(T", "G\u00e9", "G\"", "G/")) {
        assertFalse(isTarget(method, "/"), method);
      }
    }

    @Test
    @DisplayName("K05 schemes")
    void schemes() {
      for (String scheme : List.of("http", "https", "HTTPS", "a", "z+-.9", "Z")) {
        assertTrue(isTaken("GET", scheme, "/", ":authority", "a"), scheme);
      }
      for (String scheme :
          List.of(
              "", "1a", "+a", "http:", "ht tp", "ht\u00e9", "http://", "@", "[", "{", "\u00e1")) {
        assertFalse(isTaken("GET", scheme, "/", ":authority", "a"), scheme);
      }
    }
  }

  @Nested
  class S8_3_1_Authority {

    @ParameterizedTest(name = "{index}")
    @ValueSource(
        strings = {
          "a",
          "a.example",
          "A.EXAMPLE",
          "a:0",
          "a:65535",
          "a:",
          "127.0.0.1:80",
          "a_b",
          "x!$&'()*+;=~",
          "[::1]",
          "[::1]:80",
          "[1:2:3:4:5:6:7:8]",
          "[1::8]",
          "[::]",
          "[1:2:3:4:5:6:1.2.3.4]",
          "[::255.0.10.199]",
          "[abcd:EF01::]"
        })
    @DisplayName("K04 authorities that are")
    void authorities(String authority) {
      assertTrue(isAuthority(authority), authority);
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(
        strings = {
          "",
          ":80",
          "u@a",
          "u:p@a",
          "a:65536",
          "a:-1",
          "a:+1",
          "a:x",
          "a:123456",
          "a/b",
          "a?b",
          "a#b",
          "a b",
          "a,b",
          "a%41",
          "a[",
          "[",
          "[]",
          "[::1",
          "[::1]x",
          "[:1]",
          "[1:2:3:4:5:6:7]",
          "[1:2:3:4:5:6:7:8:9]",
          "[12345::]",
          "[::g]",
          "[1::2::3]",
          "[::1.2.3]",
          "[::1.2.3.256]",
          "[::1.2.3.04]",
          "[::1.2.3.4.5]",
          "[1.2.3.4::]",
          "[::1.2..4]",
          "[::1.2.3.]",
          "[v1.x]",
          "[fe80::1%25eth0]",
          "\u00e9",
          "a:1:2",
          "[::1.2.3.1234]",
          "[::1.2.3.4:5]",
          "[1:2:3:4:5:6:7:1.2.3.4]",
          "[1:2:3:4::5:6:7:8]",
          "[::a:]",
          "[:]",
          "[1::1.2.3.x]"
        })
    @DisplayName("K04 authorities that are none, user information among them")
    void noAuthorities(String authority) {
      assertFalse(isAuthority(authority), authority);
    }

    @Test
    @DisplayName("K04 host beside :authority has to be the same, and is not seen")
    void both() {
      RequestHead head =
          heads(
                  ":method",
                  "GET",
                  ":scheme",
                  "https",
                  ":path",
                  "/",
                  ":authority",
                  "a.Example",
                  "x",
                  "y",
                  "host",
                  "A.example")
              .getFirst();
      assertEquals("a.Example", head.authority());
      assertEquals(Fields.of("x", "y"), head.fields());
      for (String other : List.of("b.example", "a.example:80", "", "a.example.", "@.example")) {
        assertFalse(isTaken("GET", "https", "/", ":authority", "a.example", "host", other), other);
      }
    }

    @Test
    @DisplayName("K04 host alone, twice, and neither of the two")
    void host() {
      List<RequestHead> heads =
          heads(":method", "GET", ":scheme", "http", ":path", "/", "host", "a");
      assertEquals("a", heads.getFirst().authority());
      assertFalse(isTaken("GET", "https", "/", "host", "a", "host", "a"));
      assertFalse(isTaken("GET", "http", "/"));
      assertFalse(isTaken("GET", "HTTPS", "/"));
      assertTrue(isTaken("GET", "other", "/"));
      assertEquals(
          "", heads(":method", "GET", ":scheme", "x", ":path", "/").getFirst().authority());
    }
  }

  @Nested
  class S8_5_Connect {

    @Test
    @DisplayName("S15 CONNECT has an authority with a port, and nothing else")
    void connect() {
      assertEquals(
          List.of(new RequestHead("CONNECT", "", "a:443", "", "", Fields.none())),
          heads(":method", "CONNECT", ":authority", "a:443"));
      for (String[] fields :
          List.of(
              new String[] {":authority", "a:1", ":scheme", "https"},
              new String[] {":authority", "a:1", ":path", "/"},
              new String[] {":authority", "a:1", ":scheme", "https", ":path", "/"},
              new String[] {":authority", "a"},
              new String[] {":authority", "a:"},
              new String[] {":authority", ""},
              new String[] {"host", "a:1"},
              new String[] {":authority", "a:1", "host", "b:1"},
              new String[] {})) {
        List<String> all = new ArrayList<>(List.of(":method", "CONNECT"));
        all.addAll(Arrays.asList(fields));
        assertEquals(List.of(), heads(all.toArray(String[]::new)), all.toString());
      }
    }

    private List<RequestHead> extended(ExtendedConnect connect, String method, String protocol) {
      return heads(
          connect,
          ":method",
          method,
          ":protocol",
          protocol,
          ":scheme",
          "https",
          ":path",
          "/chat",
          ":authority",
          "a");
    }

    @Test
    @DisplayName("S15 :protocol where it was offered, with CONNECT only (RFC 8441)")
    void protocol() {
      assertEquals(
          List.of(new RequestHead("CONNECT", "https", "a", "/chat", "websocket", Fields.none())),
          extended(ExtendedConnect.ENABLED, "CONNECT", "websocket"));
      assertEquals(List.of(), extended(ExtendedConnect.DISABLED, "CONNECT", "websocket"));
      assertEquals(List.of(), extended(ExtendedConnect.ENABLED, "GET", "websocket"));
      assertEquals(List.of(), extended(ExtendedConnect.ENABLED, "CONNECT", "web socket"));
      assertEquals(List.of(), extended(ExtendedConnect.ENABLED, "CONNECT", ""));
      assertEquals(
          List.of(),
          heads(
              ExtendedConnect.ENABLED,
              ":method",
              "CONNECT",
              ":protocol",
              "websocket",
              ":authority",
              "a:1"));
    }
  }
}
