package io.roadrunner.server.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPolicyTest {

  private static List<String> segments(String raw) {
    return switch (PathPolicy.decode(raw)) {
      case DecodedPath.Segments path -> path.segments();
      case DecodedPath.Refused refused -> List.of("refused", refused.fault().name());
    };
  }

  private static void assertRefused(PathFault expected, String raw) {
    assertEquals(new DecodedPath.Refused(expected), PathPolicy.decode(raw), raw);
  }

  @Test
  @DisplayName("RFC 3986 §3.3: segments are what stands between slashes, empty ones included")
  void splits() {
    assertEquals(List.of(""), segments("/"));
    assertEquals(List.of("a"), segments("/a"));
    assertEquals(List.of("a", ""), segments("/a/"));
    assertEquals(List.of("", "a"), segments("//a"));
    assertEquals(List.of("a", "", "b"), segments("/a//b"));
    assertEquals(List.of("", "", ""), segments("///"));
  }

  @ParameterizedTest
  @DisplayName("P19: each segment is percent-decoded once, as UTF-8")
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "/a%20b, a b",
        "/%41%5a%7e, AZ~",
        "/%c3%A9, é",
        "/%F0%9F%90%A6, \uD83D\uDC26",
        "/%252e, %2e",
        "/%252f, %2f",
        "/%2525, %25",
        "/a+b, a+b",
        "/%3Fx%23, ?x#",
        "/a:@!$&'()*;=-._~, a:@!$&'()*;=-._~",
        "/..., ...",
        "/.a, .a",
        "/..a, ..a",
        "/a.., a..",
        "/a;.., a;..",
        "/%2e%2e%2e, ...",
      })
  void decodes(String raw, String expected) {
    assertEquals(List.of(expected), segments(raw));
  }

  @ParameterizedTest
  @DisplayName("P19: bad escapes, NUL, controls, overlong UTF-8, encoded separators: 400")
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "/%, BAD_ESCAPE",
        "/%4, BAD_ESCAPE",
        "/%zz, BAD_ESCAPE",
        "/%4z, BAD_ESCAPE",
        "/%z4, BAD_ESCAPE",
        "/%%41, BAD_ESCAPE",
        "/%u0041, BAD_ESCAPE",
        "/%/41, BAD_ESCAPE",
        "/%4/1, BAD_ESCAPE",
        "/%+1, BAD_ESCAPE",
        "/%00, CONTROL",
        "/a%0d%0ab, CONTROL",
        "/%09, CONTROL",
        "/%1b, CONTROL",
        "/%7f, CONTROL",
        "/%c0%af, NOT_UTF8",
        "/%c0%ae%c0%ae, NOT_UTF8",
        "/%c1%81, NOT_UTF8",
        "/%e0%80%af, NOT_UTF8",
        "/%f0%80%80%af, NOT_UTF8",
        "/%ed%a0%80, NOT_UTF8",
        "/%f4%90%80%80, NOT_UTF8",
        "/%ff, NOT_UTF8",
        "/%c3, NOT_UTF8",
        "/%c3/%a9, NOT_UTF8",
        "/%e9t%e9, NOT_UTF8",
        "/a%2fb, ENCODED_SLASH",
        "/a%2Fb, ENCODED_SLASH",
        "/%2e%2e%2f, ENCODED_SLASH",
        "/a%5cb, BACKSLASH",
        "/a%5Cb, BACKSLASH",
        "/a\\b, BACKSLASH",
        "a, NOT_ABSOLUTE",
        "*, NOT_ABSOLUTE",
        "http://x/, NOT_ABSOLUTE",
        "/é, BAD_CHARACTER",
        "/a b, BAD_CHARACTER",
        "/a\u0001b, BAD_CHARACTER",
        "/a\u007f, BAD_CHARACTER",
        "/a\uFF0F, BAD_CHARACTER",
      })
  void refuses(String raw, PathFault expected) {
    assertRefused(expected, raw);
  }

  @ParameterizedTest
  @DisplayName(
      "P19, P20: dot segments are refused, encoded or with path parameters, never resolved")
  @CsvSource({
    "/.",
    "/..",
    "/./",
    "/../",
    "/a/../b",
    "/a/./b",
    "/%2e",
    "/%2E%2e",
    "/.%2e/",
    "/%2e./a",
    "/a/..;/b",
    "/;x=1/..",
    "/.;/",
    "/..;x=1",
    "/..%3b",
    "/%2e%2e;a/b",
    "/.;..",
  })
  void refusesDotSegments(String raw) {
    assertRefused(PathFault.DOT_SEGMENT, raw);
  }

  @Test
  @DisplayName("P19: neither form of an empty path is a path")
  void refusesTheEmptyPath() {
    assertRefused(PathFault.NOT_ABSOLUTE, "");
  }

  @Test
  @DisplayName("E03: 256 segments are taken, 257 are not, and 10^4 cost no more than that")
  void capsSegments() {
    assertEquals(256, segments("/a".repeat(256)).size());
    assertRefused(PathFault.TOO_MANY_SEGMENTS, "/a".repeat(257));
    assertRefused(PathFault.TOO_MANY_SEGMENTS, "/".repeat(10_000));
  }

  @Test
  @DisplayName("P19: whatever the byte, an escape gives that byte or a refusal, in any case of it")
  void everyEscape() {
    List<String> wrong = new ArrayList<>();
    for (int b = 0; b < 256; b++) {
      String upper = "/x%%%02X".formatted(b);
      List<String> plain = segments(upper);
      boolean fine = b >= 0x20 && b < 0x7f && b != '/' && b != '\\';
      if (fine != plain.equals(List.of("x" + (char) b))
          || !plain.equals(segments(upper.toLowerCase(Locale.ROOT).replace("/X", "/x")))) {
        wrong.add(upper + " " + plain);
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void sentencesForThePeerHoldNothingOfItsOwn() {
    for (PathFault fault : PathFault.values()) {
      assertTrue(fault.text().startsWith("the path "), fault.text());
    }
  }
}
