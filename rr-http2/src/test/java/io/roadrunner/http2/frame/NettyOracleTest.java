package io.roadrunner.http2.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Settings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Frames between this reader and writer and Netty's; header blocks are HPACK's business. */
class NettyOracleTest {

  private static EmbeddedChannel channel() {
    return new EmbeddedChannel(new ChannelInboundHandlerAdapter());
  }

  /** Frames that carry no header block, and that Netty can tell its listener as they are. */
  @Provide
  Arbitrary<List<Frame>> frames() {
    return FramePropertiesTest.anyFrame().filter(NettyOracleTest::isPlain).list().ofMaxSize(6);
  }

  private static boolean isPlain(Frame frame) {
    return switch (frame) {
      case DataFrame f -> true;
      case RstStreamFrame f -> true;
      case PingFrame f -> true;
      case GoAwayFrame f -> true;
      case WindowUpdateFrame f -> true;
      case UnknownFrame f -> true;
      case PriorityFrame f -> f.streamId() != f.dependency().dependsOn();
      case SettingsFrame f -> false;
      case HeadersFrame f -> false;
      case ContinuationFrame f -> false;
      case PushPromiseFrame f -> false;
      case PriorityUpdateFrame f -> false;
    };
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void nettyReadsWhatWeWrite(@ForAll("frames") List<Frame> frames) throws Exception {
    List<String> expected = frames.stream().map(NettyOracleTest::line).toList();
    assertEquals(expected, readByNetty(Frames.written(frames.toArray(Frame[]::new))));
  }

  private static List<String> readByNetty(ByteBuffer octets) throws Exception {
    EmbeddedChannel channel = channel();
    Log log = new Log();
    try (DefaultHttp2FrameReader reader = new DefaultHttp2FrameReader(false)) {
      ByteBuf in = Unpooled.wrappedBuffer(octets);
      while (in.isReadable()) {
        reader.readFrame(channel.pipeline().firstContext(), in, log);
      }
    } finally {
      channel.finishAndReleaseAll();
    }
    return log.lines;
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void weReadWhatNettyWrites(
      @ForAll("frames") List<Frame> frames, @ForAll @IntRange(max = 256) int padding) {
    EmbeddedChannel channel = channel();
    ByteBuf out = Unpooled.buffer();
    try (DefaultHttp2FrameWriter writer = new DefaultHttp2FrameWriter()) {
      List<ChannelFuture> written = new ArrayList<>();
      for (Frame frame : frames) {
        written.add(write(writer, channel.pipeline().firstContext(), frame, padding));
      }
      channel.flushOutbound();
      assertTrue(written.stream().allMatch(ChannelFuture::isSuccess));
      for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
        out.writeBytes(part);
        part.release();
      }
    } finally {
      channel.finishAndReleaseAll();
    }
    List<String> read = new ArrayList<>();
    for (Object frame : Frames.read(out.nioBuffer())) {
      read.add(line((Frame) frame));
    }
    assertEquals(frames.stream().map(NettyOracleTest::line).toList(), read);
  }

  private static ChannelFuture write(
      DefaultHttp2FrameWriter to, ChannelHandlerContext ctx, Frame frame, int padding) {
    return switch (frame) {
      case DataFrame f ->
          to.writeData(
              ctx,
              f.streamId(),
              Unpooled.wrappedBuffer(f.data()),
              padding,
              f.endStream() == EndStream.YES,
              ctx.newPromise());
      case RstStreamFrame f ->
          to.writeRstStream(ctx, f.streamId(), f.errorCode() & 0xFFFF_FFFFL, ctx.newPromise());
      case PingFrame f -> to.writePing(ctx, f.ack() == Ack.YES, f.opaque(), ctx.newPromise());
      case GoAwayFrame f ->
          to.writeGoAway(
              ctx,
              f.lastStreamId(),
              f.errorCode() & 0xFFFF_FFFFL,
              Unpooled.wrappedBuffer(f.debugData()),
              ctx.newPromise());
      case WindowUpdateFrame f ->
          to.writeWindowUpdate(ctx, f.streamId(), f.increment(), ctx.newPromise());
      case UnknownFrame f ->
          to.writeFrame(
              ctx,
              (byte) f.type(),
              f.streamId(),
              new Http2Flags((short) f.flags()),
              Unpooled.wrappedBuffer(f.payload()),
              ctx.newPromise());
      case PriorityFrame f ->
          to.writePriority(
              ctx,
              f.streamId(),
              f.dependency().dependsOn(),
              (short) f.dependency().weight(),
              f.dependency().exclusive(),
              ctx.newPromise());
      case SettingsFrame f -> throw new AssertionError(f);
      case HeadersFrame f -> throw new AssertionError(f);
      case ContinuationFrame f -> throw new AssertionError(f);
      case PushPromiseFrame f -> throw new AssertionError(f);
      case PriorityUpdateFrame f -> throw new AssertionError(f);
    };
  }

  @Provide
  Arbitrary<int[]> settings() {
    return Arbitraries.integers().between(0, Integer.MAX_VALUE).array(int[].class).ofSize(5);
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void settingsBothWays(@ForAll("settings") int[] values) throws Exception {
    long frameSize = 16_384L + values[2] % 10_000;
    Http2Settings theirs =
        new Http2Settings()
            .headerTableSize(values[0])
            .initialWindowSize(values[1])
            .maxFrameSize((int) frameSize)
            .maxConcurrentStreams(values[3])
            .maxHeaderListSize(values[4]);
    SettingsFrame ours =
        SettingsFrame.of(1, values[0], 4, values[1], 5, frameSize, 3, values[3], 6, values[4]);
    assertEquals(List.of("settings " + theirs), readByNetty(Frames.written(ours)));
    assertEquals(
        List.of("settings ack"), readByNetty(Frames.written(SettingsFrame.acknowledgement())));
  }

  /** What one refuses, the other refuses as well; where it is known to differ, it is stricter. */
  @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
  void nettyAgreesOnAnyPayload(
      @ForAll("types") int type,
      @ForAll @IntRange(max = 1) int streamId,
      @ForAll @Size(max = 16) byte[] payload) {
    ByteBuffer octets = ByteBuffer.allocate(9 + payload.length);
    octets.putInt(payload.length << 8 | type).put((byte) 0).putInt(streamId).put(payload).flip();
    List<Object> ours = Frames.read(octets);
    boolean refused = ours.getFirst() instanceof Http2Error;
    boolean refusedByNetty = false;
    try {
      readByNetty(octets.duplicate());
    } catch (Exception e) {
      refusedByNetty = true;
    }
    boolean selfDependent = type == 2 && refusedByNetty && !refused;
    if (!selfDependent) {
      assertEquals(refusedByNetty, refused, ours.toString());
    }
  }

  @Provide
  Arbitrary<Integer> types() {
    return Arbitraries.of(0, 2, 3, 6, 7, 8, 0x20);
  }

  private static String line(Frame frame) {
    return switch (frame) {
      case DataFrame f ->
          "data %d %s %s".formatted(f.streamId(), hex(f.data()), f.endStream() == EndStream.YES);
      case RstStreamFrame f -> "rst %d %d".formatted(f.streamId(), f.errorCode());
      case PingFrame f -> "ping %s %d".formatted(f.ack() == Ack.YES, f.opaque());
      case GoAwayFrame f ->
          "goaway %d %d %s".formatted(f.lastStreamId(), f.errorCode(), hex(f.debugData()));
      case WindowUpdateFrame f -> "window %d %d".formatted(f.streamId(), f.increment());
      case UnknownFrame f ->
          "unknown %d %d %d %s".formatted(f.type(), f.flags(), f.streamId(), hex(f.payload()));
      case PriorityFrame f -> "priority %d %s".formatted(f.streamId(), f.dependency());
      default -> frame.toString();
    };
  }

  private static String hex(ByteBuffer octets) {
    return ByteBufUtil.hexDump(Unpooled.wrappedBuffer(octets));
  }

  private static final class Log extends Http2FrameAdapter {
    final List<String> lines = new ArrayList<>();

    @Override
    public int onDataRead(ChannelHandlerContext ctx, int id, ByteBuf data, int pad, boolean end) {
      lines.add("data %d %s %s".formatted(id, ByteBufUtil.hexDump(data), end));
      return 0;
    }

    @Override
    public void onPriorityRead(
        ChannelHandlerContext ctx, int id, int dependency, short weight, boolean exclusive) {
      StreamDependency read = new StreamDependency(dependency, exclusive, weight);
      lines.add("priority %d %s".formatted(id, read));
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext ctx, int id, long code) {
      lines.add("rst %d %d".formatted(id, (int) code));
    }

    @Override
    public void onSettingsAckRead(ChannelHandlerContext ctx) {
      lines.add("settings ack");
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings) {
      lines.add("settings " + settings);
    }

    @Override
    public void onPingRead(ChannelHandlerContext ctx, long data) {
      lines.add("ping false " + data);
    }

    @Override
    public void onPingAckRead(ChannelHandlerContext ctx, long data) {
      lines.add("ping true " + data);
    }

    @Override
    public void onGoAwayRead(ChannelHandlerContext ctx, int last, long code, ByteBuf debug) {
      lines.add("goaway %d %d %s".formatted(last, (int) code, ByteBufUtil.hexDump(debug)));
    }

    @Override
    public void onWindowUpdateRead(ChannelHandlerContext ctx, int id, int increment) {
      lines.add("window %d %d".formatted(id, increment));
    }

    @Override
    public void onUnknownFrame(
        ChannelHandlerContext ctx, byte type, int id, Http2Flags flags, ByteBuf payload) {
      lines.add(
          "unknown %d %d %d %s"
              .formatted(type & 0xFF, flags.value() & 0xFF, id, ByteBufUtil.hexDump(payload)));
    }
  }
}
