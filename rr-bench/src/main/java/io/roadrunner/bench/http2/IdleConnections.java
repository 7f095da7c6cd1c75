package io.roadrunner.bench.http2;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens connections of HTTP/2, makes one request on each, and leaves them alone. Arguments: port,
 * count. Prints a line when all are there, and ends when its input does.
 */
public final class IdleConnections {

  // HEADERS with END_STREAM and END_HEADERS: GET, http, /plain, authority x; nothing is indexed.
  private static final byte[] REQUEST = {
    0,
    0,
    13,
    1,
    5,
    0,
    0,
    0,
    1,
    (byte) 0x82,
    (byte) 0x86,
    4,
    6,
    '/',
    'p',
    'l',
    'a',
    'i',
    'n',
    1,
    1,
    'x'
  };
  private static final byte[] SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
  private static final byte[] SETTINGS_ACK = {0, 0, 0, 4, 1, 0, 0, 0, 0};
  private static final int FRAME_HEADER = 9;
  private static final int DATA = 0;

  private IdleConnections() {}

  /** Opens them. */
  public static void main(String[] args) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
    List<SocketChannel> open = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      open.add(connect(address));
    }
    System.out.println("open " + open.size());
    System.out.println("ended " + System.in.read());
    for (SocketChannel channel : open) {
      channel.close();
    }
  }

  private static SocketChannel connect(InetSocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    byte[] preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out = ByteBuffer.allocate(128);
    out.put(preface).put(SETTINGS).put(SETTINGS_ACK).put(REQUEST).flip();
    while (out.hasRemaining()) {
      channel.write(out);
    }
    awaitData(channel);
    return channel;
  }

  /** Reads frames up to the content of the answer. */
  private static void awaitData(SocketChannel channel) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(1024);
    int at = 0;
    while (true) {
      while (in.position() >= at + FRAME_HEADER) {
        if (in.get(at + 3) == DATA) {
          return;
        }
        at += FRAME_HEADER + (in.getInt(at) >>> 8);
      }
      if (channel.read(in) < 0) {
        throw new IOException("the server has closed the connection");
      }
    }
  }
}
