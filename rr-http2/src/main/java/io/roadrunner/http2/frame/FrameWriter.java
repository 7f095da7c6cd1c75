package io.roadrunner.http2.frame;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;

/**
 * Writes frames. None is padded. Each method writes a whole frame from the buffer's position on, or
 * throws {@link BufferOverflowException} and has written nothing. Whether the peer wants a frame of
 * that size is for the caller to know.
 */
public final class FrameWriter {
  /** Octets ahead of each payload. */
  public static final int HEADER_BYTES = FrameHeader.BYTES;

  private FrameWriter() {}

  /**
   * Writes any frame. Buffers in it stay where they are.
   *
   * @param frame what to write; of a part of a DATA frame, a frame with its content
   * @param out takes the frame
   */
  public static void write(Frame frame, ByteBuffer out) {
    switch (frame) {
      case DataFrame data -> data.write(out);
      case HeadersFrame headers -> headers.write(out);
      case PriorityFrame priority -> priority.write(out);
      case RstStreamFrame reset -> rstStream(reset.streamId(), reset.errorCode(), out);
      case SettingsFrame settings -> settings.write(out);
      case PushPromiseFrame promise -> promise.write(out);
      case PingFrame ping -> ping(ping.ack(), ping.opaque(), out);
      case GoAwayFrame goAway ->
          goAway(goAway.lastStreamId(), goAway.errorCode(), goAway.debugData(), out);
      case WindowUpdateFrame update -> windowUpdate(update.streamId(), update.increment(), out);
      case ContinuationFrame continuation -> continuation.write(out);
      case PriorityUpdateFrame update -> update.write(out);
      case UnknownFrame unknown -> unknown.write(out);
    }
  }

  /**
   * Writes the header of a DATA frame. The caller puts the content behind it, for which there is
   * room.
   *
   * @param streamId not 0
   * @param length octets of content
   * @param endStream whether the content ends
   * @param out takes the header
   */
  public static void dataHeader(int streamId, int length, EndStream endStream, ByteBuffer out) {
    DataFrame.writeHeader(streamId, length, endStream, out);
  }

  /**
   * Writes the header of a HEADERS frame. The caller puts the header block behind it, for which
   * there is room.
   *
   * @param streamId not 0
   * @param length octets of the block, or its first part
   * @param endStream whether this is the last on the stream
   * @param endHeaders whether the block is complete
   * @param out takes the header
   */
  public static void headersHeader(
      int streamId, int length, EndStream endStream, EndHeaders endHeaders, ByteBuffer out) {
    int flags = endStream.flag() | endHeaders.flag();
    FrameHeader.write(length, FrameType.HEADERS, flags, streamId, out);
  }

  /**
   * Writes the header of a CONTINUATION frame. The caller puts the fragment behind it, for which
   * there is room.
   *
   * @param streamId not 0
   * @param length octets of the fragment
   * @param endHeaders whether the block is complete
   * @param out takes the header
   */
  public static void continuationHeader(
      int streamId, int length, EndHeaders endHeaders, ByteBuffer out) {
    FrameHeader.write(length, FrameType.CONTINUATION, endHeaders.flag(), streamId, out);
  }

  /**
   * Writes RST_STREAM.
   *
   * @param streamId not 0
   * @param errorCode why
   * @param out takes the frame
   */
  public static void rstStream(int streamId, int errorCode, ByteBuffer out) {
    RstStreamFrame.write(streamId, errorCode, out);
  }

  /**
   * Writes PING.
   *
   * @param ack whether it is an answer
   * @param opaque eight octets
   * @param out takes the frame
   */
  public static void ping(Ack ack, long opaque, ByteBuffer out) {
    PingFrame.write(ack, opaque, out);
  }

  /**
   * Writes GOAWAY.
   *
   * @param lastStreamId the highest stream that was or may be processed
   * @param errorCode why
   * @param debugData for the eyes of people; its position stays where it is
   * @param out takes the frame
   */
  public static void goAway(int lastStreamId, int errorCode, ByteBuffer debugData, ByteBuffer out) {
    GoAwayFrame.write(lastStreamId, errorCode, debugData, out);
  }

  /**
   * Writes WINDOW_UPDATE.
   *
   * @param streamId 0 for the window of the connection
   * @param increment 1 to 2^31-1
   * @param out takes the frame
   */
  public static void windowUpdate(int streamId, int increment, ByteBuffer out) {
    WindowUpdateFrame.write(streamId, increment, out);
  }
}
