package io.roadrunner.telemetry;

import java.nio.file.Path;

/** Where the build puts compiled classes. */
final class Classes {

  private Classes() {}

  /** A folder below the build folder of this module. */
  static Path folder(String name) {
    return Path.of(System.getProperty("basedir", ""), "target", name).toAbsolutePath();
  }
}
