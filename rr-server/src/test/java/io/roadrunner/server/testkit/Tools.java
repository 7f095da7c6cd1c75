package io.roadrunner.server.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that are not part of the project. */
public final class Tools {

  private static final int PATIENCE_SECONDS = 60;

  /**
   * How a program ended.
   *
   * @param exit its exit code
   * @param output what it printed, both streams
   */
  public record Result(int exit, String output) {}

  private Tools() {}

  /** Skips the test, with a message, where a program is not installed. */
  public static void assumeInstalled(String program) {
    assumeTrue(
        isInstalled(program), program + " is not installed: what it would show was not looked at");
  }

  private static boolean isInstalled(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return List.of(path.split(File.pathSeparator)).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(program)));
  }

  /** Runs a program to its end. */
  public static Result run(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("tool", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError(
            command[0] + " did not end: " + Files.readString(output, StandardCharsets.ISO_8859_1));
      }
      return new Result(process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1));
    } finally {
      Files.delete(output);
    }
  }
}
