package io.roadrunner.server.cli;

import io.roadrunner.server.DrainReport;
import io.roadrunner.server.HttpVersion;
import io.roadrunner.server.LogText;
import io.roadrunner.server.Routes;
import io.roadrunner.server.Server;
import io.roadrunner.server.ServerBuilder;
import io.roadrunner.server.ServerLimits;
import io.roadrunner.server.TlsConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The program behind {@code rr serve}. */
public final class Serve {

  private static final Duration DRAIN_DEADLINE = Duration.ofSeconds(30);

  /** More than a listener takes by default, so that crowds can be tried out. */
  private static final int MAX_CONNECTIONS = 50_000;

  private static final int CANNOT_LISTEN = 1;
  private static final int BAD_OPTION = 2;

  private final PrintStream out;
  private final PrintStream err;

  Serve(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Serves until the process is told to end.
   *
   * @param args as {@code --help} says
   */
  public static void main(String[] args) {
    // Without a log provider, SLF4J would greet everybody with a warning.
    if (System.getProperty("slf4j.internal.verbosity") == null) {
      System.setProperty("slf4j.internal.verbosity", "ERROR");
    }
    Serve serve = new Serve(System.out, System.err);
    int code = serve.run(List.of(args), serve::drainAtExit);
    if (code != 0) {
      System.exit(code);
    }
  }

  /** Takes a server that has just begun to listen. */
  interface Started {
    void accept(Server server);
  }

  /**
   * Does what the arguments say.
   *
   * @param started gets the server, if one has to run
   * @return the exit code; while a server runs, it has no meaning yet
   */
  int run(List<String> arguments, Started started) {
    return switch (CommandLine.read(arguments)) {
      case CommandLine.Wish.ShowHelp help -> say(CommandLine.HELP);
      case CommandLine.Wish.ShowVersion v -> say("Roadrunner " + version() + "\n");
      case CommandLine.Wish.Nonsense nonsense ->
          complain(BAD_OPTION, nonsense.why() + " (see rr serve --help)");
      case CommandLine.Wish.Run run -> serve(run.options(), started);
    };
  }

  private int serve(ServeOptions options, Started started) {
    CompletableFuture<Server> running = new CompletableFuture<>();
    LiveStatus status = new LiveStatus(version(), () -> running.join().info());
    Routes routes;
    try {
      routes = ServePages.routes(options, status);
    } catch (IllegalArgumentException e) {
      String root = options.root().map(Object::toString).orElse("");
      return complain(BAD_OPTION, "--root is no directory: \"" + LogText.escape(root) + "\"");
    }
    Server server;
    try {
      server = builder(options).routes(routes).start();
    } catch (UnknownHostException e) {
      return complain(
          BAD_OPTION, "--host names no address: \"" + LogText.escape(options.host()) + "\"");
    } catch (IOException e) {
      return complain(
          CANNOT_LISTEN,
          "cannot listen on %s port %d: %s"
              .formatted(
                  LogText.escape(options.host()), options.port(), LogText.escape(reason(e))));
    }
    running.complete(server);
    say("Roadrunner %s serves at %s (Ctrl-C ends)\n".formatted(version(), url(options, server)));
    started.accept(server);
    return 0;
  }

  private static ServerBuilder builder(ServeOptions options) {
    ServerBuilder builder =
        Server.builder()
            .host(options.host())
            .port(options.port())
            .protocols(options.protocols().toArray(HttpVersion[]::new))
            .limits(ServerLimits.defaults().withMaxConnections(MAX_CONNECTIONS));
    return switch (options.transport()) {
      case CLEAR_TEXT -> builder;
      case TLS -> builder.tls(throwaway(options.host()));
    };
  }

  /**
   * For any host: whoever trusts the certificate, which nobody does, may call it what they like.
   */
  private static TlsConfig throwaway(String host) {
    Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1", host));
    return TlsConfig.selfSigned(names.toArray(String[]::new)).anyHost();
  }

  private static String reason(Throwable e) {
    Throwable first = e;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    return String.valueOf(first.getMessage());
  }

  private static String url(ServeOptions options, Server server) {
    if (!(server.address() instanceof InetSocketAddress inet)) {
      return server.address().toString();
    }
    String host = inet.getAddress().getHostAddress();
    String scheme = options.transport() == ServeOptions.Transport.TLS ? "https" : "http";
    return "%s://%s:%d/"
        .formatted(scheme, host.contains(":") ? "[" + host + "]" : host, inet.getPort());
  }

  private void drainAtExit(Server server) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(server), "rr-drain"));
  }

  /** Lets requests in flight finish, and says how that went. */
  void drain(Server server) {
    say("draining, for " + DRAIN_DEADLINE.toSeconds() + " s at most\n");
    try {
      DrainReport report = server.drain(DRAIN_DEADLINE);
      say(
          "drained in %d ms, %d connections cut off\n"
              .formatted(report.took().toMillis(), report.stragglers()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the version of the module, or of the jar when there are no modules. */
  static String version() {
    return Optional.ofNullable(Serve.class.getModule().getDescriptor())
        .flatMap(descriptor -> descriptor.rawVersion())
        .or(() -> Optional.ofNullable(Serve.class.getPackage().getImplementationVersion()))
        .orElse("(development)");
  }

  private int say(String text) {
    out.print(text);
    out.flush();
    return 0;
  }

  private int complain(int code, String line) {
    err.println("rr serve: " + line);
    return code;
  }
}
