package io.roadrunner.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each piece can be used by a modular program that knows nothing else of this project. */
class ConsumerTest {

  private static final Path CONSUMERS = Path.of(System.getProperty("consumers"));

  @TempDir Path work;

  static List<Consumer> consumers() {
    return Consumer.all();
  }

  @ParameterizedTest
  @MethodSource("consumers")
  void runsOnTheModulePath(Consumer consumer) throws Exception {
    compile(consumer);
    assertEquals(
        consumer.prints(),
        Jdk.run(Jdk.java(), "-p", path(consumer), "-m", "consumer/consumer.Main"));
  }

  @ParameterizedTest
  @MethodSource("consumers")
  void runsInAnImageOfItsOwn(Consumer consumer) throws Exception {
    compile(consumer);
    Path image = work.resolve("image");
    Jdk.tool(
        "jlink",
        "--module-path",
        path(consumer),
        "--add-modules",
        "consumer",
        "--output",
        image.toString());

    Set<String> expected = new TreeSet<>(consumer.modules());
    expected.add("java.base");
    expected.add("consumer");
    assertEquals(expected, modulesOf(image));
    assertEquals(consumer.prints(), Jdk.run(Jdk.java(image), "-m", "consumer/consumer.Main"));
  }

  private void compile(Consumer consumer) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--release", "21", "-Xlint:all", "-Werror"));
    arguments.addAll(List.of("--module-path", Jdk.modulePath(consumer.modules())));
    // Without it, javac would see the class path of these tests.
    arguments.addAll(List.of("--class-path", work.toString()));
    arguments.addAll(List.of("-d", classes().toString()));
    arguments.addAll(Jdk.sources(CONSUMERS.resolve(consumer.folder())));
    Jdk.tool("javac", arguments.toArray(String[]::new));
  }

  private String path(Consumer consumer) {
    return Jdk.modulePath(consumer.modules()) + File.pathSeparator + classes();
  }

  private Path classes() {
    return work.resolve("classes");
  }

  private static Set<String> modulesOf(Path image) throws Exception {
    return Jdk.run(Jdk.java(image), "--list-modules").stream()
        .map(line -> line.replaceFirst("@.*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
