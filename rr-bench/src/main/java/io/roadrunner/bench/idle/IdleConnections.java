package io.roadrunner.bench.idle;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What idle connections cost a server in memory: each makes one request and then stays. The
 * difference of the resident memory of its process, after garbage collections, is divided by their
 * number. One more connection makes a request each two milliseconds, before they come and while
 * they are there.
 *
 * <p>Arguments: {@code h1}, {@code h2} or {@code ws}; the URL; how many connections; the process id
 * of the server, which must be a JVM; and the folder of the JDK whose {@code jcmd} asks it to
 * collect. With {@code -Ddeflate=true} WebSocket sessions offer permessage-deflate.
 */
public final class IdleConnections {

  private static final int WARM_CONNECTIONS = 500;
  private static final int WARM_EXCHANGES = 5_000;
  private static final int PROBES = 2_000;
  private static final Pattern USED = Pattern.compile("used ([0-9]+)K");

  private final Talk talk;
  private final InetSocketAddress address;
  private final String path;
  private final long pid;
  private final Path jcmd;
  private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10);

  private IdleConnections(Talk talk, URI url, long pid, Path jcmd) {
    this.talk = talk;
    this.address = new InetSocketAddress(url.getHost(), url.getPort());
    this.path = url.getPath();
    this.pid = pid;
    this.jcmd = jcmd;
  }

  /** Measures, and prints one line. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 5) {
      System.err.println("usage: IdleConnections h1|h2|ws URL CONNECTIONS PID JDK");
      System.exit(2);
    }
    new IdleConnections(
            Talk.valueOf(args[0].toUpperCase(Locale.ROOT)),
            URI.create(args[1]),
            Long.parseLong(args[3]),
            Path.of(args[4], "bin", "jcmd"))
        .measure(Integer.parseInt(args[2]));
  }

  private void measure(int count) throws IOException, InterruptedException {
    closeAll(open(WARM_CONNECTIONS));
    try (SocketChannel probe = connect()) {
      for (int i = 0; i < WARM_EXCHANGES; i++) {
        talk.exchange(probe, path, i, buffer);
      }
      long[] alone = probe(probe, WARM_EXCHANGES);
      Memory before = memory();
      List<SocketChannel> idle = open(count);
      // What a server keeps for a moment after a request is not the cost of idle connections.
      Thread.sleep(3_000);
      Memory after = memory();
      long[] meanwhile = probe(probe, WARM_EXCHANGES + PROBES);
      System.out.printf(
          Locale.ROOT,
          "%s, %d idle connections: %.2f KiB each, %.2f KiB of it heap;"
              + " a request meanwhile: median %.3f ms, p99 %.3f ms;"
              + " without them: median %.3f ms, p99 %.3f ms%n",
          talk,
          count,
          (after.resident - before.resident) / 1024.0 / count,
          (after.heap - before.heap) / 1024.0 / count,
          meanwhile[PROBES / 2] / 1e6,
          meanwhile[PROBES * 99 / 100] / 1e6,
          alone[PROBES / 2] / 1e6,
          alone[PROBES * 99 / 100] / 1e6);
      closeAll(idle);
    }
  }

  private long[] probe(SocketChannel probe, int exchanged)
      throws IOException, InterruptedException {
    long[] nanos = new long[PROBES];
    for (int i = 0; i < PROBES; i++) {
      long start = System.nanoTime();
      talk.exchange(probe, path, exchanged + i, buffer);
      nanos[i] = System.nanoTime() - start;
      Thread.sleep(2);
    }
    Arrays.sort(nanos);
    return nanos;
  }

  private SocketChannel connect() throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    return channel;
  }

  private List<SocketChannel> open(int count) throws IOException {
    List<SocketChannel> channels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SocketChannel channel = connect();
      channels.add(channel);
      talk.exchange(channel, path, 0, buffer);
    }
    return channels;
  }

  private static void closeAll(List<SocketChannel> channels) throws IOException {
    for (SocketChannel channel : channels) {
      channel.close();
    }
  }

  /**
   * What the server's process holds, in bytes.
   *
   * @param resident memory of all kinds
   * @param heap what is alive on the heap
   */
  private record Memory(long resident, long heap) {}

  private Memory memory() throws IOException, InterruptedException {
    for (int i = 0; i < 3; i++) {
      ask("GC.run");
      Thread.sleep(500);
    }
    Matcher used = USED.matcher(ask("GC.heap_info"));
    if (!used.find()) {
      throw new IOException("jcmd does not tell how much of the heap is used");
    }
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
      if (line.startsWith("VmRSS:")) {
        long resident = Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
        return new Memory(resident, Long.parseLong(used.group(1)) * 1024);
      }
    }
    throw new IOException("no VmRSS of process " + pid);
  }

  private String ask(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("jcmd could not reach process " + pid + ": " + said);
    }
    return said;
  }
}
