package io.roadrunner.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SmallRuntimeTest {

  @Test
  @Timeout(60)
  void everythingButFlightRecorderWorksOnJavaBaseAlone() throws Exception {
    List<String> lines = runOn("java.base");

    assertEquals(
        List.of(
            "flight recorder: false",
            "This runtime has no Flight Recorder (module jdk.jfr).",
            "completed: 1",
            "heard: DrainFinished[atEpochMillis=1, listener=main, durationNanos=2, stragglers=0]"),
        lines);
  }

  private static List<String> runOn(String modules)
      throws IOException, InterruptedException, URISyntaxException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "--limit-modules",
                modules,
                "--class-path",
                String.join(
                    System.getProperty("path.separator"),
                    Classes.folder("classes").toString(),
                    Classes.folder("test-classes").toString()),
                SmallRuntime.class.getName())
            .redirectErrorStream(true)
            .start();
    try (var output = process.inputReader()) {
      List<String> lines = output.lines().toList();
      assertEquals(0, process.waitFor(), lines::toString);
      return lines;
    }
  }
}
