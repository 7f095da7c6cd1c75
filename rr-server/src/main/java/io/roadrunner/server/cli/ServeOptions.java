package io.roadrunner.server.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code rr serve} was asked for.
 *
 * @param host the address to listen on
 * @param port the port, 0 for any free one
 * @param root whose files are served, where given
 */
record ServeOptions(String host, int port, Optional<Path> root) {

  private static final ServeOptions DEFAULTS =
      new ServeOptions("127.0.0.1", 8080, Optional.empty());

  static ServeOptions defaults() {
    return DEFAULTS;
  }

  ServeOptions withHost(String value) {
    return new ServeOptions(value, port, root);
  }

  ServeOptions withPort(int value) {
    return new ServeOptions(host, value, root);
  }

  ServeOptions withRoot(Path value) {
    return new ServeOptions(host, port, Optional.of(value));
  }
}
