package io.roadrunner.bench.websocket;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Sends masked text messages to an echo server over some connections, one at a time on each, and
 * counts what comes back. Arguments: host, port, path, connections, payload bytes, seconds; the
 * first quarter of the time is not counted. One thread; nothing is allocated per message.
 */
public final class EchoLoad {

  private static final int KEY = 0x12345678;

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

  /** Runs, and prints messages per second. */
  public static void main(String[] args) throws IOException {
    EchoLoad load = new EchoLoad(Integer.parseInt(args[4]));
    InetSocketAddress server = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
    int connections = Integer.parseInt(args[3]);
    for (int i = 0; i < connections; i++) {
      load.open(server, args[2]);
    }
    long nanos = Long.parseLong(args[5]) * 1_000_000_000;
    load.run(nanos / 4);
    load.messages = 0;
    long begin = System.nanoTime();
    load.run(nanos - nanos / 4);
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf("%.0f messages/s%n", load.messages / seconds);
    System.exit(0);
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

  private void run(long nanos) throws IOException {
    if (!begun) {
      begun = true;
      for (SelectionKey key : selector.keys()) {
        ((Peer) key.attachment()).send();
      }
    }
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() - end < 0) {
      selector.select(this::ready, 100);
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
