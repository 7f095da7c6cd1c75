package io.roadrunner.server.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLParameters;

/**
 * A TLS client whose records can be looked at, cut, held back, and mixed with others before they
 * are sent. Nothing waits longer than {@link Wait#PATIENCE}.
 */
public final class EngineClient implements AutoCloseable {

  /** RFC 8446 §5.1: the type of a record with an alert. */
  public static final int ALERT = 21;

  private static final int HEADER = 5;

  private final Socket socket;
  private final DataInputStream in;
  private final SSLEngine engine;

  private EngineClient(Socket socket, SSLEngine engine) throws IOException {
    this.socket = socket;
    this.engine = engine;
    this.in = new DataInputStream(socket.getInputStream());
  }

  /** Connects, and says nothing yet. */
  public static EngineClient connect(int port, SSLContext context, Consumer<SSLParameters> options)
      throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) Wait.PATIENCE.toMillis());
    SSLEngine engine = context.createSSLEngine("localhost", port);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName("localhost")));
    options.accept(parameters);
    engine.setSSLParameters(parameters);
    engine.beginHandshake();
    return new EngineClient(socket, engine);
  }

  /** Returns the connection below TLS. */
  public Socket socket() {
    return socket;
  }

  /** Returns the client's side of TLS. */
  public SSLEngine engine() {
    return engine;
  }

  /** Returns what the client has to say at this point of the handshake, without sending it. */
  public byte[] flight() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    tasks();
    while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      out.writeBytes(encrypt(new byte[0]));
      tasks();
    }
    return out.toByteArray();
  }

  /** Returns one record, or a few where there is more content. */
  public byte[] encrypt(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteBuffer source = ByteBuffer.wrap(plain);
    do {
      ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(source, record);
      out.write(record.array(), 0, record.position());
    } while (source.hasRemaining());
    return out.toByteArray();
  }

  private void tasks() {
    Runnable task = engine.getDelegatedTask();
    while (task != null) {
      task.run();
      task = engine.getDelegatedTask();
    }
  }

  /** Sends bytes as they are. */
  public EngineClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Sends the first bytes of something. */
  public EngineClient send(byte[] bytes, int count) throws IOException {
    socket.getOutputStream().write(bytes, 0, count);
    return this;
  }

  /** Reads what the server says until it is the client's turn. */
  public void listen() throws IOException {
    tasks();
    while (engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP) {
      decrypt(record());
      tasks();
    }
  }

  /** Completes the handshake. */
  public EngineClient handshake() throws IOException {
    while (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
      send(flight());
      listen();
    }
    return this;
  }

  /** Returns the next record as it came; of length 0 at the end of the connection. */
  public byte[] record() throws IOException {
    byte[] header = new byte[HEADER];
    try {
      in.readFully(header);
      byte[] record = new byte[HEADER + (header[3] & 0xff) * 256 + (header[4] & 0xff)];
      System.arraycopy(header, 0, record, 0, HEADER);
      in.readFully(record, HEADER, record.length - HEADER);
      return record;
    } catch (EOFException | SocketException e) {
      return new byte[0];
    }
  }

  /** Returns the content of a record, which is empty if that is not for the application. */
  public byte[] decrypt(byte[] record) throws IOException {
    ByteBuffer plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    engine.unwrap(ByteBuffer.wrap(record), plain);
    byte[] content = new byte[plain.position()];
    plain.flip().get(content);
    return content;
  }

  /**
   * Reads up to the end of the connection. Returns the description of the first alert that came in
   * clear (RFC 8446 §6), -1 if there was none.
   */
  public int alertUntilEnd() throws IOException {
    int alert = -1;
    byte[] record = record();
    while (record.length > 0) {
      if (alert < 0 && record[0] == ALERT && record.length == HEADER + 2) {
        alert = record[HEADER + 1] & 0xff;
      }
      record = record();
    }
    return alert;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
