package io.roadrunner.server.http2;

import io.roadrunner.server.Headers;
import io.roadrunner.server.ResponseStream;
import io.roadrunner.server.pipeline.TrailerFields;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** A streamed body: collected to frames, or lent where it is large. */
final class Http2ResponseStream implements ResponseStream {

  private static final int COLLECTED = 16 << 10;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final StreamOutput output;
  private final OptionalLong length;
  private ByteBuffer collected = NOTHING;
  private Headers trailers = Headers.empty();
  private long written;
  private boolean finished;

  Http2ResponseStream(StreamOutput output, OptionalLong length) {
    this.output = output;
    this.length = length;
  }

  @Override
  public void write(ByteBuffer data) throws IOException {
    if (finished) {
      throw new IllegalStateException("the response has ended");
    }
    written += data.remaining();
    // RFC 9110 §8.6: no byte beyond the announced length may leave.
    if (length.isPresent() && written > length.getAsLong()) {
      throw new IllegalStateException(
          "the response was announced with "
              + length.getAsLong()
              + " bytes, but its body has more");
    }
    if (data.remaining() >= COLLECTED) {
      sendCollected();
      output.lend(data.slice());
      data.position(data.limit());
      // The caller may change its bytes as soon as this returns.
      output.awaitAll();
      return;
    }
    while (data.hasRemaining()) {
      if (!collected.hasRemaining()) {
        sendCollected();
        collected = ByteBuffer.allocate(COLLECTED);
      }
      int part = Math.min(data.remaining(), collected.remaining());
      collected.put(collected.position(), data, data.position(), part);
      collected.position(collected.position() + part);
      data.position(data.position() + part);
    }
  }

  private void sendCollected() throws IOException {
    if (collected.position() > 0) {
      output.lend(collected.flip());
      collected = NOTHING;
    }
  }

  @Override
  public void flush() throws IOException {
    sendCollected();
    output.flush();
  }

  @Override
  public void trailers(Headers headers) {
    for (int i = 0; i < headers.size(); i++) {
      TrailerFields.check(headers.name(i));
    }
    trailers = Headers.copyOf(headers);
  }

  /** Ends the body; fails if fewer bytes were written than announced. */
  Headers finish() throws IOException {
    if (length.isPresent() && written < length.getAsLong()) {
      throw new IllegalStateException(
          "the response was announced with "
              + length.getAsLong()
              + " bytes, but its body has only "
              + written);
    }
    sendCollected();
    finished = true;
    return trailers;
  }
}
