package io.roadrunner.http2.frame;

import java.nio.ByteBuffer;

/**
 * DATA (RFC 9113 §6.1), or a part of one: content is handed on as it comes in, so a frame may be
 * read as several of these.
 *
 * @param streamId not 0
 * @param data content, without padding; possibly empty
 * @param frameContentBytes content of the whole frame
 * @param frameBytes payload of the whole frame, with all that is padding: what counts for flow
 *     control
 * @param flowControlledBytes the share of this part in {@code frameBytes}
 * @param part which part this is
 * @param endStream {@link EndStream#YES} in the last part of the last frame only
 */
public record DataFrame(
    int streamId,
    ByteBuffer data,
    int frameContentBytes,
    int frameBytes,
    int flowControlledBytes,
    Part part,
    EndStream endStream)
    implements Frame {

  /** Which part of a frame. */
  public enum Part {
    /** All of it. */
    WHOLE,
    /** The beginning. */
    FIRST,
    /** Neither the beginning nor the end. */
    MIDDLE,
    /** The end. */
    LAST;

    /** {@return whether the frame begins here} */
    public boolean isFirst() {
      return this == WHOLE || this == FIRST;
    }

    /** {@return whether the frame ends here} */
    public boolean isLast() {
      return this == WHOLE || this == LAST;
    }

    static Part of(boolean first, boolean last) {
      if (first) {
        return last ? WHOLE : FIRST;
      }
      return last ? LAST : MIDDLE;
    }
  }

  /**
   * {@return a whole frame without padding}
   *
   * @param streamId not 0
   * @param data the content; its position stays where it is
   * @param endStream whether the content ends
   */
  public static DataFrame of(int streamId, ByteBuffer data, EndStream endStream) {
    int length = data.remaining();
    return new DataFrame(
        streamId, data.asReadOnlyBuffer(), length, length, length, Part.WHOLE, endStream);
  }

  /** Writes the header only; so many octets of content have to follow. */
  static void writeHeader(int streamId, int length, EndStream endStream, ByteBuffer out) {
    FrameHeader.write(length, FrameType.DATA, endStream.flag(), streamId, out);
  }

  void write(ByteBuffer out) {
    writeHeader(streamId, data.remaining(), endStream, out);
    out.put(data.duplicate());
  }
}
