package io.roadrunner.server.websocket;

import io.roadrunner.deflate.DeflateConfig;
import io.roadrunner.deflate.DeflateParameters;
import io.roadrunner.deflate.MessageDeflater;
import io.roadrunner.deflate.MessageForm;
import io.roadrunner.deflate.NativeCodecs;
import io.roadrunner.deflate.Part;
import io.roadrunner.deflate.Progress;
import io.roadrunner.websocket.PayloadForm;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Compresses the messages of one session, for one thread at a time. */
final class Compression implements AutoCloseable {

  private static final int PIECE = 8 << 10;

  private final MessageDeflater deflater;

  Compression(DeflateParameters parameters, DeflateConfig config, NativeCodecs codecs) {
    deflater = MessageDeflater.server(parameters, config, codecs);
  }

  /** Returns how much room {@link #whole} needs. */
  int room(ByteBuffer payload) {
    return payload.remaining() + MessageDeflater.EXTRA_ROOM;
  }

  /** Compresses a message if it shrinks, else leaves it as it is. */
  PayloadForm whole(ByteBuffer payload, ByteBuffer out) {
    return deflater.message(payload, out) == MessageForm.COMPRESSED
        ? PayloadForm.COMPRESSED
        : PayloadForm.PLAIN;
  }

  /** Returns what a part of a message adds to its compressed payload. */
  ByteBuffer part(ByteBuffer plain, Part part) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    Progress progress;
    do {
      progress = deflater.deflate(plain, part, piece.clear());
      all.write(piece.array(), 0, piece.position());
    } while (progress == Progress.NEED_OUTPUT);
    return ByteBuffer.wrap(all.toByteArray());
  }

  @Override
  public void close() {
    deflater.close();
  }
}
