package io.roadrunner.server.http2;

import io.roadrunner.server.Headers;
import io.roadrunner.server.Response;
import io.roadrunner.server.ResponseBody;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a response body from the thread that makes it to the loop. What has been handed over
 * and has not left is bounded; who wants to hand over more waits.
 */
final class StreamOutput {

  private static final Logger LOG = LoggerFactory.getLogger(StreamOutput.class);

  private static final int FILE_PART = 128 << 10;

  /** How much may be on its way to the peer before the writer has to wait. */
  private static final int MOST_LENT = 128 << 10;

  private final StreamRun stream;
  private final Response response;
  private boolean begun;
  private long lent;
  private @Nullable IOException failure;

  StreamOutput(StreamRun stream, Response response) {
    this.stream = stream;
    this.response = response;
  }

  // The loop's side.

  synchronized void released(int bytes) {
    lent -= bytes;
    notifyAll();
  }

  synchronized void fail(IOException cause) {
    if (failure == null) {
      failure = cause;
      notifyAll();
    }
  }

  // The writer's side.

  /** Sends the response. Returns the last command, which ends it and says how that went. */
  Command send(Response whole) {
    try {
      // Before anything is made: what a writer does may not be undone.
      ResponseShape.fields(stream, response);
      Headers trailers =
          switch (whole.body()) {
            case ResponseBody.Stream body -> made(body);
            case ResponseBody.FileRegion region -> file(region);
            case ResponseBody.Bytes b -> throw new IllegalStateException("not for a thread");
            case ResponseBody.Empty e -> throw new IllegalStateException("not for a thread");
            case ResponseBody.WebSocket w -> throw new IllegalStateException("not for a thread");
          };
      begin();
      return new Command.Finish(stream, trailers);
    } catch (Throwable e) {
      return broken(e);
    }
  }

  private Command broken(Throwable cause) {
    if (!isGone()) {
      stream.failed(cause);
      letLeave();
    }
    return begun || isGone()
        ? new Command.Abort(stream)
        : new Command.Answer(stream, Response.text("Internal Server Error\n").status(500));
  }

  /** What was handed over reaches the peer before it learns that no more will come. */
  private void letLeave() {
    try {
      awaitAll();
    } catch (IOException e) {
      LOG.trace("the peer has gone as well", e);
    }
  }

  private synchronized boolean isGone() {
    return failure != null;
  }

  private Headers made(ResponseBody.Stream body) throws Exception {
    Http2ResponseStream out = new Http2ResponseStream(this, body.length());
    body.writer().write(out);
    return out.finish();
  }

  private Headers file(ResponseBody.FileRegion region) throws IOException {
    try (FileChannel file = FileChannel.open(region.file(), StandardOpenOption.READ)) {
      if (file.size() < region.position() + region.count()) {
        throw new IOException("the file is shorter than the region that was to be sent");
      }
      long at = region.position();
      long end = at + region.count();
      while (at < end) {
        ByteBuffer part = ByteBuffer.allocate((int) Math.min(FILE_PART, end - at));
        if (file.read(part, at) < part.capacity()) {
          throw new IOException("the file became shorter while it was sent");
        }
        at += part.capacity();
        lend(part.flip());
      }
    }
    return Headers.empty();
  }

  private void begin() {
    if (!begun) {
      begun = true;
      stream.post(new Command.Begin(stream, response));
    }
  }

  /**
   * Hands over bytes, which must not change until they have left.
   *
   * @throws IOException if the peer has gone or reads too slowly
   */
  void lend(ByteBuffer data) throws IOException {
    int bytes = data.remaining();
    synchronized (this) {
      awaitAtMost(MOST_LENT);
      lent += bytes;
    }
    begin();
    stream.post(new Command.Part(stream, data));
  }

  /** Waits until everything that was handed over has left. */
  synchronized void awaitAll() throws IOException {
    awaitAtMost(0);
  }

  private synchronized void awaitAtMost(long most) throws IOException {
    try {
      while (failure == null && lent > most) {
        wait();
      }
    } catch (InterruptedException e) {
      throw failure == null
          ? new InterruptedIOException("interrupted while waiting for the peer")
          : failure;
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Lets the head leave, if nothing has left yet. */
  void flush() throws IOException {
    synchronized (this) {
      awaitAtMost(MOST_LENT);
    }
    begin();
  }
}
