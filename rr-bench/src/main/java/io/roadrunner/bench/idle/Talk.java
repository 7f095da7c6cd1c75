package io.roadrunner.bench.idle;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.Deflater;

/** One exchange on a connection that is new, or has had some; blocks until the answer is whole. */
enum Talk {
  /** A request and its answer, both short. */
  H1 {
    @Override
    void exchange(SocketChannel channel, String path, int number, ByteBuffer buffer)
        throws IOException {
      send(channel, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
      readHead(channel, buffer);
    }
  },
  /** Prior knowledge; a stream for each exchange. */
  H2 {
    @Override
    void exchange(SocketChannel channel, String path, int number, ByteBuffer buffer)
        throws IOException {
      if (number == 0) {
        send(channel, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        write(channel, frame(4, 0, 0, new byte[0]));
        write(channel, frame(8, 0, 0, new byte[] {0x3F, -1, -1, -1}));
      }
      int stream = 2 * number + 1;
      write(channel, frame(1, END_STREAM | END_HEADERS, stream, fields(path)));
      readStream(channel, stream, buffer);
    }
  },
  /** The opening handshake, and a message that is echoed, compressed where that was offered. */
  WS {
    @Override
    void exchange(SocketChannel channel, String path, int number, ByteBuffer buffer)
        throws IOException {
      if (number == 0) {
        send(
            channel,
            "GET "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + extensions()
                + "\r\n");
        readHead(channel, buffer);
      }
      write(channel, ByteBuffer.wrap(MESSAGE));
      fill(channel, buffer.clear().limit(2));
      fill(channel, buffer.clear().limit(buffer.get(1)));
    }
  };

  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int ACK = 1;
  private static final byte[] MESSAGE = message();

  /** Talks once; the number of earlier talks on the channel tells whether it is new. */
  abstract void exchange(SocketChannel channel, String path, int number, ByteBuffer buffer)
      throws IOException;

  private static String extensions() {
    return Boolean.getBoolean("deflate") ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : "";
  }

  /** One octet of text, or 128 of them compressed (RFC 7692 §7.2.1); with a mask of zeros. */
  private static byte[] message() {
    if (!Boolean.getBoolean("deflate")) {
      return HexFormat.of().parseHex("81810000000061");
    }
    byte[] payload = new byte[100];
    int length;
    try (Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
      deflater.setInput("a".repeat(128).getBytes(StandardCharsets.US_ASCII));
      // Without the four octets that end every flush.
      length = deflater.deflate(payload, 0, payload.length, Deflater.SYNC_FLUSH) - 4;
    }
    return ByteBuffer.allocate(6 + length)
        .put(new byte[] {(byte) 0xC1, (byte) (0x80 | length), 0, 0, 0, 0})
        .put(payload, 0, length)
        .array();
  }

  private static void send(SocketChannel channel, String text) throws IOException {
    write(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Fills the buffer up to its limit. */
  private static void fill(SocketChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("the server closed a connection");
      }
    }
  }

  /** Reads a head of HTTP/1.1 and the content that it announces. */
  private static void readHead(SocketChannel channel, ByteBuffer buffer) throws IOException {
    buffer.clear();
    while (true) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("the server closed a connection");
      }
      String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
      int end = text.indexOf("\r\n\r\n");
      if (end < 0) {
        continue;
      }
      String head = text.substring(0, end + 2).toLowerCase(Locale.ROOT);
      if (!head.startsWith("http/1.1 200 ") && !head.startsWith("http/1.1 101 ")) {
        throw new IOException("not the answer that was expected: " + text);
      }
      int field = head.indexOf("\r\ncontent-length:");
      int length =
          field < 0
              ? 0
              : Integer.parseInt(
                  head.substring(field + 17, head.indexOf("\r\n", field + 2)).trim());
      if (text.length() >= end + 4 + length) {
        return;
      }
    }
  }

  private static ByteBuffer frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .putInt(payload.length << 8 | type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .flip();
  }

  /** Static table only: GET, http, an authority and the path as literals without indexing. */
  private static byte[] fields(String path) {
    byte[] text = path.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(2 + 11 + 2 + text.length)
        .put(HexFormat.of().parseHex("8286"))
        .put((byte) 0x01)
        .put((byte) 9)
        .put("localhost".getBytes(StandardCharsets.US_ASCII))
        .put((byte) 0x04)
        .put((byte) text.length)
        .put(text)
        .array();
  }

  private static void readStream(SocketChannel channel, int stream, ByteBuffer buffer)
      throws IOException {
    while (true) {
      fill(channel, buffer.clear().limit(9));
      int length = buffer.getInt(0) >>> 8;
      int type = buffer.get(3);
      int flags = buffer.get(4);
      int id = buffer.getInt(5);
      fill(channel, buffer.clear().limit(length));
      if (type == 4 && (flags & ACK) == 0) {
        write(channel, frame(4, ACK, 0, new byte[0]));
      } else if (type == 3 || type == 7) {
        throw new IOException("the server ended a " + (type == 3 ? "stream" : "connection"));
      } else if (type <= 1 && id == stream && (flags & END_STREAM) != 0) {
        return;
      }
    }
  }
}
