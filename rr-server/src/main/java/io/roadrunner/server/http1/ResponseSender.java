package io.roadrunner.server.http1;

import io.roadrunner.server.Response;
import io.roadrunner.server.ResponseBody;
import io.roadrunner.server.net.Connection;
import io.roadrunner.server.pipeline.Dispatcher;
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

  private final Connection connection;
  private final Dispatcher dispatcher;
  private final Output output;

  ResponseSender(Connection connection, Dispatcher dispatcher, Output output) {
    this.connection = connection;
    this.dispatcher = dispatcher;
    this.output = output;
  }

  /** Sends a response; a fault before its first byte left becomes a 500. */
  Outcome send(Http1Exchange exchange, Response response, boolean keepAlive) throws IOException {
    long mark = output.mark();
    try {
      return sendOnce(exchange, response, keepAlive);
    } catch (PeerGoneException e) {
      throw e.cause();
    } catch (Throwable e) {
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
      writing(bytes.asByteBuffer());
    }
    return bytes.length();
  }

  private void writing(ByteBuffer bytes) throws PeerGoneException {
    try {
      output.write(bytes);
    } catch (IOException e) {
      throw new PeerGoneException(e);
    }
  }

  private long sendFile(Response response, ResponsePlan plan, ResponseBody.FileRegion region)
      throws IOException {
    try (FileChannel file = FileChannel.open(region.file(), StandardOpenOption.READ)) {
      if (file.size() < region.position() + region.count()) {
        throw new IOException("the file is shorter than the region that was to be sent");
      }
      putHead(response, plan);
      try {
        output.flush();
      } catch (IOException e) {
        throw new PeerGoneException(e);
      }
      transfer(file, region.position(), region.count());
      return region.count();
    }
  }

  private void transfer(FileChannel file, long position, long count) throws IOException {
    long at = position;
    long end = position + count;
    while (at < end) {
      long moved;
      try {
        moved = connection.transferFrom(file, at, Math.min(TRANSFER_BYTES, end - at));
        output.pace().moved(moved);
        if (moved == 0) {
          if (file.size() < end) {
            throw new IOException("the file became shorter while it was sent");
          }
          connection.awaitWritable(output.pace());
        }
      } catch (IOException e) {
        throw new PeerGoneException(e);
      }
      at += moved;
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

  /** A write failed: nobody is there to get a 500. */
  static final class PeerGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    PeerGoneException(IOException cause) {
      super(cause);
    }

    IOException cause() {
      return getCause() instanceof IOException io ? io : this;
    }
  }
}
