package io.roadrunner.server.http1;

import io.roadrunner.http1.FieldLines;
import io.roadrunner.http1.Http1Encoder;
import io.roadrunner.server.Headers;
import io.roadrunner.server.ResponseStream;
import io.roadrunner.server.http1.ResponseHead.Framing;
import io.roadrunner.server.pipeline.TrailerFields;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A streamed body: chunks, an exact length, or everything until the connection ends. */
final class Http1ResponseStream implements ResponseStream {

  private static final int COLLECTED = 8 << 10;

  private final Output output;
  private final Framing framing;
  private final ByteBuffer collected = ByteBuffer.allocate(COLLECTED);
  private FieldLines trailers = FieldLines.empty();
  private long written;
  private boolean finished;

  Http1ResponseStream(Output output, Framing framing) {
    this.output = output;
    this.framing = framing;
  }

  @Override
  public void write(ByteBuffer data) throws IOException {
    if (finished) {
      throw new IllegalStateException("the response has ended");
    }
    written += data.remaining();
    // RFC 9110 §8.6: no byte beyond the announced length may leave.
    if (framing instanceof Framing.Length length && written > length.bytes()) {
      throw new IllegalStateException(
          "the response was announced with " + length.bytes() + " bytes, but its body has more");
    }
    if (data.remaining() <= collected.remaining()) {
      collected.put(data);
      return;
    }
    sendCollected();
    if (data.remaining() < COLLECTED) {
      collected.put(data);
    } else {
      send(data);
    }
  }

  private void sendCollected() throws IOException {
    if (collected.position() > 0) {
      send(collected.flip());
      collected.clear();
    }
  }

  private void send(ByteBuffer data) throws IOException {
    if (framing instanceof Framing.Chunked) {
      int size = data.remaining();
      Http1Encoder.chunkHead(size, output.room(Http1Encoder.chunkHeadSize(size)));
      output.write(data);
      Http1Encoder.chunkEnd(output.room(Http1Encoder.CHUNK_END_SIZE));
    } else {
      output.write(data);
    }
  }

  @Override
  public void flush() throws IOException {
    sendCollected();
    output.flush();
  }

  @Override
  public void trailers(Headers headers) {
    FieldLines.Builder lines = FieldLines.builder();
    for (int i = 0; i < headers.size(); i++) {
      TrailerFields.check(headers.name(i));
      lines.add(headers.name(i), headers.value(i));
    }
    trailers = lines.build();
  }

  /** Ends the body; fails if fewer bytes were written than announced. */
  void finish() throws IOException {
    if (framing instanceof Framing.Length length && written < length.bytes()) {
      throw new IllegalStateException(
          "the response was announced with "
              + length.bytes()
              + " bytes, but its body has only "
              + written);
    }
    sendCollected();
    if (framing instanceof Framing.Chunked) {
      Http1Encoder.lastChunk(trailers, output.room(Http1Encoder.lastChunkSize(trailers)));
    }
    finished = true;
  }

  long written() {
    return written;
  }
}
