package io.roadrunner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.hpack.HpackLimits;
import io.roadrunner.http1.Http1Limits;
import io.roadrunner.http2.Http2Limits;
import io.roadrunner.telemetry.TelemetryLimits;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of limits in {@code docs/limits.md} says what the code says. */
class LimitsTableTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path TABLE = ROOT.resolve("docs/limits.md");

  /** The records whose sections are compared; a section of another name fails. */
  private static final Map<String, Record> DEFAULTS =
      Map.of(
          "Http1Limits", Http1Limits.defaults(),
          "Http2Limits", Http2Limits.defaults(),
          "HeaderLimits", Http2Limits.defaults().headers(),
          "Deadlines", Http2Limits.defaults().deadlines(),
          "OverheadLimits", Http2Limits.defaults().overhead(),
          "HpackLimits", HpackLimits.defaults(),
          "ServerLimits", ServerLimits.defaults(),
          "TelemetryLimits", TelemetryLimits.defaults());

  /** One line of a table: what the option is called, its default, and the tests that show it. */
  private record Row(String option, String value, List<String> tests) {}

  private static List<Row> rows(String section) throws IOException {
    List<Row> rows = new ArrayList<>();
    boolean within = false;
    for (String line : Files.readString(TABLE).lines().toList()) {
      if (line.startsWith("## ")) {
        within = line.equals("## `" + section + "`");
      } else if (within && line.startsWith("| `")) {
        String[] cells = line.split("\\s*\\|\\s*", -1);
        List<String> tests = List.of(cells[4].replace("`", "").split(", "));
        rows.add(new Row(cells[1].replace("`", ""), cells[2], tests));
      }
    }
    return rows;
  }

  static Set<String> sections() {
    return DEFAULTS.keySet();
  }

  @ParameterizedTest
  @MethodSource("sections")
  @DisplayName("Every component of a record of limits has a row, with its default")
  void defaultsAreThoseOfTheRecord(String section) throws Exception {
    Record defaults = Objects.requireNonNull(DEFAULTS.get(section));
    List<String> expected = new ArrayList<>();
    for (RecordComponent component : defaults.getClass().getRecordComponents()) {
      if (component.getType().isRecord()) {
        continue; // has a section of its own
      }
      String name = component.getName();
      expected.add(name + " = " + text(name, component.getAccessor().invoke(defaults)));
    }
    assertEquals(
        expected, rows(section).stream().map(row -> row.option() + " = " + row.value()).toList());
  }

  private static String text(String name, Object value) {
    return switch (value) {
      case Long nanos when name.endsWith("Nanos") -> text(name, Duration.ofNanos(nanos));
      case Duration duration when duration.isZero() -> "none";
      case Duration duration when duration.toMillis() % 1000 == 0 -> duration.toSeconds() + " s";
      case Duration duration -> duration.toMillis() + " ms";
      case Number number when number.longValue() == Long.MAX_VALUE -> "none";
      case Number number when name.endsWith("Bytes") || name.endsWith("Overhead") ->
          bytes(number.longValue());
      case Number number -> number.toString();
      default -> throw new AssertionError("no text for " + value.getClass());
    };
  }

  private static String bytes(long count) {
    if (count >= 1 << 20 && count % (1 << 20) == 0) {
      return (count >> 20) + " MiB";
    }
    return count >= 1 << 10 && count % (1 << 10) == 0 ? (count >> 10) + " KiB" : count + " B";
  }

  @ParameterizedTest
  @MethodSource("sections")
  @DisplayName("Every limit names a test, and that test exists")
  void testsExist(String section) throws Exception {
    Set<String> known;
    try (Stream<Path> files = Files.walk(ROOT)) {
      known =
          files
              .map(Path::toString)
              .filter(file -> file.contains("/src/test/java/") && file.endsWith("Test.java"))
              .map(file -> file.substring(file.lastIndexOf('/') + 1, file.length() - 5))
              .collect(Collectors.toSet());
    }
    List<Row> rows = rows(section);
    assertFalse(rows.isEmpty());
    for (Row row : rows) {
      assertTrue(known.containsAll(row.tests()), () -> row + " names a test that does not exist");
    }
  }

  @Test
  @DisplayName("Every section is that of a record that is compared here, or names no record")
  void noSectionIsLeftOut() throws Exception {
    List<String> records =
        Files.readString(TABLE)
            .lines()
            .filter(line -> line.startsWith("## `"))
            .map(line -> line.substring(4, line.lastIndexOf('`')))
            .toList();
    assertEquals(DEFAULTS.keySet(), Set.copyOf(records));
    assertEquals(records.size(), Set.copyOf(records).size());
  }
}
