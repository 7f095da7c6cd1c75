package io.roadrunner.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ValuesTest {

  @Nested
  class FieldLinesValue {
    private final FieldLines lines =
        FieldLines.builder()
            .add("Set-Cookie", "a")
            .add("X", "\u00FF y")
            .add("set-cookie", "b")
            .build();

    @Test
    void access() {
      assertEquals(3, lines.size());
      assertEquals("Set-Cookie", lines.name(0));
      assertEquals("\u00FF y", lines.value(1));
      assertEquals(Optional.of("a"), lines.first("SET-COOKIE"));
      assertEquals(List.of("a", "b"), lines.all("set-Cookie"));
      assertTrue(lines.contains("x"));
      assertEquals(2, lines.indexOf("Set-Cookie", 1));
      assertThrows(IndexOutOfBoundsException.class, () -> lines.name(3));
      assertThrows(IndexOutOfBoundsException.class, () -> lines.value(-1));
    }

    @Test
    void absent() {
      assertEquals(Optional.empty(), lines.first("Set-Cookies"));
      assertEquals(List.of(), lines.all(""));
      assertFalse(lines.contains("y"));
      assertFalse(lines.contains("Set\rCookie"));
      assertEquals(-1, lines.indexOf("x", 2));
      assertEquals(0, FieldLines.empty().size());
    }

    @Test
    void namesAreComparedAsAscii() {
      FieldLines kelvin = FieldLines.of("K", "1");
      assertFalse(kelvin.contains("\u212A"));
      assertTrue(kelvin.contains("k"));
      assertFalse(FieldLines.of("^", "1").contains("~"));
    }

    @Test
    void valueComparison() {
      assertTrue(lines.valueEqualsIgnoreCase(0, "A"));
      assertFalse(lines.valueEqualsIgnoreCase(0, "b"));
      assertFalse(lines.valueEqualsIgnoreCase(0, "aa"));
    }

    @Test
    void equality() {
      FieldLines same =
          FieldLines.builder()
              .add("Set-Cookie", "a")
              .add("X", "\u00FF y")
              .add("set-cookie", " b ")
              .build();
      assertEquals(lines, same);
      assertEquals(lines.hashCode(), same.hashCode());
      assertNotEquals(FieldLines.of("A", "b"), FieldLines.of("A", "c"));
      assertNotEquals(FieldLines.of("A", "b"), FieldLines.of("a", "b"));
      assertNotEquals(FieldLines.empty(), FieldLines.of("a", "b"));
      assertNotEquals(FieldLines.empty(), new Object());
    }

    @Test
    void builderGrows() {
      FieldLines.Builder builder = FieldLines.builder();
      for (int i = 0; i < 100; i++) {
        builder.add("Name-" + i, "v".repeat(i));
      }
      FieldLines many = builder.build();
      assertEquals(100, many.size());
      assertEquals("v".repeat(99), many.first("name-99").orElseThrow());
      assertEquals(FieldLines.empty(), FieldLines.builder().build());
    }

    @Test
    void text() {
      assertEquals("[Set-Cookie: a, X: \u00FF y, set-cookie: b]", lines.toString());
      assertEquals("[]", FieldLines.empty().toString());
    }
  }

  @Nested
  class LimitsValue {
    private void check(
        BiFunction<Http1Limits, Integer, Http1Limits> with, ToIntFunction<Http1Limits> limit) {
      Http1Limits defaults = Http1Limits.defaults();
      Http1Limits changed = with.apply(defaults, 10_000);
      assertEquals(10_000, limit.applyAsInt(changed));
      assertEquals(defaults, with.apply(changed, limit.applyAsInt(defaults)));
      assertThrows(IllegalArgumentException.class, () -> with.apply(defaults, -1));
      assertThrows(IllegalArgumentException.class, () -> with.apply(defaults, (1 << 28) + 1));
    }

    @Test
    void copies() {
      check(Http1Limits::withMaxRequestLineBytes, Http1Limits::maxRequestLineBytes);
      check(Http1Limits::withMaxFieldLineBytes, Http1Limits::maxFieldLineBytes);
      check(Http1Limits::withMaxFieldBlockBytes, Http1Limits::maxFieldBlockBytes);
      check(Http1Limits::withMaxFieldCount, Http1Limits::maxFieldCount);
      check(Http1Limits::withMaxChunkLineBytes, Http1Limits::maxChunkLineBytes);
      check(Http1Limits::withMaxChunkOverhead, Http1Limits::maxChunkOverhead);
      check(Http1Limits::withMaxLeadingEmptyLines, Http1Limits::maxLeadingEmptyLines);
      assertEquals(8, Http1Limits.defaults().withMaxMethodBytes(8).maxMethodBytes());
    }

    @Test
    void methodFitsIntoTheRequestLine() {
      Http1Limits defaults = Http1Limits.defaults();
      assertThrows(IllegalArgumentException.class, () -> defaults.withMaxMethodBytes(8177));
      assertThrows(IllegalArgumentException.class, () -> defaults.withMaxMethodBytes(0));
    }
  }

  @Nested
  class Violations {
    @Test
    void messageEndsWithTheSection() {
      Set<String> texts = new HashSet<>();
      for (Http1Violation violation : Http1Violation.values()) {
        Http1Exception exception = violation.exception();
        assertTrue(String.valueOf(exception.getMessage()).endsWith(", " + violation.section()));
        assertTrue(violation.section().matches("RFC \\d{4} §[\\d.]+"), violation.section());
        assertTrue(Set.of(400, 414, 431, 501, 505).contains(violation.status()));
        assertEquals(violation, exception.violation());
        assertEquals(0, exception.getStackTrace().length);
        assertTrue(texts.add(violation.text()));
      }
    }
  }

  @Test
  void lengthsAreNotNegative() {
    assertThrows(IllegalArgumentException.class, () -> new BodyFraming.Length(-1));
  }
}
