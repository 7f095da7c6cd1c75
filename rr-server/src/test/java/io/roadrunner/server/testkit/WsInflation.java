package io.roadrunner.server.testkit;

import io.roadrunner.deflate.DeflateException;
import io.roadrunner.deflate.DeflateLimits;
import io.roadrunner.deflate.DeflateParameters;
import io.roadrunner.deflate.MessageInflater;
import io.roadrunner.deflate.NativeCodecs;
import io.roadrunner.deflate.Part;
import io.roadrunner.deflate.Progress;
import io.roadrunner.websocket.PayloadSink;
import io.roadrunner.websocket.PayloadTransform;
import io.roadrunner.websocket.WebSocketViolation;
import java.nio.ByteBuffer;

/** Decompresses what the server sends. */
final class WsInflation implements PayloadTransform {
  private final MessageInflater inflater;

  WsInflation(DeflateParameters parameters) {
    inflater =
        MessageInflater.client(
            parameters,
            DeflateLimits.defaults().withMaxMessageBytes(1 << 30).withMaxRatio(2000),
            NativeCodecs.unpooled());
  }

  @Override
  public void transform(ByteBuffer compressed, PayloadSink out) {
    inflate(compressed, Part.MORE, out);
  }

  @Override
  public void end(PayloadSink out) {
    inflate(ByteBuffer.allocate(0), Part.LAST, out);
  }

  private void inflate(ByteBuffer compressed, Part part, PayloadSink out) {
    ByteBuffer piece = ByteBuffer.allocate(8192);
    Progress progress;
    try {
      do {
        progress = inflater.inflate(compressed, part, piece.clear());
        out.accept(piece.flip());
      } while (progress == Progress.NEED_OUTPUT);
    } catch (DeflateException e) {
      throw WebSocketViolation.BAD_COMPRESSION.exception();
    }
  }
}
