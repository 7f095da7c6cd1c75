package io.roadrunner.http2.frame;

import java.nio.ByteBuffer;

/** Hands on the payload of one DATA frame as it comes in. */
final class DataReader {
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private int streamId;
  private int frameBytes;
  private int frameContentBytes;
  private EndStream endStream = EndStream.NO;
  private boolean padLengthDue;
  private boolean first;
  private int dataLeft;
  private int paddingLeft;

  /** Payload that was taken and not handed on yet: pad length and padding. */
  private int silentBytes;

  void open(FrameHeader header) {
    Payload.requireStream(header);
    streamId = header.streamId();
    frameBytes = header.length();
    endStream = EndStream.of(header.flags());
    padLengthDue = header.has(Flags.PADDED);
    Payload.requireLength(!padLengthDue || frameBytes > 0);
    dataLeft = frameBytes;
    frameContentBytes = frameBytes;
    paddingLeft = 0;
    silentBytes = 0;
    first = true;
  }

  /** The next part, or NeedInput. */
  FrameEvent next(ByteBuffer in) {
    if (padLengthDue && !padLength(in)) {
      return NeedInput.INSTANCE;
    }
    int data = Math.min(dataLeft, in.remaining());
    int padding = data == dataLeft ? Math.min(paddingLeft, in.remaining() - data) : 0;
    boolean last = data == dataLeft && padding == paddingLeft;
    ByteBuffer content = take(in, data);
    in.position(in.position() + padding);
    dataLeft -= data;
    paddingLeft -= padding;
    silentBytes += padding;
    if (!last && data == 0) {
      return NeedInput.INSTANCE;
    }
    int flowControlled = data + silentBytes;
    silentBytes = 0;
    DataFrame.Part part = DataFrame.Part.of(first, last);
    first = false;
    return new DataFrame(
        streamId,
        content,
        frameContentBytes,
        frameBytes,
        flowControlled,
        part,
        last ? endStream : EndStream.NO);
  }

  private boolean padLength(ByteBuffer in) {
    if (!in.hasRemaining()) {
      return false;
    }
    int padding = in.get() & 0xFF;
    if (padding >= frameBytes) {
      throw Http2Exception.connection(Http2Violation.BAD_PADDING); // RFC 9113 §6.1
    }
    padLengthDue = false;
    silentBytes = 1;
    paddingLeft = padding;
    dataLeft = frameBytes - 1 - padding;
    frameContentBytes = dataLeft;
    return true;
  }

  private static ByteBuffer take(ByteBuffer in, int length) {
    if (length == 0) {
      return EMPTY;
    }
    ByteBuffer view = in.slice(in.position(), length).asReadOnlyBuffer();
    in.position(in.position() + length);
    return view;
  }
}
