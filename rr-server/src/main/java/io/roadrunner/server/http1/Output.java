package io.roadrunner.server.http1;

import io.roadrunner.server.net.Connection;
import io.roadrunner.server.net.PeerPace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way out of a virtual thread: collected, so that the answers to pipelined requests
 * leave together, and written when there are many or nothing more will come soon.
 */
final class Output {

  private static final int SMALLEST = 512;
  private static final int LARGEST = 32 << 10;
  private static final int LARGEST_AT_FIRST = 4 << 10;

  /** How many times as large as its request a small answer is; to grow later costs more. */
  private static final int ANSWER_PER_REQUEST = 4;

  /** Up to this many bytes are copied so that they leave in one write with what is before them. */
  static final int COPIED = LARGEST / 4;

  private final Connection connection;
  private final PeerPace pace;
  private ByteBuffer buffer;
  private long flushed;
  private @Nullable IOException failure;

  /**
   * Creates it.
   *
   * @param first what goes out before everything else
   * @param pipelined how many octets of further requests wait already
   */
  Output(Connection connection, PeerPace pace, byte[] first, int pipelined) {
    this.connection = connection;
    this.pace = pace;
    int answers = Math.min(LARGEST_AT_FIRST, ANSWER_PER_REQUEST * pipelined);
    this.buffer = ByteBuffer.allocate(Math.max(SMALLEST, first.length + answers)).put(first);
  }

  /** Returns a buffer with that much room at its position, sending what is collected if need be. */
  ByteBuffer room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      if (buffer.position() + bytes > LARGEST) {
        flush();
      }
      if (buffer.remaining() < bytes) {
        int size = Math.max(buffer.position() + bytes, Math.min(LARGEST, 4 * buffer.capacity()));
        buffer = ByteBuffer.allocate(size).put(buffer.flip());
      }
    }
    return buffer;
  }

  /** Sends what is collected and then these bytes, large ones without copying them first. */
  void write(ByteBuffer bytes) throws IOException {
    if (bytes.remaining() <= COPIED) {
      room(bytes.remaining()).put(bytes);
    } else {
      flushed += buffer.position() + bytes.remaining();
      try {
        connection.writeFully(buffer.flip(), bytes, pace);
      } catch (IOException e) {
        throw failed(e);
      }
      buffer.clear();
    }
  }

  void flush() throws IOException {
    if (buffer.position() > 0 || !connection.isFlushed()) {
      flushed += buffer.position();
      try {
        connection.writeFully(buffer.flip(), pace);
      } catch (IOException e) {
        throw failed(e);
      }
      buffer.clear();
    }
  }

  /** Sends a part of a file, waiting for the peer where it must; nothing may be collected. */
  long transferFrom(FileChannel file, long position, long count) throws IOException {
    try {
      long moved = connection.transferFrom(file, position, count, pace);
      if (moved == 0 && position < file.size()) {
        connection.awaitWritable(pace);
      }
      return moved;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private IOException failed(IOException cause) {
    failure = cause;
    return cause;
  }

  /** Returns why nothing can be sent any more, null while that is possible. */
  @Nullable IOException failure() {
    return failure;
  }

  /** Returns a mark of everything put so far, for {@link #takeBack}. */
  long mark() {
    return flushed + buffer.position();
  }

  /** Drops what was put since the mark; false if some of it has been sent. */
  boolean takeBack(long mark) {
    if (mark < flushed) {
      return false;
    }
    buffer.position((int) (mark - flushed));
    return true;
  }
}
