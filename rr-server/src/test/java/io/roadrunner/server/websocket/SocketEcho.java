package io.roadrunner.server.websocket;

import io.roadrunner.conformance.EchoConnection;
import io.roadrunner.server.testkit.WsClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A socket to an echo server, for the cases of the conformance suite. */
final class SocketEcho implements EchoConnection {

  private static final byte[] END = new byte[0];

  private final Socket socket;
  private final String extensions;
  private final BlockingQueue<byte[]> unsent = new LinkedBlockingQueue<>();

  private SocketEcho(Socket socket, String extensions) {
    this.socket = socket;
    this.extensions = extensions;
    Thread.ofVirtual().name("conformance sender").start(this::sendAll);
  }

  static EchoConnection connect(SocketAddress server, String path, String offers)
      throws IOException {
    Socket socket = WsClient.socket(server);
    try {
      String[] lines =
          offers.isEmpty() ? new String[0] : new String[] {"Sec-WebSocket-Extensions: " + offers};
      byte[] handshake = WsClient.handshake(path, lines).getBytes(StandardCharsets.ISO_8859_1);
      socket.getOutputStream().write(handshake);
      return new SocketEcho(socket, extensions(head(socket.getInputStream())));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static String head(InputStream in) throws IOException {
    String head = WsClient.readHead(in);
    if (!head.startsWith("HTTP/1.1 101 ")) {
      throw new IOException("no upgrade: " + head);
    }
    return head;
  }

  private static String extensions(String head) {
    return String.join(
        ", ",
        head.lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-extensions:"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .toList());
  }

  private void sendAll() {
    try {
      byte[] next = unsent.take();
      while (next.length > 0) {
        socket.getOutputStream().write(next);
        next = unsent.take();
      }
    } catch (IOException e) {
      // After the end of the transport it drops what is sent.
      unsent.clear();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String extensions() {
    return extensions;
  }

  @Override
  public void send(ByteBuffer bytes) {
    if (bytes.hasRemaining()) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      unsent.add(copy);
    }
  }

  @Override
  public int receive(ByteBuffer into) throws IOException {
    byte[] bytes = new byte[Math.min(into.remaining(), 64 << 10)];
    int count;
    try {
      count = socket.getInputStream().read(bytes);
    } catch (SocketException e) {
      return -1;
    }
    if (count > 0) {
      into.put(bytes, 0, count);
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    unsent.add(END);
    socket.close();
  }
}
