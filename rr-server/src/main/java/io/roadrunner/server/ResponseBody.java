package io.roadrunner.server;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * What a response carries: one of a closed set of shapes, so that each protocol can send it well.
 */
public sealed interface ResponseBody {

  /** No content at all. */
  record Empty() implements ResponseBody {
    static final Empty EMPTY = new Empty();
  }

  /**
   * Bytes in memory; leaves with an exact content-length, small ones in one write with the head.
   */
  final class Bytes implements ResponseBody {
    private final byte[] bytes;

    Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    /** {@return the number of bytes} */
    public int length() {
      return bytes.length;
    }

    /**
     * Writes all bytes at the position of {@code out} and advances it.
     *
     * @param out a buffer with at least {@link #length()} bytes remaining
     */
    public void copyTo(ByteBuffer out) {
      out.put(bytes);
    }

    /** {@return a read-only view of all bytes} */
    public ByteBuffer asByteBuffer() {
      return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }
  }

  /**
   * A part of a file, moved by the operating system where the transport allows. The file is opened
   * when the response is sent.
   *
   * @param file a regular file
   * @param position the first byte
   * @param count the number of bytes
   */
  record FileRegion(Path file, long position, long count) implements ResponseBody {
    /** Checks the region. */
    public FileRegion {
      if (position < 0 || count < 0) {
        throw new IllegalArgumentException("position " + position + ", count " + count);
      }
    }
  }

  /**
   * A body that is made while it is sent, on a virtual thread also for inline routes.
   *
   * @param length the exact number of bytes where known; chunked on HTTP/1.1 otherwise
   * @param writer writes the bytes
   */
  record Stream(OptionalLong length, StreamWriter writer) implements ResponseBody {}

  /**
   * No content, but another protocol from then on, see {@link Response#webSocket}.
   *
   * @param options limits, origins, compression and more
   * @param handler gets the messages
   */
  record WebSocket(WebSocketOptions options, WebSocketHandler handler) implements ResponseBody {}

  /** Writes the bytes of a streamed body. */
  @FunctionalInterface
  interface StreamWriter {
    /**
     * Writes the whole body, then returns; returning ends the response.
     *
     * @param out where to write; blocks while the peer reads slower than this writes
     * @throws Exception to abort the response: the peer sees it cut off, never as complete
     */
    void write(ResponseStream out) throws Exception;
  }
}
