package io.roadrunner.server.cli;

import io.roadrunner.server.HttpVersion;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code rr serve} was asked for.
 *
 * @param host the address to listen on
 * @param port the port, 0 for any free one
 * @param protocols what is spoken
 * @param transport whether below TLS
 * @param root whose files are served, where given
 */
record ServeOptions(
    String host, int port, Set<HttpVersion> protocols, Transport transport, Optional<Path> root) {

  /** What carries the protocols. */
  enum Transport {
    CLEAR_TEXT,
    TLS
  }

  private static final ServeOptions DEFAULTS =
      new ServeOptions(
          "127.0.0.1", 8080, Set.of(HttpVersion.values()), Transport.CLEAR_TEXT, Optional.empty());

  static ServeOptions defaults() {
    return DEFAULTS;
  }

  ServeOptions withHost(String value) {
    return new ServeOptions(value, port, protocols, transport, root);
  }

  ServeOptions withPort(int value) {
    return new ServeOptions(host, value, protocols, transport, root);
  }

  ServeOptions withProtocols(Set<HttpVersion> value) {
    return new ServeOptions(host, port, value, transport, root);
  }

  ServeOptions withTransport(Transport value) {
    return new ServeOptions(host, port, protocols, value, root);
  }

  ServeOptions withRoot(Path value) {
    return new ServeOptions(host, port, protocols, transport, Optional.of(value));
  }
}
