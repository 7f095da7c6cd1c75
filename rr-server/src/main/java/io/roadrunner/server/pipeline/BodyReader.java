package io.roadrunner.server.pipeline;

import io.roadrunner.server.Headers;
import io.roadrunner.server.RequestBody;
import io.roadrunner.server.RequestBodyException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The reading of a body in one of three ways, over a source of its bytes. */
public final class BodyReader implements RequestBody {

  /** Where the bytes come from. */
  public interface Source {
    /** Returns the next bytes, valid until the next call; empty at the end of the body. */
    ByteBuffer next() throws IOException;

    /** Returns the trailer section, after the end. */
    Headers trailers();

    /** Tells whether the end has been read. */
    boolean ended();

    /** Returns how many bytes have been read. */
    long bytes();
  }

  private final Source source;
  private final OptionalLong length;
  private final Headers headers;
  private boolean taken;

  /**
   * Creates the reading of one body.
   *
   * @param source its bytes
   * @param length as announced
   * @param headers of the request, for the charset of its text
   */
  public BodyReader(Source source, OptionalLong length, Headers headers) {
    this.source = source;
    this.length = length;
    this.headers = headers;
  }

  @Override
  public OptionalLong length() {
    return length;
  }

  /** Returns how many bytes have been read. */
  public long bytesRead() {
    return source.bytes();
  }

  private void take() {
    if (taken) {
      throw new IllegalStateException("the body of this request has been read already");
    }
    taken = true;
  }

  @Override
  public byte[] bytes() throws IOException {
    take();
    // Not sized by the announced length: a peer may announce much and send nothing.
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer part = source.next();
    while (part.hasRemaining()) {
      all.write(part.array(), part.arrayOffset() + part.position(), part.remaining());
      part = source.next();
    }
    return all.toByteArray();
  }

  @Override
  public String text() throws IOException {
    Charset charset = charset();
    return new String(bytes(), charset);
  }

  private Charset charset() throws RequestBodyException {
    String name = MediaTypes.charset(headers.first("content-type").orElse(""));
    try {
      return name.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new RequestBodyException(415, "the charset of the content-type is not supported");
    }
  }

  @Override
  public InputStream stream() {
    take();
    return new BodyStream();
  }

  @Override
  public Headers trailers() {
    if (!source.ended()) {
      throw new IllegalStateException("trailers are known after the end of the body was read");
    }
    return source.trailers();
  }

  private final class BodyStream extends InputStream {
    private @Nullable ByteBuffer part;

    private boolean more() throws IOException {
      if (part == null || !part.hasRemaining()) {
        part = source.next();
      }
      return part.hasRemaining();
    }

    @Override
    public int read() throws IOException {
      return more() ? Objects.requireNonNull(part).get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      Objects.checkFromIndexSize(offset, count, target.length);
      if (count == 0) {
        return 0;
      }
      if (!more()) {
        return -1;
      }
      ByteBuffer bytes = Objects.requireNonNull(part);
      int n = Math.min(count, bytes.remaining());
      bytes.get(target, offset, n);
      return n;
    }

    @Override
    public int available() {
      return part == null ? 0 : part.remaining();
    }
  }
}
