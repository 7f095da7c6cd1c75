package io.roadrunner.http1;

import java.nio.ByteBuffer;

/**
 * Writes HTTP/1.1 messages. Every method appends at the position of {@code out} and moves the
 * position behind what it wrote; buffers with an accessible array are fastest. If {@code out} has
 * not enough room, {@link java.nio.BufferOverflowException} is thrown before anything is written;
 * the {@code ...Size} methods tell how many bytes are needed. What cannot stand on the wire (CR,
 * LF, NUL, other controls, characters above U+00FF, names that are no tokens) is refused with
 * {@link IllegalArgumentException}, also before anything is written (RFC 9112 §11.1).
 *
 * <p>Whether a message makes sense, such as a body behind 204, is not checked. Stateless; safe for
 * use by several threads on different buffers.
 */
public final class Http1Encoder {
  /** Bytes that {@link #endOfHead} writes. */
  public static final int END_OF_HEAD_SIZE = 2;

  /** Bytes that {@link #chunkEnd} writes. */
  public static final int CHUNK_END_SIZE = 2;

  private static final String VERSION = "HTTP/1.1";
  private static final int CRLF_SIZE = 2;

  private Http1Encoder() {}

  /**
   * Writes {@code method SP target SP HTTP/1.1 CRLF}. The target is taken as it is; it has to be
   * percent-encoded already.
   *
   * @param method a token
   * @param target request target, percent-encoded
   * @param out where to write
   */
  public static void requestLine(String method, String target, ByteBuffer out) {
    Ascii.requireToken(method);
    Ascii.requireTarget(target);
    int size = requestLineSize(method, target);
    Output.require(out, size);
    byte[] array = Output.array(out, size);
    int at = Output.text(method, array, Output.start(out));
    array[at] = Ascii.SP;
    at = Output.text(target, array, at + 1);
    array[at] = Ascii.SP;
    at = Output.text(VERSION, array, at + 1);
    Output.crlf(array, at);
    Output.commit(out, array, size);
  }

  /**
   * {@return bytes that {@link #requestLine} writes}
   *
   * @param method a token
   * @param target request target, percent-encoded
   */
  public static int requestLineSize(String method, String target) {
    return method.length() + 1 + target.length() + 1 + VERSION.length() + CRLF_SIZE;
  }

  /**
   * {@return the standard reason phrase of a status code (RFC 9110 §15 and the IANA registry), or
   * the empty string}
   *
   * @param status status code, 100 to 599
   */
  public static String reasonPhrase(int status) {
    return ReasonPhrases.of(status);
  }

  /**
   * Writes the status line of a status code with its standard reason phrase.
   *
   * @param status 100 to 599
   * @param out where to write
   */
  public static void statusLine(int status, ByteBuffer out) {
    byte[] line = ReasonPhrases.line(status);
    Output.require(out, line.length);
    out.put(line);
  }

  /**
   * {@return bytes that {@link #statusLine(int, ByteBuffer)} writes}
   *
   * @param status status code, 100 to 599
   */
  public static int statusLineSize(int status) {
    return ReasonPhrases.line(status).length;
  }

  /**
   * Writes {@code HTTP/1.1 SP status SP reason CRLF}.
   *
   * @param status 100 to 599
   * @param reason reason phrase, in ISO-8859-1
   * @param out where to write
   */
  public static void statusLine(int status, String reason, ByteBuffer out) {
    ReasonPhrases.requireValid(status);
    Ascii.requireFieldValue(reason);
    int size = statusLineSize(status, reason);
    Output.require(out, size);
    byte[] array = Output.array(out, size);
    int at = Output.text(VERSION, array, Output.start(out));
    array[at] = Ascii.SP;
    at = Output.decimal(status, 3, array, at + 1);
    array[at] = Ascii.SP;
    Output.crlf(array, Output.text(reason, array, at + 1));
    Output.commit(out, array, size);
  }

  /**
   * {@return bytes that {@link #statusLine(int, String, ByteBuffer)} writes}
   *
   * @param status status code, 100 to 599
   * @param reason reason phrase, in ISO-8859-1
   */
  public static int statusLineSize(int status, String reason) {
    ReasonPhrases.requireValid(status);
    return VERSION.length() + 1 + 3 + 1 + reason.length() + CRLF_SIZE;
  }

  /**
   * Writes {@code name: SP value CRLF}.
   *
   * @param name a token
   * @param value value, in ISO-8859-1
   * @param out where to write
   */
  public static void fieldLine(String name, String value, ByteBuffer out) {
    Ascii.requireToken(name);
    Ascii.requireFieldValue(value);
    int size = fieldLineSize(name, value);
    Output.require(out, size);
    byte[] array = Output.array(out, size);
    int at = name(name, array, Output.start(out));
    Output.crlf(array, Output.text(value, array, at));
    Output.commit(out, array, size);
  }

  /**
   * {@return bytes that {@link #fieldLine(String, String, ByteBuffer)} writes}
   *
   * @param name a token
   * @param value value, in ISO-8859-1
   */
  public static int fieldLineSize(String name, String value) {
    return name.length() + 2 + value.length() + CRLF_SIZE;
  }

