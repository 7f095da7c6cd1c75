package io.roadrunner.http2;

import io.roadrunner.hpack.HpackEncoder;
import io.roadrunner.hpack.IndexingPolicy;
import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.http2.frame.FrameWriter;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent, and the order in which it leaves: control frames, header blocks in the
 * order of the commands, content by priority. Header blocks are encoded as they leave, so that the
 * order of encoding is the order of the wire, and what is dropped before that costs nothing.
 */
final class Sender {
  private static final int TABLE_BYTES = 4096;

  /** A DATA frame is not cut smaller than this because of what is left of a buffer. */
  private static final int LEAST_CUT = 256;

  private final Core core;
  private final ArrayDeque<Head> heads = new ArrayDeque<>(2);
  private final SendQueue ready = new SendQueue();
  private int connectionWindow = PeerSettings.DEFAULT_WINDOW;
  private @Nullable BlockWriter blocks;

  /** A header block to be sent, or the end of a response that has nothing else any more. */
  private record Head(Http2Stream stream, Kind kind, int status, FieldSource fields) {}

  private enum Kind {
    INTERIM,
    HEAD,
    HEAD_AND_END,
    TRAILERS,
    EMPTY_END
  }

  Sender(Core core) {
    this.core = core;
  }

  void interim(Http2Stream stream, int status, FieldSource fields) {
    heads.add(new Head(stream, Kind.INTERIM, status, fields));
  }

  void head(Http2Stream stream, int status, FieldSource fields, EndStream end) {
    Kind kind = end == EndStream.YES ? Kind.HEAD_AND_END : Kind.HEAD;
    heads.add(new Head(stream, kind, status, fields));
  }

  int data(Http2Stream stream, ByteBuffer data, EndStream end) {
    int bytes = Math.min(data.remaining(), core.limits.maxQueuedBytes() - stream.queuedBytes);
    if (bytes > 0) {
      stream.queue(data, bytes);
    }
    if (end == EndStream.YES && !data.hasRemaining()) {
      stream.response = Http2Stream.Response.ENDING;
      stream.queuedEnd = EndStream.YES;
      if (stream.queuedBytes == 0) {
        heads.add(new Head(stream, Kind.EMPTY_END, 0, Fields.none()));
      }
    }
    schedule(stream);
    return bytes;
  }

  void trailers(Http2Stream stream, FieldSource fields) {
    if (stream.queuedBytes == 0) {
      heads.add(new Head(stream, Kind.TRAILERS, 0, fields));
    } else {
      stream.queuedTrailers = fields;
    }
  }

  /** Forgets what a stream wanted to send. */
  void drop(Http2Stream stream) {
    ready.remove(stream);
    stream.dropOutput();
    if (!heads.isEmpty()) {
      heads.removeIf(head -> head.stream() == stream);
    }
  }

  void clear() {
    ready.clear();
    heads.clear();
  }

  /** Says whether the window stays within its bounds (RFC 9113 §6.9.1). */
  boolean openConnection(int increment) {
    long window = (long) connectionWindow + increment;
    connectionWindow = (int) Math.min(window, Integer.MAX_VALUE);
    return window <= Integer.MAX_VALUE;
  }

  /** The same for a stream; a change of settings may also take away (RFC 9113 §6.9.2). */
  boolean open(Http2Stream stream, long increment) {
    long window = stream.sendWindow + increment;
    stream.sendWindow = (int) Math.min(window, Integer.MAX_VALUE);
    if (isSendable(stream)) {
      ready.add(stream);
    } else {
      ready.remove(stream);
    }
    return window <= Integer.MAX_VALUE;
  }

  void reprioritize(Http2Stream stream, Priority priority) {
    ready.reprioritize(stream, priority);
  }

  void peerTableSize(long bytes) {
    if (blocks != null) {
      blocks.encoder().peerTableSize(bytes);
    }
  }

  boolean hasOutput() {
    return !core.control.isEmpty()
        || !heads.isEmpty()
        || (blocks != null && blocks.hasRest())
        || nextStream() != null;
  }

  void write(ByteBuffer out) {
    if (blocks != null) {
      blocks.drainTo(out); // nothing may come in between the frames of a block
      if (blocks.hasRest()) {
        return;
      }
    }
    do {
      core.control.drainTo(out);
      if (!core.control.isEmpty() || !heads(out)) {
        return;
      }
    } while (data(out));
  }

