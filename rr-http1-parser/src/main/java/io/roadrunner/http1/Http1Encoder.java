package io.roadrunner.http1;

import java.nio.ByteBuffer;

/**
 * Writes HTTP/1.1 messages. Every method appends at the position of {@code out} and moves the
 * position behind what it wrote. If {@code out} has not enough room, {@link
 * java.nio.BufferOverflowException} is thrown before anything is written; the {@code ...Size}
 * methods tell how much is needed. What cannot stand on the wire (CR, LF, NUL, other controls,
 * characters above U+00FF, names that are no tokens) is refused with {@link
 * IllegalArgumentException}, also before anything is written (RFC 9112 §11.1).
 *
 * <p>Stateless; safe for use by several threads on different buffers.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Http1Encoder {
  /** Bytes that {@link #endOfHead} writes. */
  public static final int END_OF_HEAD_SIZE = 2;

  /** Bytes that {@link #chunkEnd} writes. */
  public static final int CHUNK_END_SIZE = 2;

  private Http1Encoder() {}

  /** Writes {@code method SP target SP HTTP/1.1 CRLF}. */
  public static void requestLine(String method, String target, ByteBuffer out) {
    throw new UnsupportedOperationException();
  }

  /** Bytes that {@link #requestLine} writes. */
  public static int requestLineSize(String method, String target) {
    return method.length() + target.length() + " HTTP/1.1\r\n".length() + 1;
  }

  /** Writes the status line of a status code with its standard reason phrase. */
  public static void statusLine(int status, ByteBuffer out) {
    throw new UnsupportedOperationException();
  }

  /** Bytes that {@link #statusLine(int, ByteBuffer)} writes. */
  public static int statusLineSize(int status) {
    throw new UnsupportedOperationException();
  }

  /** Writes {@code HTTP/1.1 SP status SP reason CRLF}. */
  public static void statusLine(int status, String reason, ByteBuffer out) {
    throw new UnsupportedOperationException();
  }

  /** Bytes that {@link #statusLine(int, String, ByteBuffer)} writes. */
  public static int statusLineSize(int status, String reason) {
    throw new UnsupportedOperationException();
  }

  /** Writes {@code name: SP value CRLF}. */
  public static void fieldLine(String name, String value, ByteBuffer out) {
    throw new UnsupportedOperationException();
  }

  /** Bytes that {@link #fieldLine(String, String, ByteBuffer)} writes. */
  public static int fieldLineSize(String name, String value) {
    throw new UnsupportedOperationException();
  }

  /** Writes {@code name: SP value CRLF}, the value being a decimal number, 0 or more. */
  public static void fieldLine(String name, long value, ByteBuffer out) {
    throw new UnsupportedOperationException();
  }

  /** Bytes that {@link #fieldLine(String, long, ByteBuffer)} writes. */
  public static int fieldLineSize(String name, long value) {
    throw new UnsupportedOperationException();
  }

  /** Writes all lines, in order. */
  public static void fieldLines(FieldLines fields, ByteBuffer out) {
    throw new UnsupportedOperationException();
  }

  /** Bytes that {@link #fieldLines} writes. */
  public static int fieldLinesSize(FieldLines fields) {
    throw new UnsupportedOperationException();
  }

  /** Writes the empty line behind the fields. */
  public static void endOfHead(ByteBuffer out) {
    throw new UnsupportedOperationException();
  }

  /**
   * Writes the remaining bytes of {@code data} as one chunk and leaves {@code data} without any.
   * Writes nothing if there are none: an empty chunk would end the body.
   */
  public static void chunk(ByteBuffer data, ByteBuffer out) {
    throw new UnsupportedOperationException();
  }

  /** Bytes that {@link #chunk} writes for so much data. */
  public static int chunkSize(int dataBytes) {
    throw new UnsupportedOperationException();
  }

  /** Writes the line ahead of a chunk's data, for gathering writes; the size is 1 or more. */
  public static void chunkHead(long size, ByteBuffer out) {
    throw new UnsupportedOperationException();
  }

  /** Bytes that {@link #chunkHead} writes. */
  public static int chunkHeadSize(long size) {
    throw new UnsupportedOperationException();
  }

  /** Writes the CRLF behind a chunk's data. */
  public static void chunkEnd(ByteBuffer out) {
    throw new UnsupportedOperationException();
  }

  /** Writes the end of a chunked body. */
  public static void lastChunk(FieldLines trailers, ByteBuffer out) {
    throw new UnsupportedOperationException();
  }

  /** Bytes that {@link #lastChunk} writes. */
  public static int lastChunkSize(FieldLines trailers) {
    throw new UnsupportedOperationException();
  }

  /** Writes a whole interim response, status 100 to 199 (RFC 9110 §15.2). */
  public static void interim(int status, FieldLines fields, ByteBuffer out) {
    throw new UnsupportedOperationException();
  }

  /** Bytes that {@link #interim} writes. */
  public static int interimSize(int status, FieldLines fields) {
    throw new UnsupportedOperationException();
  }
}
