package io.roadrunner.http2.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FramePropertiesTest {

  static Arbitrary<ByteBuffer> octets() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(40).map(ByteBuffer::wrap);
  }

  private static Arbitrary<Integer> ids(int least) {
    return Arbitraries.integers().between(least, Integer.MAX_VALUE);
  }

  private static Arbitrary<StreamDependency> dependencies() {
    return Combinators.combine(
            ids(0), Arbitraries.of(true, false), Arbitraries.integers().between(1, 256))
        .as(StreamDependency::new);
  }

  /** Everything that the writer takes. */
  static Arbitrary<Frame> anyFrame() {
    Arbitrary<EndStream> ends = Arbitraries.of(EndStream.class);
    Arbitrary<EndHeaders> lasts = Arbitraries.of(EndHeaders.class);
    Arbitrary<Ack> acks = Arbitraries.of(Ack.class);
    Arbitrary<Integer> codes = Arbitraries.integers();
    Arbitrary<Optional<StreamDependency>> optional = dependencies().optional();
    Arbitrary<long[]> settings =
        Arbitraries.longs()
            .between(0, 0xFFFF_FFFFL)
            .array(long[].class)
            .ofMinSize(1)
            .ofMaxSize(8)
            .map(FramePropertiesTest::pairs);
    return Arbitraries.oneOf(
        Combinators.combine(ids(1), octets(), ends).as(DataFrame::of),
        Combinators.combine(ids(1), octets(), ends, lasts, optional).as(HeadersFrame::new),
        Combinators.combine(ids(1), dependencies()).as(PriorityFrame::new),
        Combinators.combine(ids(1), codes).as(RstStreamFrame::new),
        settings.map(SettingsFrame::of),
        Arbitraries.of(SettingsFrame.acknowledgement()),
        Combinators.combine(ids(1), ids(0), octets(), lasts).as(PushPromiseFrame::new),
        Combinators.combine(acks, Arbitraries.longs()).as(PingFrame::new),
        Combinators.combine(ids(0), codes, octets()).as(GoAwayFrame::new),
        Combinators.combine(ids(0), ids(1)).as(WindowUpdateFrame::new),
        Combinators.combine(ids(1), octets(), lasts).as(ContinuationFrame::new),
        Combinators.combine(ids(1), octets()).as(PriorityUpdateFrame::new),
        Combinators.combine(
                Arbitraries.integers().between(0x11, 255),
                Arbitraries.integers().between(0, 255),
                ids(0),
                octets())
            .as(UnknownFrame::new));
  }

  /** Identifier, value, ... */
  private static long[] pairs(long[] values) {
    long[] pairs = new long[values.length / 2 * 2];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = i % 2 == 0 ? values[i] & 0xFFFF : values[i];
    }
    return pairs;
  }

  @Provide
  Arbitrary<List<Frame>> frames() {
    return anyFrame().list().ofMaxSize(8);
  }

  @Provide
  Arbitrary<int[]> cuts() {
    return Arbitraries.integers().between(0, 30).array(int[].class).ofMaxSize(12);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenIsReadHoweverItIsCut(
      @ForAll("frames") List<Frame> frames, @ForAll("cuts") int[] cuts) {
    ByteBuffer octets = Frames.written(frames.toArray(Frame[]::new));
    assertEquals(frames, Frames.read(octets));
    assertEquals(frames, Frames.read(octets, cuts));
    assertEquals(frames, Frames.readByteByByte(octets));
  }

  /** Frames that are right or wrong: the same whatever the cuts, and nothing but our exception. */
  @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
  void anyPayloadGivesTheSameHoweverItIsCut(
      @ForAll @IntRange(max = 18) int type,
      @ForAll @IntRange(max = 255) int flags,
      @ForAll @IntRange(max = 2) int streamId,
      @ForAll @Size(max = 20) byte[] payload,
      @ForAll("cuts") int[] cuts) {
    ByteBuffer octets = ByteBuffer.allocate(60);
    octets.putInt(payload.length << 8 | type).put((byte) flags).putInt(streamId).put(payload);
    octets.put(Frames.written(new PingFrame(Ack.NO, 7))).flip();
    List<Object> whole = Frames.read(octets);
    assertEquals(whole, Frames.read(octets, cuts));
    assertEquals(whole, Frames.readByteByByte(octets));
  }

  @Property(tries = 1000)
  void anyOctetsEndInFramesOrInOurException(@ForAll @Size(max = 80) byte[] octets) {
    ByteBuffer in = ByteBuffer.wrap(octets);
    assertEquals(Frames.read(in), Frames.readByteByByte(in));
  }
}