  private boolean heads(ByteBuffer out) {
    while (!heads.isEmpty()) {
      if (out.remaining() < FrameWriter.HEADER_BYTES) {
        return false;
      }
      Head head = heads.remove();
      if (head.kind() == Kind.EMPTY_END) {
        FrameWriter.dataHeader(head.stream().id, 0, EndStream.YES, out);
      } else if (!block(head, out)) {
        return false;
      }
      switch (head.kind()) {
        case INTERIM, HEAD -> {}
        case HEAD_AND_END, TRAILERS, EMPTY_END -> ended(head.stream());
      }
    }
    return core.control.isEmpty();
  }

  /** Says whether the whole block was written. */
  private boolean block(Head head, ByteBuffer out) {
    BlockWriter writer = blocks();
    EndStream end =
        head.kind() == Kind.INTERIM || head.kind() == Kind.HEAD ? EndStream.NO : EndStream.YES;
    int maxFrame = core.peer.maxFrameBytes();
    writer.write(head.stream().id, head.status(), head.fields(), end, maxFrame, out);
    if (end == EndStream.YES && writer.hasRest()) {
      ended(head.stream());
    }
    return !writer.hasRest();
  }

  private BlockWriter blocks() {
    if (blocks == null) {
      blocks = new BlockWriter(HpackEncoder.create(IndexingPolicy.standard(), TABLE_BYTES));
      blocks.encoder().peerTableSize(core.peer.leastHeaderTableBytes());
      blocks.encoder().peerTableSize(core.peer.headerTableBytes());
    }
    return blocks;
  }

  /** Writes content. Says whether something else came up that goes first. */
  private boolean data(ByteBuffer out) {
    Http2Stream stream = nextStream();
    while (stream != null) {
      int bytes = Math.min(stream.queuedBytes, core.peer.maxFrameBytes());
      bytes = Math.min(bytes, Math.min(stream.sendWindow, connectionWindow));
      int room = out.remaining() - FrameWriter.HEADER_BYTES;
      if (room < Math.min(bytes, LEAST_CUT)) {
        return false;
      }
      frame(stream, Math.min(bytes, room), out);
      if (!heads.isEmpty() || !core.control.isEmpty()) {
        return true;
      }
      stream = nextStream();
    }
    return false;
  }

  private void frame(Http2Stream stream, int bytes, ByteBuffer out) {
    boolean last = bytes == stream.queuedBytes;
    EndStream end = last ? stream.queuedEnd : EndStream.NO;
    FrameWriter.dataHeader(stream.id, bytes, end, out);
    stream.drain(bytes, out);
    stream.sendWindow -= bytes;
    connectionWindow -= bytes;
    if (last || bytes >= Overhead.TINY_BYTES) {
      core.reward(OverheadBudget.dataSent(bytes));
    }
    if (!last) {
      if (isSendable(stream)) {
        ready.rotate(stream);
      } else {
        ready.remove(stream);
      }
      return;
    }
    ready.remove(stream);
    if (end == EndStream.YES) {
      ended(stream);
    } else if (stream.queuedTrailers != null) {
      heads.add(new Head(stream, Kind.TRAILERS, 0, stream.queuedTrailers));
      stream.queuedTrailers = null;
    } else {
      core.events.add(new Http2Event.Writable(stream.id));
    }
  }

  private void ended(Http2Stream stream) {
    stream.response = Http2Stream.Response.SENT;
    core.events.add(new Http2Event.ResponseSent(stream.id));
    core.reward(OverheadBudget.REQUEST_SERVED);
    core.close(stream, stream.state.on(StreamState.Input.SEND_END));
    if (stream.resetWhenSent && !stream.state.isClosed()) {
      core.control.rstStream(stream.id, ErrorCode.NO_ERROR.code());
      core.close(stream, stream.state.on(StreamState.Input.SEND_DECLINE));
    }
  }

  private void schedule(Http2Stream stream) {
    if (isSendable(stream)) {
      ready.add(stream);
    }
  }

  /** Whether there is content, and a window that is worth a frame. */
  private boolean isSendable(Http2Stream stream) {
    return stream.queuedBytes > 0 && stream.sendWindow >= threshold(stream);
  }

  private @Nullable Http2Stream nextStream() {
    Http2Stream stream = ready.first();
    boolean fits =
        stream != null
            && connectionWindow >= Math.min(stream.queuedBytes, core.limits.minSendBytes());
    return fits ? stream : null;
  }

  /**
   * A peer that has taken what it was sent gives all of its window back, so that waiting for half
   * of the initial one does not last.
   */
  private int threshold(Http2Stream stream) {
    int half = Math.max(1, core.peer.initialWindow() / 2);
    return Math.min(stream.queuedBytes, Math.min(half, core.limits.minSendBytes()));
  }
}
