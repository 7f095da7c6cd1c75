package io.roadrunner.server.http1;

import io.roadrunner.server.Response;
import io.roadrunner.server.ResponseBody;
import io.roadrunner.server.net.Connection;
import io.roadrunner.server.net.Protocol;
import io.roadrunner.server.pipeline.OwnFields;
import io.roadrunner.server.websocket.Opening;
import io.roadrunner.telemetry.CloseReason;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Answers given on the event loop: collected in the loop's buffer, written together, and what the
 * socket does not take is kept for a virtual thread, since the loop must not wait.
 */
final class LoopOutput {

  /** What {@link #put} returns when a response cannot leave from the loop. */
  static final long NOT_TAKEN = -1;

  private static final byte[] NOTHING = new byte[0];

  private final Connection connection;
  private byte[] unsent = NOTHING;

  LoopOutput(Connection connection) {
    this.connection = connection;
  }

  private ByteBuffer buffer() {
    return connection.loop().outBuffer();
  }

  /**
   * Puts a response, after sending what is before it if need be. Returns the bytes of its content,
   * or {@link #NOT_TAKEN}: it has to leave by way of a virtual thread.
   */
  long put(Response response, ResponsePlan plan) {
    if (!takes(response)) {
      return NOT_TAKEN;
    }
    ByteBuffer out = buffer();
    int mark = out.position();
    try {
      ResponseHead.write(
          response.status(), response.headers(), plan.framing(), plan.connection(), out);
    } catch (IllegalArgumentException e) {
      // Headers that nobody has checked fail again there, and become a 500 and a line in the log.
      out.position(mark);
      return NOT_TAKEN;
    }
    if (plan.content() == ResponsePlan.Content.SENT
        && response.body() instanceof ResponseBody.Bytes bytes) {
      bytes.copyTo(out);
      return bytes.length();
    }
    return 0;
  }

  /** Tells whether a whole response can leave from here, after sending what is before it. */
  private boolean takes(Response response) {
    long size =
        switch (response.body()) {
          case ResponseBody.Empty e -> ResponseHead.maxSize(response.headers());
          case ResponseBody.Bytes bytes ->
              bytes.length() + (long) ResponseHead.maxSize(response.headers());
          case ResponseBody.FileRegion f -> Long.MAX_VALUE;
          case ResponseBody.Stream s -> Long.MAX_VALUE;
          case ResponseBody.WebSocket w -> Long.MAX_VALUE;
        };
    // A handler's own framing fields need the checks, and the failures, of the other way.
    if (OwnFields.frame(response.headers()) || size > buffer().capacity()) {
      return false;
    }
    return size <= buffer().remaining() || flush();
  }

  /** Puts the answer to a malformed message. */
  void putRefusal(int status, String text) {
    if (buffer().remaining() >= Refusals.MAX_SIZE || flush()) {
      Refusals.write(status, text, buffer());
    }
  }

  /** Answers the handshake of another protocol, which gets the connection and what is unread. */
  Protocol.Flow upgrade(
      Http1Exchange exchange, Response response, Opening.Agreed agreed, ByteBuffer in) {
    if (flush()) {
      Upgrade.writeHead(agreed, buffer());
      flush();
    } else {
      ByteBuffer all = ByteBuffer.allocate(unsent.length + Upgrade.headSize(agreed)).put(unsent);
      Upgrade.writeHead(agreed, all);
      unsent = new byte[all.flip().remaining()];
      all.get(unsent);
    }
    Upgrade.switchOver(exchange, response, agreed, connection).beginSoon(takeUnsent(), in);
    return Protocol.Flow.LEFT_LOOP;
  }

  /**
   * Sends what is collected; false if the socket did not take all. What is left is kept, here or by
   * TLS, and a virtual thread has to wait until it has been sent.
   */
  boolean flush() {
    ByteBuffer out = buffer();
    if (out.position() == 0) {
      return unsent.length == 0;
    }
    out.flip();
    try {
      connection.write(out);
      if (out.hasRemaining()) {
        unsent = new byte[out.remaining()];
        out.get(unsent);
      }
    } catch (IOException e) {
      connection.close(CloseReason.PEER_GONE);
    }
    out.clear();
    return unsent.length == 0 && (connection.isFlushed() || !connection.isOpen());
  }

  /** Returns what the socket did not take; for the virtual thread that sends it. */
  byte[] takeUnsent() {
    byte[] rest = unsent;
    unsent = NOTHING;
    return rest;
  }
}
