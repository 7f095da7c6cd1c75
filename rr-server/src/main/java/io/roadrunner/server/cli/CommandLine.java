package io.roadrunner.server.cli;

import io.roadrunner.server.HttpVersion;
import io.roadrunner.server.LogText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the arguments of {@code rr serve}; touches nothing. */
final class CommandLine {

  /** What the arguments ask for. */
  sealed interface Wish {
    /** To serve. */
    record Run(ServeOptions options) implements Wish {}

    /** To be told how. */
    record ShowHelp() implements Wish {}

    /** To be told the version. */
    record ShowVersion() implements Wish {}

    /** Nothing that makes sense; {@code why} is one line. */
    record Nonsense(String why) implements Wish {}
  }

  /** The text of {@code --help}. */
  static final String HELP =
      """
      usage: rr serve [--port N] [--host H] [--root DIR] [--protocols LIST] [--tls]

      Serves HTTP/1.1, HTTP/2 and WebSockets until Ctrl-C, which lets requests in flight finish first.

        --port N     the port to listen on; 0: any free one (default 8080)
        --host H     the address to listen on (default 127.0.0.1: this machine only;
                     0.0.0.0: every IPv4 address; ::: every address)
        --root DIR   serve the files below DIR at /, behind the pages below; DIR/index.html
                     takes the place of the welcome page; names that begin with a dot,
                     links out of DIR and listings are not served
        --protocols LIST  h1, h2 or h1,h2: what is spoken (default h1,h2; on clear text the first
                     bytes of a connection decide, over TLS ALPN does)
        --tls        speak TLS, with a certificate made for this run that no client trusts
                     (curl: -k)
        --help       show this text
        --version    show the version

      Pages:
        /             welcome: version, uptime, live rate and latency (always at /status)
        /status.json  the same figures
        /hello        13 bytes of text from a handler on a virtual thread
        /plain        the same bytes from a handler on the event loop
        /stream       ten lines, one each 100 ms
        POST /echo    sends back what it gets, up to 10 MiB
        /ws/echo      a WebSocket that sends back what it gets, up to 64 MiB for a message
        /chat         a page to talk to whoever else has it open (WebSocket: /ws/chat)

      Exit codes: 0 after --help and --version, 1 if it cannot listen, 2 for a bad option,
      130 and 143 after it was ended by Ctrl-C and by SIGTERM.
      """;

  private final Deque<String> left;
  private final Set<String> seen = new HashSet<>();
  private ServeOptions options = ServeOptions.defaults();

  private CommandLine(List<String> arguments) {
    this.left = new ArrayDeque<>(arguments);
  }

  static Wish read(List<String> arguments) {
    try {
      return new CommandLine(arguments).read();
    } catch (IllegalArgumentException e) {
      return new Wish.Nonsense(String.valueOf(e.getMessage()));
    }
  }

  private Wish read() {
    while (!left.isEmpty()) {
      String argument = left.pop();
      switch (argument) {
        case "--help", "-h" -> {
          return new Wish.ShowHelp();
        }
        case "--version" -> {
          return new Wish.ShowVersion();
        }
        case "--tls" -> {
          once(argument);
          options = options.withTransport(ServeOptions.Transport.TLS);
        }
        default -> option(argument);
      }
    }
    return new Wish.Run(options);
  }

  private void option(String argument) {
    int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
    String name = equals < 0 ? argument : argument.substring(0, equals);
    if (!Set.of("--port", "--host", "--root", "--protocols").contains(name)) {
      throw new IllegalArgumentException(
          (name.startsWith("-") ? "unknown option " : "unexpected argument ") + quote(name));
    }
    once(name);
    if (equals < 0 && left.isEmpty()) {
      throw new IllegalArgumentException(name + " needs a value");
    }
    String value = equals < 0 ? left.pop() : argument.substring(equals + 1);
    if (value.isEmpty() || (equals < 0 && value.startsWith("--"))) {
      throw new IllegalArgumentException(name + " needs a value");
    }
    options =
        switch (name) {
          case "--port" -> options.withPort(port(value));
          case "--host" -> options.withHost(value);
          case "--protocols" -> options.withProtocols(protocols(value));
          default -> options.withRoot(root(value));
        };
  }

  private void once(String name) {
    if (!seen.add(name)) {
      throw new IllegalArgumentException(name + " is given twice");
    }
  }

  private static int port(String value) {
    boolean digits = value.length() <= 5 && value.chars().allMatch(c -> c >= '0' && c <= '9');
    int port = digits ? Integer.parseInt(value) : -1;
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException(
          "--port must be a number from 0 to 65535, not " + quote(value));
    }
    return port;
  }

  private static Set<HttpVersion> protocols(String value) {
    return switch (value) {
      case "h1" -> Set.of(HttpVersion.HTTP_1_1);
      case "h2" -> Set.of(HttpVersion.HTTP_2);
      case "h1,h2", "h2,h1" -> Set.of(HttpVersion.values());
      default ->
          throw new IllegalArgumentException(
              "--protocols must be h1, h2 or h1,h2, not " + quote(value));
    };
  }

  private static Path root(String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("--root is no path: " + quote(value), e);
    }
  }

  private static String quote(String argument) {
    return "\"" + LogText.escape(argument) + "\"";
  }
}
