package io.roadrunner.server.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.roadrunner.server.testkit.Http2Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that does no harm: a request each millisecond over one connection. A request counts from
 * when it was due if the one before was answered too late for that, and else from when it was sent:
 * a slow server makes all of them late, a slow timer none.
 */
final class Bystander implements AutoCloseable {

  private static final long PACE_NANOS = 1_000_000;
  private static final int MOST_SAMPLES = 60_000;

  private final Http2Client client;
  private final Thread thread;
  private final CompletableFuture<long[]> result = new CompletableFuture<>();
  private volatile boolean over;

  private Bystander(Http2Client client) {
    this.client = client;
    this.thread = Thread.ofPlatform().name("bystander").unstarted(this::run);
  }

  /** Begins to ask. */
  static Bystander start(int port) throws IOException {
    Bystander bystander = new Bystander(Http2Client.connect(port));
    bystander.thread.start();
    return bystander;
  }

  /** Asks that often, one request after the other. */
  static void warmUp(int port, int requests) throws IOException {
    try (Http2Client client = Http2Client.connect(port)) {
      for (int i = 0; i < requests; i++) {
        ask(client, 2 * i + 1);
      }
    }
  }

  /** Ends, and returns how long each request took, in nanoseconds, the quickest first. */
  long[] latencies() {
    over = true;
    return result.join();
  }

  private void run() {
    try {
      result.complete(askAll());
    } catch (IOException e) {
      result.completeExceptionally(new UncheckedIOException(e));
    } catch (AssertionError e) {
      result.completeExceptionally(e);
    }
  }

  private long[] askAll() throws IOException {
    long[] nanos = new long[MOST_SAMPLES];
    int count = 0;
    long due = System.nanoTime();
    long answered = due;
    while (!over && count < MOST_SAMPLES) {
      parkUntil(due);
      long from = answered - due > 0 ? due : System.nanoTime();
      ask(client, 2 * count + 1);
      answered = System.nanoTime();
      nanos[count++] = answered - from;
      due += PACE_NANOS;
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted;
  }

  private static void parkUntil(long time) {
    for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** The head is in no dynamic table, so that the octets are the same each time. */
  private static void ask(Http2Client client, int id) throws IOException {
    byte[] literals = "\u0004\u0006/plain\u0001\u0006a.test".getBytes(StandardCharsets.US_ASCII);
    int[] block = new int[2 + literals.length];
    block[0] = 0x82;
    block[1] = 0x86;
    for (int i = 0; i < literals.length; i++) {
      block[2 + i] = literals[i];
    }
    client.send(Http2Client.raw(1, 5, id, block));
    assertEquals("Hello, World!", client.answer(id).body());
  }

  @Override
  public void close() throws IOException {
    over = true;
    client.close();
  }
}