  /**
   * Writes {@code name: SP value CRLF}, the value being a decimal number, 0 or more.
   *
   * @param name a token
   * @param value number, 0 or more
   * @param out where to write
   */
  public static void fieldLine(String name, long value, ByteBuffer out) {
    Ascii.requireToken(name);
    int size = fieldLineSize(name, value);
    Output.require(out, size);
    byte[] array = Output.array(out, size);
    int at = name(name, array, Output.start(out));
    Output.crlf(array, Output.decimal(value, Output.decimalDigits(value), array, at));
    Output.commit(out, array, size);
  }

  /**
   * {@return bytes that {@link #fieldLine(String, long, ByteBuffer)} writes}
   *
   * @param name a token
   * @param value number, 0 or more
   */
  public static int fieldLineSize(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException("negative number: " + value);
    }
    return name.length() + 2 + Output.decimalDigits(value) + CRLF_SIZE;
  }

  private static int name(String name, byte[] array, int start) {
    int at = Output.text(name, array, start);
    array[at] = ':';
    array[at + 1] = Ascii.SP;
    return at + 2;
  }

  /**
   * Writes all lines, in order.
   *
   * @param fields lines to write
   * @param out where to write
   */
  public static void fieldLines(FieldLines fields, ByteBuffer out) {
    int size = fieldLinesSize(fields);
    Output.require(out, size);
    byte[] array = Output.array(out, size);
    fields.write(array, Output.start(out));
    Output.commit(out, array, size);
  }

  /**
   * {@return bytes that {@link #fieldLines} writes}
   *
   * @param fields lines to write
   */
  public static int fieldLinesSize(FieldLines fields) {
    return fields.encodedSize();
  }

  /**
   * Writes the empty line behind the fields.
   *
   * @param out where to write
   */
  public static void endOfHead(ByteBuffer out) {
    crlf(out);
  }

  /**
   * Writes the remaining bytes of {@code data} as one chunk and leaves {@code data} without any.
   * Writes nothing if there are none: an empty chunk would end the body.
   *
   * @param data bytes of the chunk
   * @param out where to write
   */
  public static void chunk(ByteBuffer data, ByteBuffer out) {
    int size = data.remaining();
    if (size > 0) {
      Output.require(out, chunkSize(size));
      chunkHead(size, out);
      out.put(data);
      chunkEnd(out);
    }
  }

  /**
   * {@return bytes that {@link #chunk} writes for so much data}
   *
   * @param dataBytes bytes of data, 0 or more
   */
  public static int chunkSize(int dataBytes) {
    return dataBytes == 0 ? 0 : chunkHeadSize(dataBytes) + dataBytes + CHUNK_END_SIZE;
  }

  /**
   * Writes the line ahead of a chunk's data, for gathering writes.
   *
   * @param size bytes of data, 1 or more
   * @param out where to write
   */
  public static void chunkHead(long size, ByteBuffer out) {
    int lineSize = chunkHeadSize(size);
    Output.require(out, lineSize);
    byte[] array = Output.array(out, lineSize);
    Output.crlf(array, Output.hex(size, lineSize - CRLF_SIZE, array, Output.start(out)));
    Output.commit(out, array, lineSize);
  }

  /**
   * {@return bytes that {@link #chunkHead} writes}
   *
   * @param size bytes of data, 1 or more
   */
  public static int chunkHeadSize(long size) {
    if (size < 1) {
      throw new IllegalArgumentException("chunk of " + size + " bytes");
    }
    return Output.hexDigits(size) + CRLF_SIZE;
  }

  /**
   * Writes the CRLF behind a chunk's data.
   *
   * @param out where to write
   */
  public static void chunkEnd(ByteBuffer out) {
    crlf(out);
  }

  private static void crlf(ByteBuffer out) {
    Output.require(out, CRLF_SIZE);
    out.put(Ascii.CR).put(Ascii.LF);
  }

  /**
   * Writes the end of a chunked body.
   *
   * @param trailers trailer fields, possibly none
   * @param out where to write
   */
  public static void lastChunk(FieldLines trailers, ByteBuffer out) {
    Output.require(out, lastChunkSize(trailers));
    out.put((byte) '0');
    crlf(out);
    fieldLines(trailers, out);
    crlf(out);
  }

  /**
   * {@return bytes that {@link #lastChunk} writes}
   *
   * @param trailers trailer fields, possibly none
   */
  public static int lastChunkSize(FieldLines trailers) {
    return 1 + CRLF_SIZE + fieldLinesSize(trailers) + CRLF_SIZE;
  }

  /**
   * Writes a whole interim response (RFC 9110 §15.2).
   *
   * @param status 100 to 199
   * @param fields lines to write
   * @param out where to write
   */
  public static void interim(int status, FieldLines fields, ByteBuffer out) {
    Output.require(out, interimSize(status, fields));
    statusLine(status, out);
    fieldLines(fields, out);
    crlf(out);
  }

  /**
   * {@return bytes that {@link #interim} writes}
   *
   * @param status status code, 100 to 199
   * @param fields lines to write
   */
  public static int interimSize(int status, FieldLines fields) {
    if (status < 100 || status > 199) {
      throw new IllegalArgumentException("status code " + status + " is not an interim one");
    }
    return statusLineSize(status) + fieldLinesSize(fields) + END_OF_HEAD_SIZE;
  }
}
