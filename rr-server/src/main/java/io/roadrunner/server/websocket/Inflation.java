package io.roadrunner.server.websocket;

import io.roadrunner.deflate.DeflateException;
import io.roadrunner.deflate.DeflateLimits;
import io.roadrunner.deflate.DeflateParameters;
import io.roadrunner.deflate.MessageInflater;
import io.roadrunner.deflate.Part;
import io.roadrunner.deflate.Progress;
import io.roadrunner.server.WebSocketOptions;
import io.roadrunner.server.net.EventLoop;
import io.roadrunner.websocket.CloseCode;
import io.roadrunner.websocket.PayloadSink;
import io.roadrunner.websocket.PayloadTransform;
import io.roadrunner.websocket.WebSocketException;
import io.roadrunner.websocket.WebSocketViolation;
import java.nio.ByteBuffer;

/** Decompresses the messages of one session, in pieces of the size of a loop's buffer. */
final class Inflation implements PayloadTransform, AutoCloseable {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final MessageInflater inflater;
  private final EventLoop loop;

  Inflation(DeflateParameters parameters, WebSocketOptions options, EventLoop loop) {
    DeflateLimits wanted = options.inflation();
    long most = Math.min(wanted.maxMessageBytes(), options.limits().maxMessageBytes());
    this.inflater =
        MessageInflater.server(parameters, wanted.withMaxMessageBytes(most), options.codecs());
    this.loop = loop;
  }

  @Override
  public void transform(ByteBuffer compressed, PayloadSink out) {
    inflate(compressed, Part.MORE, out);
  }

  @Override
  public void end(PayloadSink out) {
    inflate(NOTHING.duplicate(), Part.LAST, out);
  }

  private void inflate(ByteBuffer compressed, Part part, PayloadSink out) {
    ByteBuffer piece = loop.frameBuffer();
    try {
      Progress progress;
      do {
        progress = inflater.inflate(compressed, part, piece.clear());
        if (piece.flip().hasRemaining()) {
          out.accept(piece);
        }
      } while (progress == Progress.NEED_OUTPUT);
    } catch (DeflateException e) {
      throw translated(e);
    }
  }

  private static WebSocketException translated(DeflateException e) {
    return e.violation().closeCode() == CloseCode.TOO_LARGE
        ? WebSocketViolation.MESSAGE_TOO_LARGE.exception()
        : WebSocketViolation.BAD_COMPRESSION.exception();
  }

  @Override
  public void close() {
    inflater.close();
  }
}
