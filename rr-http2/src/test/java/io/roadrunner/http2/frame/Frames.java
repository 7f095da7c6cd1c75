package io.roadrunner.http2.frame;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Frames as octets and back, whatever way the octets come in. */
final class Frames {

  private Frames() {}

  /** Type, flags, stream and payload as they are. */
  static ByteBuffer raw(int type, int flags, int streamId, int... payload) {
    ByteBuffer bytes = ByteBuffer.allocate(FrameHeader.BYTES + payload.length);
    bytes.putInt(payload.length << 8 | type).put((byte) flags).putInt(streamId);
    for (int octet : payload) {
      bytes.put((byte) octet);
    }
    return bytes.flip();
  }

  static ByteBuffer written(Frame... frames) {
    ByteBuffer bytes = ByteBuffer.allocate(1 << 17);
    for (Frame frame : frames) {
      FrameWriter.write(frame, bytes);
    }
    return bytes.flip();
  }

  static ByteBuffer bytes(int... octets) {
    ByteBuffer bytes = ByteBuffer.allocate(octets.length);
    for (int octet : octets) {
      bytes.put((byte) octet);
    }
    return bytes.flip();
  }

  /** What is in the octets: frames, and errors by name. They are cut as told, the rest is whole. */
  static List<Object> read(ByteBuffer octets, int... cuts) {
    Reading reading = new Reading();
    ByteBuffer in = octets.duplicate();
    for (int cut : cuts) {
      int length = Math.min(cut, in.remaining());
      reading.take(in.slice(in.position(), length));
      in.position(in.position() + length);
    }
    reading.take(in);
    return reading.log;
  }

  static List<Object> readByteByByte(ByteBuffer octets) {
    Reading reading = new Reading();
    for (int i = octets.position(); i < octets.limit(); i++) {
      reading.take(octets.slice(i, 1));
    }
    return reading.log;
  }

  private static final class Reading {
    final List<Object> log = new ArrayList<>();
    private final FrameReader reader = FrameReader.create(FrameReader.LEAST_MAX_FRAME_BYTES);
    private final ByteBuffer content = ByteBuffer.allocate(FrameReader.LEAST_MAX_FRAME_BYTES);
    private boolean failed;

    void take(ByteBuffer in) {
      while (!failed) {
        try {
          switch (reader.next(in)) {
            case NeedInput none -> {
              if (in.hasRemaining()) {
                throw new AssertionError("input is left: " + in);
              }
              return;
            }
            case DataFrame part -> data(part);
            case Frame frame -> log.add(copy(frame));
          }
        } catch (Http2Exception e) {
          failed = e.error() instanceof Http2Error.ConnectionError;
          log.add(e.error());
        }
      }
    }

    /** Puts the parts of a DATA frame together, and checks what they say of the whole. */
    private void data(DataFrame part) {
      if (part.part().isFirst()) {
        content.clear();
        flowControlled = 0;
      }
      content.put(part.data());
      flowControlled += part.flowControlledBytes();
      if (!part.part().isLast()) {
        if (part.endStream() == EndStream.YES || part.flowControlledBytes() == 0) {
          throw new AssertionError(part);
        }
        return;
      }
      content.flip();
      if (flowControlled != part.frameBytes() || content.remaining() != part.frameContentBytes()) {
        throw new AssertionError(part);
      }
      ByteBuffer copy = copy(content);
      log.add(
          new DataFrame(
              part.streamId(),
              copy,
              part.frameContentBytes(),
              part.frameBytes(),
              flowControlled,
              DataFrame.Part.WHOLE,
              part.endStream()));
    }

    private int flowControlled;
  }

  static ByteBuffer copy(ByteBuffer bytes) {
    return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
  }

  /** Views are valid until the next call. */
  private static Frame copy(Frame frame) {
    return switch (frame) {
      case HeadersFrame f ->
          new HeadersFrame(
              f.streamId(), copy(f.fragment()), f.endStream(), f.endHeaders(), f.dependency());
      case SettingsFrame f -> new SettingsFrame(f.ack(), copy(f.entries()));
      case PushPromiseFrame f ->
          new PushPromiseFrame(
              f.streamId(), f.promisedStreamId(), copy(f.fragment()), f.endHeaders());
      case GoAwayFrame f -> new GoAwayFrame(f.lastStreamId(), f.errorCode(), copy(f.debugData()));
      case ContinuationFrame f ->
          new ContinuationFrame(f.streamId(), copy(f.fragment()), f.endHeaders());
      case PriorityUpdateFrame f ->
          new PriorityUpdateFrame(f.prioritizedStreamId(), copy(f.priority()));
      case UnknownFrame f -> new UnknownFrame(f.type(), f.flags(), f.streamId(), copy(f.payload()));
      case DataFrame f -> f;
      case PriorityFrame f -> f;
      case RstStreamFrame f -> f;
      case PingFrame f -> f;
      case WindowUpdateFrame f -> f;
    };
  }

  /** One of each type, with every flag that it can be written with. */
  static List<Frame> examples() {
    ByteBuffer some = bytes(1, 2, 3, 0xFF);
    List<Frame> frames = new ArrayList<>();
    for (EndStream end : EndStream.values()) {
      frames.add(DataFrame.of(1, some, end));
      frames.add(DataFrame.of(Integer.MAX_VALUE, bytes(), end));
      for (EndHeaders last : EndHeaders.values()) {
        frames.add(new HeadersFrame(3, some, end, last, Optional.empty()));
        Optional<StreamDependency> dependency =
            Optional.of(new StreamDependency(7, end == EndStream.YES, 256));
        frames.add(new HeadersFrame(3, bytes(), end, last, dependency));
      }
    }
    for (EndHeaders last : EndHeaders.values()) {
      frames.add(new ContinuationFrame(3, some, last));
      frames.add(new PushPromiseFrame(3, 4, some, last));
    }
    frames.add(new PriorityFrame(5, new StreamDependency(0, false, 1)));
    frames.add(new RstStreamFrame(5, -1));
    frames.add(SettingsFrame.acknowledgement());
    frames.add(SettingsFrame.of());
    frames.add(SettingsFrame.of(1, 0xFFFF_FFFFL, 0xFFFF, 0));
    frames.add(new PingFrame(Ack.NO, Long.MIN_VALUE));
    frames.add(new PingFrame(Ack.YES, 42));
    frames.add(new GoAwayFrame(Integer.MAX_VALUE, 11, some));
    frames.add(new GoAwayFrame(0, 0, bytes()));
    frames.add(new WindowUpdateFrame(0, Integer.MAX_VALUE));
    frames.add(new WindowUpdateFrame(9, 1));
    frames.add(new PriorityUpdateFrame(9, some));
    frames.add(new UnknownFrame(0xFF, 0xFF, 0, some));
    frames.add(new UnknownFrame(0x0B, 0, 77, bytes()));
    return frames;
  }
}
