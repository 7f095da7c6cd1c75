package io.roadrunner.server.http2;

import io.roadrunner.server.cli.Serve;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@code rr serve} in a process of its own, so that what it costs can be told from the clients. */
final class FloodServer implements AutoCloseable {

  /** The path of a response of 1 MiB. */
  static final String LARGE = "/large.bin";

  private final Process process;
  private final int port;

  private FloodServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it, with a file for {@link #LARGE} in that folder. */
  static FloodServer start(Path folder) throws IOException {
    Files.write(folder.resolve(LARGE.substring(1)), new byte[1 << 20]);
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path", ""),
                    Serve.class.getName(),
                    "--port",
                    "0",
                    "--root",
                    folder.toString()))
            .redirectErrorStream(true)
            .start();
    BufferedReader said = process.inputReader();
    String first = String.valueOf(said.readLine());
    int start = first.indexOf("http://");
    if (start < 0) {
      process.destroyForcibly();
      throw new IOException("the server did not start: " + first);
    }
    String url = first.substring(start, first.indexOf(" (Ctrl-C"));
    Thread.ofVirtual().start(() -> said.lines().forEach(line -> {}));
    return new FloodServer(process, URI.create(url).getPort());
  }

  int port() {
    return port;
  }

  /** Returns the CPU time that it has used so far; the kernel counts in steps of 10 ms. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
