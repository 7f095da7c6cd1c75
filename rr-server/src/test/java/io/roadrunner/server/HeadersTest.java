package io.roadrunner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {

  /** Headers of another kind, with one field line. */
  private record One(String name, String value) implements Headers {
    @Override
    public int size() {
      return 1;
    }

    @Override
    public String name(int index) {
      return name;
    }

    @Override
    public String value(int index) {
      return value;
    }
  }

  @Test
  void linesStayInOrderAndApart() {
    Headers headers = Headers.of("A", "1", "b", "2", "a", "3");
    assertEquals(3, headers.size());
    assertEquals("A", headers.name(0));
    assertEquals("3", headers.value(2));
    assertEquals(Optional.of("1"), headers.first("a"));
    assertEquals(List.of("1", "3"), headers.all("A"));
    assertEquals(List.of(), headers.all("c"));
    assertTrue(headers.contains("B"));
    assertFalse(headers.contains("c"));
    assertEquals("A: 1, b: 2, a: 3", headers.toString());
  }

  @Test
  void changedCopiesLeaveTheOriginalAlone() {
    Headers headers = Headers.of("a", "1", "b", "2");
    assertEquals(Headers.of("a", "1", "b", "2", "c", "3"), headers.with("c", "3"));
    assertEquals(Headers.of("b", "2"), headers.without("A"));
    assertEquals(headers, headers.without("none"));
    assertEquals(Headers.of("a", "1", "b", "2"), headers);
    assertEquals(Headers.of("x", "y", "a", "b"), new One("x", "y").with("a", "b"));
    assertEquals(Headers.empty(), new One("x", "y").without("X"));
    assertEquals(0, Headers.empty().size());
  }

  @Test
  void equalityIsThatOfLines() {
    assertEquals(Headers.of("a", "1").hashCode(), Headers.empty().with("a", "1").hashCode());
    assertNotEquals(Headers.of("a", "1"), Headers.of("A", "1"));
    assertFalse(Headers.of("a", "1").equals("a: 1"));
  }

  @Test
  void anOddCountIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Headers.of("a", "1", "b"));
  }

  @Test
  void theArrayIsCopied() {
    String[] lines = {"a", "1"};
    Headers headers = Headers.of(lines);
    lines[1] = "changed";
    assertEquals("1", headers.value(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:", "a\r\nb", "\u00e9", "a\0", "(", "{", "a\u212a", "/"})
  @DisplayName("P09: a name that is no token is refused")
  void badNames(String name) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Headers.of(name, "1"));
    assertTrue(e.toString().contains("RFC 9110 §5.6.2"));
    assertFalse(e.toString().contains("\n"));
    assertThrows(IllegalArgumentException.class, () -> Headers.empty().with(name, "1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nb: c", "\n", "\r", "\0", "\u007f", "\u001b[1m", "\u0100", "\u2028"})
  @DisplayName("P10: a value that would break its line is refused")
  void badValues(String value) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Headers.of("a", value));
    assertTrue(e.toString().contains("RFC 9110 §5.5"));
    assertTrue(e.toString().chars().noneMatch(Character::isISOControl));
    assertThrows(IllegalArgumentException.class, () -> Response.text("").with("a", value));
  }

  @Test
  void unusualButValidLinesAreTaken() {
    Headers headers = Headers.of("!#$%&'*+-.^_`|~09azAZ", "a\tb \u00e9\u00ff", "e", "");
    assertEquals("", headers.value(1));
  }
}
