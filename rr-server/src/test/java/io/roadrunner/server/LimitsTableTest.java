package io.roadrunner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.deflate.DeflateConfig;
import io.roadrunner.deflate.DeflateLimits;
import io.roadrunner.deflate.NativeCodecs;
import io.roadrunner.hpack.HpackLimits;
import io.roadrunner.http1.Http1Limits;
import io.roadrunner.http2.Http2Limits;
import io.roadrunner.telemetry.TelemetryLimits;
import io.roadrunner.websocket.OriginPolicy;
import io.roadrunner.websocket.WebSocketLimits;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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
      Map.ofEntries(
          Map.entry("Http1Limits", Http1Limits.defaults()),
          Map.entry("Http2Limits", Http2Limits.defaults()),
          Map.entry("HeaderLimits", Http2Limits.defaults().headers()),
          Map.entry("Deadlines", Http2Limits.defaults().deadlines()),
          Map.entry("OverheadLimits", Http2Limits.defaults().overhead()),
          Map.entry("HpackLimits", HpackLimits.defaults()),
          Map.entry("ServerLimits", ServerLimits.defaults()),
          Map.entry("WebSocketOptions", WebSocketOptions.defaults()),
          Map.entry("WebSocketLimits", WebSocketLimits.defaults()),
          Map.entry("DeflateConfig", DeflateConfig.defaults()),
          Map.entry("DeflateLimits", DeflateLimits.defaults()),
          Map.entry("TelemetryLimits", TelemetryLimits.defaults()));

  private static final Pattern IN_BYTES = Pattern.compile("(Bytes|Overhead|Charge)$");

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
      case Number number when IN_BYTES.matcher(name).find() -> bytes(number.longValue());
      case Number number -> number.toString();
      case List<?> list when list.isEmpty() -> "none";
      case Optional<?> optional when optional.isEmpty() -> "none";
      case OriginPolicy origins when origins.equals(OriginPolicy.sameOrigin()) -> "the same origin";
      case NativeCodecs codecs when codecs.equals(NativeCodecs.unpooled()) -> "unpooled";
      case Enum<?> choice -> choice.name().toLowerCase(Locale.ROOT);
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
