package io.roadrunner.http2.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class S6_FrameFormatsTest {
  private static final int RESERVED = 1 << 31;

  private static void assertReads(Object expected, ByteBuffer octets) {
    assertEquals(List.of(expected), Frames.read(octets), "whole");
    assertEquals(List.of(expected), Frames.readByteByByte(octets), "byte by byte");
    for (int cut = 1; cut < octets.remaining(); cut++) {
      assertEquals(List.of(expected), Frames.read(octets, cut), "cut at " + cut);
    }
  }

  private static void assertFails(Http2Violation violation, ByteBuffer octets) {
    assertReads(new Http2Error.ConnectionError(violation), octets);
  }

  private static void assertSizes(int type, int flags, int streamId, int... allowed) {
    List<Integer> sizes = new ArrayList<>();
    for (int size = 0; size < 24; size++) {
      int[] payload = new int[size];
      Arrays.fill(payload, 1);
      List<Object> read = Frames.read(Frames.raw(type, flags, streamId, payload));
      if (!(read.getFirst() instanceof Http2Error error)) {
        sizes.add(size);
      } else {
        assertEquals(ErrorCode.FRAME_SIZE_ERROR, error.code());
      }
    }
    assertEquals(Arrays.stream(allowed).boxed().toList(), sizes);
  }

  @Test
  void whatIsWrittenIsRead() {
    List<Frame> all = Frames.examples();
    for (Frame frame : all) {
      assertReads(frame, Frames.written(frame));
    }
    ByteBuffer octets = Frames.written(all.toArray(Frame[]::new));
    assertEquals(all, Frames.read(octets));
    assertEquals(all, Frames.readByteByByte(octets));
    for (int cut = 0; cut < octets.remaining(); cut += 7) {
      assertEquals(all, Frames.read(octets, cut, 1, 5));
    }
  }

  @Test
  void writingTakesNothingAndNeedsRoom() {
    for (Frame frame : Frames.examples()) {
      int length = Frames.written(frame).remaining();
      ByteBuffer out = ByteBuffer.allocate(length - 1);
      assertThrows(BufferOverflowException.class, () -> FrameWriter.write(frame, out));
      assertEquals(0, out.position());
      assertEquals(length, Frames.written(frame).remaining());
    }
  }

  @Nested
  class S4_1_Format {

    @Test
    void layout() {
      assertEquals(
          Frames.bytes(0, 0, 4, 3, 0, 0, 0, 0, 5, 0, 0, 0, 8),
          Frames.written(new RstStreamFrame(5, 8)));
      assertEquals(
          Frames.bytes(0, 0, 1, 0, 1, 0x7F, 0xFF, 0xFF, 0xFF, 0xAB),
          Frames.written(DataFrame.of(Integer.MAX_VALUE, Frames.bytes(0xAB), EndStream.YES)));
    }

    @Test
    void reservedBitsAreIgnored() {
      assertReads(new RstStreamFrame(5, 8), Frames.raw(3, 0xFF, RESERVED | 5, 0, 0, 0, 8));
      assertReads(new PingFrame(Ack.NO, 1), Frames.raw(6, 0xFE, RESERVED, 0, 0, 0, 0, 0, 0, 0, 1));
      assertReads(new WindowUpdateFrame(1, 5), Frames.raw(8, 0xFF, 1, 0x80, 0, 0, 5));
      assertReads(
          new GoAwayFrame(2, 3, Frames.bytes()),
          Frames.raw(7, 0xFF, RESERVED, 0x80, 0, 0, 2, 0, 0, 0, 3));
      assertReads(
          new PushPromiseFrame(1, 2, Frames.bytes(), EndHeaders.NO),
          Frames.raw(5, 0xF0, 1, 0x80, 0, 0, 2));
      assertReads(
          new PriorityUpdateFrame(2, Frames.bytes()), Frames.raw(16, 0xFF, 0, 0x80, 0, 0, 2));
    }

    @Test
    @DisplayName("H11 unknown types are read as they are")
    void unknown() {
      for (int type : new int[] {0x0A, 0x0F, 0x11, 0xFF}) {
        assertReads(
            new UnknownFrame(type, 0x2D, 8, Frames.bytes(1, 2)), Frames.raw(type, 0x2D, 8, 1, 2));
      }
    }

    @Test
    void whatCannotBeWritten() {
      ByteBuffer out = ByteBuffer.allocate(1 << 25);
      ByteBuffer none = Frames.bytes();
      List<Frame> wrong =
          List.of(
              new RstStreamFrame(-1, 0),
              DataFrame.of(-1, none, EndStream.NO),
              new UnknownFrame(256, 0, 0, none),
              new UnknownFrame(-1, 0, 0, none),
              new UnknownFrame(20, 256, 0, none),
              new UnknownFrame(20, 0, 0, ByteBuffer.allocate(1 << 24)),
              new WindowUpdateFrame(1, 0),
              new WindowUpdateFrame(1, -1),
              new GoAwayFrame(-1, 0, none),
              new PushPromiseFrame(1, -1, none, EndHeaders.YES),
              new PriorityUpdateFrame(-1, none));
      for (Frame frame : wrong) {
        assertThrows(
            IllegalArgumentException.class, () -> FrameWriter.write(frame, out), frame.toString());
        assertEquals(0, out.position());
      }
      assertThrows(IllegalArgumentException.class, () -> new StreamDependency(-1, false, 1));
      assertThrows(IllegalArgumentException.class, () -> new StreamDependency(1, false, 0));
      assertThrows(IllegalArgumentException.class, () -> new StreamDependency(1, false, 257));
      assertThrows(IllegalArgumentException.class, () -> SettingsFrame.of(1));
    }
  }

  @Nested
  class S4_2_Size {

    @Test
    @DisplayName("H02 over the limit: decided on the header")
    void overTheLimit() {
      for (int type = 0; type < 20; type++) {
        ByteBuffer header = Frames.raw(type, 0, type == 4 || type == 6 || type == 7 ? 0 : 1);
        header.putInt(0, 16_385 << 8 | type);
        assertFails(Http2Violation.FRAME_TOO_LARGE, header);
      }
    }

    @Test
    void atTheLimit() {
      Frame largest = new UnknownFrame(0x77, 0, 1, ByteBuffer.allocate(16_384));
      ByteBuffer octets = Frames.written(largest);
      assertEquals(List.of(largest), Frames.read(octets, 1000, 9000));
      assertThrows(IllegalArgumentException.class, () -> FrameReader.create(16_383));
      assertThrows(IllegalArgumentException.class, () -> FrameReader.create(1 << 24));
      FrameReader.create(FrameReader.MOST_FRAME_BYTES);
    }

    @Test
    void afterAConnectionErrorNothingIsRead() {
      FrameReader reader = FrameReader.create(16_384);
      assertFalse(reader.isMidFrame());
      assertThrows(Http2Exception.class, () -> reader.next(Frames.raw(6, 0, 1)));
      assertThrows(IllegalStateException.class, () -> reader.next(Frames.bytes()));
    }

    @Test
    void midFrame() {
      FrameReader reader = FrameReader.create(16_384);
      ByteBuffer octets = Frames.written(new PingFrame(Ack.NO, 1));
      for (int i = 0; i < octets.remaining() - 1; i++) {
        reader.next(octets.slice(i, 1));
        assertTrue(reader.isMidFrame(), i + " octets");
      }
      reader.next(octets.slice(octets.remaining() - 1, 1));
      assertFalse(reader.isMidFrame());
    }
  }

  @Nested
  class S6_StreamsAndSizes {

    @Test
    @DisplayName("H04 frames on stream 0 that need another, and the other way round")
    void streams() {
      for (int type : new int[] {0, 1, 2, 3, 5, 9}) {
        assertFails(Http2Violation.STREAM_ZERO, Frames.raw(type, 0, 0, 0, 0, 0, 1));
        assertFails(Http2Violation.STREAM_ZERO, Frames.raw(type, 0, RESERVED, 0, 0, 0, 1));
      }
      for (int type : new int[] {4, 6, 7, 16}) {
        assertFails(Http2Violation.NOT_STREAM_ZERO, Frames.raw(type, 0, 1));
      }
    }

    @Test
    @DisplayName("H03 lengths that a frame cannot have")
    void sizes() {
      assertSizes(3, 0, 1, 4);
      assertSizes(4, 0, 0, 0, 6, 12, 18);
      assertSizes(4, 1, 0, 0);
      assertSizes(6, 0, 0, 8);
      assertSizes(7, 0, 0, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23);
      assertSizes(8, 0, 0, 4);
      assertSizes(8, 0, 1, 4);
      assertSizes(2, 0, 1, 5);
    }

    @Test
    @DisplayName("H03 PRIORITY of a wrong length concerns its stream, the next frame is read")
    void priority() {
      ByteBuffer octets = ByteBuffer.allocate(100).put(Frames.raw(2, 0, 9, 1));
      octets.put(Frames.written(new PingFrame(Ack.NO, 1))).flip();
      assertEquals(
          List.of(
              new Http2Error.StreamError(9, Http2Violation.BAD_FRAME_LENGTH),
              new PingFrame(Ack.NO, 1)),
          Frames.read(octets));
    }

    @Test
    @DisplayName("H03 frames too short for what their flags promise")
    void tooShortForFlags() {
      assertFails(Http2Violation.BAD_FRAME_LENGTH, Frames.raw(0, 8, 1));
      assertFails(Http2Violation.BAD_FRAME_LENGTH, Frames.raw(1, 8, 1));
      assertFails(Http2Violation.BAD_FRAME_LENGTH, Frames.raw(1, 0x20, 1, 0, 0, 0, 0));
      assertFails(Http2Violation.BAD_FRAME_LENGTH, Frames.raw(1, 0x28, 1, 1, 0, 0, 0, 0, 0));
      assertFails(Http2Violation.BAD_FRAME_LENGTH, Frames.raw(5, 0, 1, 0, 0, 0));
      assertFails(Http2Violation.BAD_FRAME_LENGTH, Frames.raw(16, 0, 0, 0, 0, 0));
    }
  }

  @Nested
  class S6_1_Padding {

    @Test
    @DisplayName("H05 padding as long as the payload, and longer")
    void tooLong() {
      assertFails(Http2Violation.BAD_PADDING, Frames.raw(0, 8, 1, 1));
      assertFails(Http2Violation.BAD_PADDING, Frames.raw(0, 8, 1, 3, 0, 0));
      assertFails(Http2Violation.BAD_PADDING, Frames.raw(0, 8, 1, 255, 0));
      assertFails(Http2Violation.BAD_PADDING, Frames.raw(1, 12, 1, 1));
      assertFails(Http2Violation.BAD_PADDING, Frames.raw(5, 12, 1, 5, 0, 0, 0, 2));
    }

    @Test
    @DisplayName("H05 padding is taken off, and counts for flow control")
    void takenOff() {
      DataFrame padded =
          new DataFrame(1, Frames.bytes(7, 8), 2, 5, 5, DataFrame.Part.WHOLE, EndStream.YES);
      assertReads(padded, Frames.raw(0, 9, 1, 2, 7, 8, 0, 0));
      DataFrame onlyPadding =
          new DataFrame(1, Frames.bytes(), 0, 256, 256, DataFrame.Part.WHOLE, EndStream.NO);
      int[] payload = new int[256];
      payload[0] = 255;
      assertReads(onlyPadding, Frames.raw(0, 8, 1, payload));
      HeadersFrame headers =
          new HeadersFrame(
              1,
              Frames.bytes(0x82),
              EndStream.NO,
              EndHeaders.YES,
              Optional.of(new StreamDependency(3, true, 16)));
      assertReads(headers, Frames.raw(1, 0x2C, 1, 2, 0x80, 0, 0, 3, 15, 0x82, 0, 0));
      assertReads(
          new PushPromiseFrame(1, 2, Frames.bytes(0x82), EndHeaders.YES),
          Frames.raw(5, 0x0C, 1, 1, 0, 0, 0, 2, 0x82, 0));
    }
  }

  @Nested
  class S6_Values {

    @Test
    @DisplayName("H17 an increment of zero")
    void increment() {
      assertFails(Http2Violation.ZERO_INCREMENT, Frames.raw(8, 0, 0, 0, 0, 0, 0));
      assertFails(Http2Violation.ZERO_INCREMENT, Frames.raw(8, 0, 0, 0x80, 0, 0, 0));
      assertReads(
          new Http2Error.StreamError(1, Http2Violation.ZERO_INCREMENT),
          Frames.raw(8, 0, 1, 0, 0, 0, 0));
    }

    @Test
    @DisplayName("H22 PRIORITY_UPDATE that names no stream")
    void priorityUpdate() {
      assertFails(Http2Violation.BAD_PRIORITY_UPDATE, Frames.raw(16, 0, 0, 0x80, 0, 0, 0));
    }

    @Test
    void settings() {
      SettingsFrame frame = SettingsFrame.of(4, 0xFFFF_FFFFL, 0xABCD, 7);
      assertEquals(2, frame.count());
      assertEquals(4, frame.id(0));
      assertEquals(0xFFFF_FFFFL, frame.value(0));
      assertEquals(0xABCD, frame.id(1));
      assertEquals(7, frame.value(1));
      assertEquals(0, frame.streamId());
      assertEquals(0, SettingsFrame.acknowledgement().count());
    }

    @Test
    void framesOfTheConnectionAreOnStreamZero() {
      assertEquals(0, new PingFrame(Ack.NO, 1).streamId());
      assertEquals(0, new GoAwayFrame(5, 0, Frames.bytes()).streamId());
      assertEquals(0, new PriorityUpdateFrame(5, Frames.bytes()).streamId());
    }
  }

  @Test
  void violationsNameTheirSections() {
    for (Http2Violation violation : Http2Violation.values()) {
      Http2Exception connection = Http2Exception.connection(violation);
      assertTrue(violation.section().matches("RFC \\d{4} §\\d+(\\.\\d+)*"), violation.section());
      assertEquals(violation.text() + ", " + violation.section(), connection.getMessage());
      assertEquals(new Http2Error.ConnectionError(violation), connection.error());
      assertEquals(violation.code(), connection.error().code());
      assertEquals(0, connection.getStackTrace().length);
      assertEquals(
          new Http2Error.StreamError(5, violation), Http2Exception.stream(5, violation).error());
    }
    int number = 0;
    for (ErrorCode code : ErrorCode.values()) {
      assertEquals(number, code.code());
      number++;
    }
  }
}
