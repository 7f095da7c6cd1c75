package io.roadrunner.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The way out for a streamed body. Belongs to one thread; blocks while the peer reads slowly. */
public interface ResponseStream {

  /**
   * Sends bytes. Small writes are collected until there are enough for a packet or {@link #flush()}
   * is called.
   *
   * @param data the bytes from position to limit; the position is moved to the limit
   * @throws IOException if the connection is gone or the peer reads too slowly
   * @throws IllegalStateException if that is more than the announced length
   */
  void write(ByteBuffer data) throws IOException;

  /**
   * Sends bytes.
   *
   * @param data the bytes
   * @throws IOException if the connection is gone or the peer reads too slowly
   */
  default void write(byte[] data) throws IOException {
    write(ByteBuffer.wrap(data));
  }

  /**
   * Sends text as UTF-8.
   *
   * @param text the text
   * @throws IOException if the connection is gone or the peer reads too slowly
   */
  default void write(String text) throws IOException {
    write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Hands everything written so far to the operating system.
   *
   * @throws IOException if the connection is gone or the peer reads too slowly
   */
  void flush() throws IOException;

  /**
   * Sets the trailer section that follows the body; dropped where the protocol has none (HTTP/1.0,
   * or a body of announced length on HTTP/1.1).
   *
   * @param trailers field lines that may stand in trailers (RFC 9110 §6.5.1)
   * @throws IllegalArgumentException if one of them may not, such as content-length
   */
  void trailers(Headers trailers);

  /** {@return this as an {@link OutputStream}, whose {@code close} does nothing but flush} */
  default OutputStream asOutputStream() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        ResponseStream.this.write(ByteBuffer.wrap(new byte[] {(byte) b}));
      }

      @Override
      public void write(byte[] b, int off, int len) throws IOException {
        ResponseStream.this.write(ByteBuffer.wrap(b, off, len));
      }

      @Override
      public void flush() throws IOException {
        ResponseStream.this.flush();
      }

      @Override
      public void close() throws IOException {
        ResponseStream.this.flush();
      }
    };
  }
}
