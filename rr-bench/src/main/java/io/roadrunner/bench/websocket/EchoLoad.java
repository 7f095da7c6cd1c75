package io.roadrunner.bench.websocket;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Sends masked text messages to an echo server on this machine over some connections, one at a time
 * on each, and counts what comes back. Arguments: port, path, connections, payload bytes, messages
 * that are not counted, messages that are, id of the server's process. One thread; nothing is
 * allocated per message.
 */
public final class EchoLoad {

  private static final int KEY = 0x12345678;
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  private final Selector selector;
  private final ByteBuffer in = ByteBuffer.allocateDirect(256 << 10);
  private final byte[] frame;
  private final int expected;
  private long messages;
  private boolean begun;

  private EchoLoad(int payloadBytes) throws IOException {
    selector = Selector.open();
    frame = frame(payloadBytes);
    expected = frame.length - 4;
  }

  /** Runs, and prints messages per second and the processor time of the server for each. */
  public static void main(String[] args) throws IOException {
    EchoLoad load = new EchoLoad(Integer.parseInt(args[3]));
    InetSocketAddress server =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
    int connections = Integer.parseInt(args[2]);
    for (int i = 0; i < connections; i++) {
      load.open(server, args[1]);
    }
    long uncounted = Long.parseLong(args[4]);
    long counted = Long.parseLong(args[5]);
    ProcessHandle process = ProcessHandle.of(Long.parseLong(args[6])).orElseThrow();
    load.run(uncounted);
    long before = load.messages;
    long begin = System.nanoTime();
    long used = processorNanos(process);
    load.run(uncounted + counted);
    used = processorNanos(process) - used;
    double seconds = (System.nanoTime() - begin) / 1e9;
    long messages = load.messages - before;
    System.out.printf("%8.0f messages/s %7.2f us%n", messages / seconds, used / 1e3 / messages);
    System.exit(0);
  }

  private static long processorNanos(ProcessHandle process) {
    return process.info().totalCpuDuration().orElseThrow().toNanos();
  }

  private static byte[] frame(int length) {
    ByteBuffer frame = ByteBuffer.allocate(length + 14).put((byte) 0x81);
    if (length < 126) {
      frame.put((byte) (0x80 | length));
    } else if (length < 1 << 16) {
      frame.put((byte) (0x80 | 126)).putShort((short) length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(length);
    }
    frame.putInt(KEY);
    for (int i = 0; i < length; i++) {
      frame.put((byte) (('a' + i % 26) ^ (KEY >>> (24 - 8 * (i & 3)))));
    }
    return Arrays.copyOf(frame.array(), frame.position());
  }

  private void open(InetSocketAddress server, String path) throws IOException {
    SocketChannel channel = SocketChannel.open(server);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    String handshake =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    channel.write(ByteBuffer.wrap(handshake.getBytes(StandardCharsets.US_ASCII)));
    StringBuilder head = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (head.indexOf("\r\n\r\n") < 0) {
      if (channel.read(one.clear()) < 0) {
        throw new EOFException("no answer to the handshake: " + head);
      }
      head.append((char) one.get(0));
    }
    if (!head.toString().startsWith("HTTP/1.1 101")) {
      throw new IOException("no upgrade: " + head);
    }
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, new Peer(channel, frame));
  }

  /** One connection and how far its echo has come. */
  private static final class Peer {
    private final SocketChannel channel;
    private final ByteBuffer out;
    private int received;

    Peer(SocketChannel channel, byte[] frame) {
      this.channel = channel;
      this.out = ByteBuffer.allocateDirect(frame.length).put(frame).flip();
    }

    void send() throws IOException {
      out.rewind();
      while (out.hasRemaining()) {
        channel.write(out);
      }
    }
  }

  /** Returns when so many messages have come back since the beginning, or a few more. */
  private void run(long count) throws IOException {
    if (!begun) {
      begun = true;
      for (SelectionKey key : selector.keys()) {
        ((Peer) key.attachment()).send();
      }
    }
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (messages < count) {
      selector.select(this::ready, 100);
      if (System.nanoTime() - end > 0) {
        throw new IOException("only " + messages + " messages of " + count + " came back");
      }
    }
  }

  private void ready(SelectionKey key) {
    Peer peer = (Peer) key.attachment();
    try {
      int count = peer.channel.read(in.clear());
      if (count < 0) {
        throw new EOFException("the server closed a connection");
      }
      peer.received += count;
      if (peer.received == expected) {
        peer.received = 0;
        messages++;
        peer.send();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
