package io.roadrunner.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * The body of a request. It is read once, in one of three ways; bytes are taken from the peer as
 * fast as they are read, and no faster.
 *
 * <p>Belongs to the thread that runs the handler. All reading methods block (not on inline routes:
 * there the body has arrived before the handler runs).
 */
public interface RequestBody {

  /** {@return the length that the peer has announced; empty for a chunked body} 0: no body. */
  OptionalLong length();

  /**
   * Reads the whole body.
   *
   * @return what was read
   * @throws RequestBodyException if the body is too large, malformed, too slow or cut off
   * @throws IOException if the connection is gone
   * @throws IllegalStateException if the body has been read in another way
   */
  byte[] bytes() throws IOException;

  /**
   * Reads the whole body as text in the charset of the content-type header, UTF-8 by default.
   * Malformed sequences become U+FFFD.
   *
   * @return what was read
   * @throws RequestBodyException if the body is too large, malformed, too slow or cut off, or if
   *     its charset is unknown (415)
   * @throws IOException if the connection is gone
   * @throws IllegalStateException if the body has been read in another way
   */
  String text() throws IOException;

  /**
   * {@return the body as a stream; its read methods throw what {@link #bytes()} throws}
   *
   * @throws IllegalStateException if the body has been read in another way
   */
  InputStream stream();

  /**
   * {@return the trailer section (RFC 9110 §6.5), never merged into the headers}
   *
   * @throws IllegalStateException before the end of the body has been read
   */
  Headers trailers();
}
