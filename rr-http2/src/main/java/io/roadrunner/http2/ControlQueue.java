package io.roadrunner.http2;

import io.roadrunner.http2.frame.Ack;
import io.roadrunner.http2.frame.Frame;
import io.roadrunner.http2.frame.FrameWriter;
import java.nio.ByteBuffer;

/**
 * Control frames that wait to be written. They are answers to frames of the peer, mostly, so there
 * is a cap for a peer that does not read them (RFC 9113 §10.5).
 */
final class ControlQueue {
  private static final ByteBuffer NONE = ByteBuffer.allocate(0);
  private static final int FIRST_BYTES = 128;

  private final int maxBytes;

  /** Written up to its position; what {@code sent} counts has left already. */
  private ByteBuffer queued = NONE;

  private int sent;

  /** Nothing may follow what is queued. */
  private boolean sealed;

  ControlQueue(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  boolean isEmpty() {
    return queued.position() == 0;
  }

  boolean isFull() {
    return queued.position() - sent > maxBytes;
  }

  void seal() {
    sealed = true;
  }

  void ping(Ack ack, long opaque) {
    if (!sealed) {
      FrameWriter.ping(ack, opaque, room(17));
    }
  }

  void rstStream(int streamId, int errorCode) {
    if (!sealed) {
      FrameWriter.rstStream(streamId, errorCode, room(13));
    }
  }

  void windowUpdate(int streamId, int increment) {
    if (!sealed) {
      FrameWriter.windowUpdate(streamId, increment, room(13));
    }
  }

  void goAway(int lastStreamId, int errorCode, ByteBuffer debugData) {
    if (!sealed) {
      FrameWriter.goAway(lastStreamId, errorCode, debugData, room(17 + debugData.remaining()));
    }
  }

  void settings(Frame settings, int entries) {
    if (!sealed) {
      FrameWriter.write(settings, room(FrameWriter.HEADER_BYTES + 6 * entries));
    }
  }

  void drainTo(ByteBuffer out) {
    int bytes = Math.min(out.remaining(), queued.position() - sent);
    out.put(out.position(), queued, sent, bytes);
    out.position(out.position() + bytes);
    sent += bytes;
    if (sent == queued.position()) {
      sent = 0;
      queued.clear();
      if (queued.capacity() > FIRST_BYTES) {
        queued = NONE;
      }
    }
  }

  /** Room behind what is queued; what has left makes way. */
  private ByteBuffer room(int bytes) {
    if (queued.remaining() < bytes) {
      ByteBuffer unsent = queued.flip().position(sent);
      int needed = unsent.remaining() + bytes;
      queued =
          needed <= queued.capacity() / 2
              ? queued.compact()
              : ByteBuffer.allocate(Math.max(FIRST_BYTES, 2 * needed)).put(unsent);
      sent = 0;
    }
    return queued;
  }
}
