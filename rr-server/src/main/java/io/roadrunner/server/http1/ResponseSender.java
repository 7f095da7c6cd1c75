package io.roadrunner.server.http1;

import io.roadrunner.server.Response;
import io.roadrunner.server.ResponseBody;
import io.roadrunner.server.pipeline.Dispatcher;
import io.roadrunner.server.pipeline.OwnFields;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** Sends responses of every kind from a virtual thread, which may wait for the peer. */
final class ResponseSender {

  /** How a response ended. */
  enum Outcome {
    /** Complete; the connection may go on. */
    KEEP,
    /** Complete; the connection ends. */
    CLOSE,
    /** Cut off: the connection must end without looking complete. */
    ABORT
  }

  private static final long TRANSFER_BYTES = 1 << 20;

  private final Dispatcher dispatcher;
  private final Output output;

  ResponseSender(Dispatcher dispatcher, Output output) {
    this.dispatcher = dispatcher;
    this.output = output;
  }

  /** Sends a response; a fault before its first byte left becomes a 500. */
  Outcome send(Http1Exchange exchange, Response response, boolean keepAlive) throws IOException {
    long mark = output.mark();
    try {
      return sendOnce(exchange, response, keepAlive);
    } catch (Throwable e) {
      IOException gone = output.failure();
      if (gone != null) {
        // Nobody is there to get a 500.
        throw gone;
      }
      dispatcher.failed(exchange.request(), e);
      if (!output.takeBack(mark)) {
        dispatcher.reports().aborted(exchange.request(), response.status());
        return Outcome.ABORT;
      }
      Response failure = Response.text("Internal Server Error\n").status(500);
      try {
        return sendOnce(exchange, failure, keepAlive);
      } catch (Exception again) {
        throw again instanceof IOException io ? io : new IOException(again);
      }
    }
  }

  private Outcome sendOnce(Http1Exchange exchange, Response response, boolean keepAlive)
      throws Exception {
    ResponsePlan plan = ResponsePlan.of(exchange, response, keepAlive);
    boolean sent = plan.content() == ResponsePlan.Content.SENT;
    if (sent) {
      OwnFields.check(response.headers(), ResponsePlan.length(response.body()));
    }
    long bodyBytes =
        switch (response.body()) {
          case ResponseBody.Bytes bytes when sent -> sendBytes(response, plan, bytes);
          case ResponseBody.FileRegion region when sent -> sendFile(response, plan, region);
          case ResponseBody.Stream stream when sent -> sendStream(response, plan, stream);
          default -> {
            putHead(response, plan);
            yield 0;
          }
        };
    long bodyIn = exchange.bodyBytes();
    dispatcher
        .reports()
        .stopped(exchange.request(), response.status(), response.body(), bodyIn, bodyBytes);
    return plan.closes() ? Outcome.CLOSE : Outcome.KEEP;
  }

  private void putHead(Response response, ResponsePlan plan) throws IOException {
    ByteBuffer out = output.room(ResponseHead.maxSize(response.headers()));
    ResponseHead.write(
        response.status(), response.headers(), plan.framing(), plan.connection(), out);
  }

  private long sendBytes(Response response, ResponsePlan plan, ResponseBody.Bytes bytes)
      throws IOException {
    putHead(response, plan);
    if (bytes.length() <= Output.COPIED) {
      bytes.copyTo(output.room(bytes.length()));
    } else {
      output.write(bytes.asByteBuffer());
    }
    return bytes.length();
  }

  private long sendFile(Response response, ResponsePlan plan, ResponseBody.FileRegion region)
      throws IOException {
    try (FileChannel file = FileChannel.open(region.file(), StandardOpenOption.READ)) {
      if (file.size() < region.position() + region.count()) {
        throw new IOException("the file is shorter than the region that was to be sent");
      }
      putHead(response, plan);
      output.flush();
      transfer(file, region.position(), region.count());
      return region.count();
    }
  }

  private void transfer(FileChannel file, long position, long count) throws IOException {
    long at = position;
    long end = position + count;
    while (at < end) {
      at += output.transferFrom(file, at, Math.min(TRANSFER_BYTES, end - at));
      if (at < end && file.size() < end) {
        throw new IOException("the file became shorter while it was sent");
      }
    }
  }

  private long sendStream(Response response, ResponsePlan plan, ResponseBody.Stream stream)
      throws Exception {
    putHead(response, plan);
    Http1ResponseStream out = new Http1ResponseStream(output, plan.framing());
    stream.writer().write(out);
    out.finish();
    return out.written();
  }
}
