package io.roadrunner.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tools of the JDK that runs the tests. */
final class Jdk {

  private static final Path HOME = Path.of(System.getProperty("java.home"));

  private Jdk() {}

  static Path java() {
    return java(HOME);
  }

  static Path java(Path image) {
    return image.resolve("bin").resolve("java");
  }

  /** Runs a tool in this JVM; it has to succeed. */
  static void tool(String name, String... arguments) {
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said, true);
    int exit = ToolProvider.findFirst(name).orElseThrow().run(writer, writer, arguments);
    assertEquals(0, exit, () -> name + ": " + said);
  }

  /** Starts a program and returns the lines that it printed; it has to succeed. */
  static List<String> run(Path program, String... arguments) throws Exception {
    Process process =
        new ProcessBuilder(
                Stream.concat(Stream.of(program.toString()), Stream.of(arguments)).toList())
            .redirectErrorStream(true)
            .start();
    String said;
    try (var output = process.getInputStream()) {
      said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertEquals(0, process.waitFor(), said);
    return said.lines().toList();
  }

  /**
   * A module path of the given modules and nothing else, out of what the tests were started with.
   */
  static String modulePath(Collection<String> modules) {
    return modules.stream()
        .map(name -> locate(name).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path locate(String module) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(entry -> holds(entry, module))
        .findFirst()
        .orElseThrow(() -> new AssertionError(module + " is not a dependency of these tests"));
  }

  private static boolean holds(Path entry, String module) {
    boolean canBeRoadrunner =
        Files.isDirectory(entry) || entry.getFileName().toString().startsWith("rr-");
    return canBeRoadrunner && ModuleFinder.of(entry).find(module).isPresent();
  }

  static List<String> sources(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toString).filter(name -> name.endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
