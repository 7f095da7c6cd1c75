package io.roadrunner.http1;

import java.nio.ByteBuffer;

/**
 * Takes the framing off a chunked body (RFC 9112 §7.1).
 *
 * <pre>
 *   LINE --size > 0--> DATA --all there--> DATA_END --CRLF--> LINE
 *   LINE --size = 0--> TRAILERS --empty line--> (message ends)
 * </pre>
 */
final class ChunkedBody {
  private static final int FREE_LINE_BYTES = 16;

  private enum Part {
    LINE,
    DATA,
    DATA_END,
    TRAILERS
  }

  private final long maxOverhead;
  private final ChunkLine line;
  private final TrailerSection trailers;
  private Part part = Part.LINE;
  private long remaining;
  private long overhead;

  ChunkedBody(Http1Limits limits) {
    maxOverhead = limits.maxChunkOverhead();
    line = new ChunkLine(limits);
    trailers = new TrailerSection(limits);
  }

  void begin() {
    part = Part.LINE;
    overhead = 0;
    line.begin();
  }

  Http1Event next(ByteBuffer in, Window window) {
    if (part == Part.DATA_END && !dataEnd(in)) {
      return NeedInput.INSTANCE;
    }
    if (part == Part.LINE && !line(in, window)) {
      return NeedInput.INSTANCE;
    }
    if (part == Part.TRAILERS) {
      return window.scan(trailers, in) ? trailers.take() : NeedInput.INSTANCE;
    }
    return data(in);
  }

  private boolean line(ByteBuffer in, Window window) {
    if (!window.scan(line, in)) {
      return false;
    }
    remaining = line.size();
    charge(line.length(), remaining);
    if (remaining > 0) {
      part = Part.DATA;
    } else {
      part = Part.TRAILERS;
      trailers.begin();
    }
    return true;
  }

  /**
   * A few bytes of data in each of many long lines would cost the receiver more than the sender.
   */
  private void charge(int lineBytes, long dataBytes) {
    overhead = Math.max(0, overhead + Math.max(0, lineBytes - FREE_LINE_BYTES) - dataBytes);
    if (overhead > maxOverhead) {
      throw Http1Violation.CHUNK_OVERHEAD.exception();
    }
  }

  private Http1Event data(ByteBuffer in) {
    int length = (int) Math.min(remaining, in.remaining());
    if (length == 0) {
      return NeedInput.INSTANCE;
    }
    remaining -= length;
    if (remaining == 0) {
      part = Part.DATA_END;
    }
    return BodyBytes.take(in, length);
  }

  private boolean dataEnd(ByteBuffer in) {
    int at = in.position();
    if (in.hasRemaining() && in.get(at) != Ascii.CR) {
      throw Http1Violation.BAD_CHUNK_END.exception();
    }
    if (in.remaining() < 2) {
      return false;
    }
    if (in.get(at + 1) != Ascii.LF) {
      throw Http1Violation.BAD_CHUNK_END.exception();
    }
    in.position(at + 2);
    part = Part.LINE;
    line.begin();
    return true;
  }
}
