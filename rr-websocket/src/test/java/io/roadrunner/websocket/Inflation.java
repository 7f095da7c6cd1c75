package io.roadrunner.websocket;

import io.roadrunner.deflate.DeflateException;
import io.roadrunner.deflate.MessageInflater;
import io.roadrunner.deflate.Part;
import io.roadrunner.deflate.Progress;
import java.nio.ByteBuffer;

/** How rr-deflate fills the seam for decompression. */
// example: inflation
final class Inflation implements PayloadTransform {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final MessageInflater inflater;
  private final ByteBuffer piece = ByteBuffer.allocate(8192);

  Inflation(MessageInflater inflater) {
    this.inflater = inflater;
  }

  @Override
  public void transform(ByteBuffer compressed, PayloadSink out) {
    inflate(compressed, Part.MORE, out);
  }

  @Override
  public void end(PayloadSink out) {
    inflate(NOTHING, Part.LAST, out);
  }

  private void inflate(ByteBuffer compressed, Part part, PayloadSink out) {
    try {
      Progress progress;
      do {
        progress = inflater.inflate(compressed, part, piece.clear());
        out.accept(piece.flip());
      } while (progress == Progress.NEED_OUTPUT);
    } catch (DeflateException e) {
      throw switch (e.violation()) {
        case MESSAGE_TOO_LARGE -> WebSocketViolation.MESSAGE_TOO_LARGE.exception();
        case RATIO_TOO_HIGH -> WebSocketViolation.RATIO_TOO_HIGH.exception();
        default -> WebSocketViolation.BAD_COMPRESSION.exception();
      };
    }
  }
}

// example end
