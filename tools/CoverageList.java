import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps the last column of {@code docs/rfc-coverage.md} in step with the tests: {@code java
 * CoverageList.java ROOT check|write}. A test belongs to a row when its display name carries the id
 * of the row, alone or in a range such as {@code P01-P13}. Fails on rows without a test.
 */
final class CoverageList {

  private static final Pattern DISPLAY_NAME =
      Pattern.compile("@DisplayName\\(\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern IDS = Pattern.compile("\\b([A-Z])(\\d\\d)(?:-[A-Z]?(\\d\\d))?\\b");
  private static final Pattern ROW = Pattern.compile("^\\| ([A-Z]\\d\\d) \\|(.*)\\|([^|]*)\\|$");

  private CoverageList() {}

  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]);
    Map<String, Set<String>> tests = tests(root);
    Path list = root.resolve("docs/rfc-coverage.md");
    String before = Files.readString(list);
    List<String> missing = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String line : before.lines().toList()) {
      lines.add(line(line, tests, missing));
    }
    String after = String.join("\n", lines) + "\n";
    if (!missing.isEmpty()) {
      System.err.println("docs/rfc-coverage.md: no test's display name carries " + missing);
      System.exit(1);
    }
    if (args[1].equals("write")) {
      Files.writeString(list, after);
    } else if (!after.equals(before)) {
      System.err.println("docs/rfc-coverage.md is not in step with the tests: run ./rr coverage");
      System.exit(1);
    }
  }

  private static String line(String line, Map<String, Set<String>> tests, List<String> missing) {
    Matcher row = ROW.matcher(line);
    if (!row.matches()) {
      return line;
    }
    Set<String> found = tests.getOrDefault(row.group(1), Set.of());
    if (found.isEmpty()) {
      missing.add(row.group(1));
    }
    return "| " + row.group(1) + " |" + row.group(2) + "| " + String.join(", ", found) + " |";
  }

  private static Map<String, Set<String>> tests(Path root) throws IOException {
    Map<String, Set<String>> tests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root, 12)) {
      for (Path file : files.filter(CoverageList::isTest).sorted().toList()) {
        Matcher names = DISPLAY_NAME.matcher(Files.readString(file));
        while (names.find()) {
          String test = file.getFileName().toString().replace(".java", "");
          for (String id : ids(names.group(1))) {
            tests.computeIfAbsent(id, key -> new TreeSet<>()).add(test);
          }
        }
      }
    }
    return tests;
  }

  private static boolean isTest(Path file) {
    String path = file.toString();
    return path.contains("src/test/java") && path.endsWith(".java");
  }

  private static List<String> ids(String name) {
    List<String> ids = new ArrayList<>();
    Matcher matcher = IDS.matcher(name);
    while (matcher.find()) {
      int first = Integer.parseInt(matcher.group(2));
      int last = matcher.group(3) == null ? first : Integer.parseInt(matcher.group(3));
      for (int i = first; i <= last; i++) {
        ids.add("%s%02d".formatted(matcher.group(1), i));
      }
    }
    return ids;
  }
}
