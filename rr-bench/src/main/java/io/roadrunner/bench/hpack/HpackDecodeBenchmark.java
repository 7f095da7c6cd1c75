package io.roadrunner.bench.hpack;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.NettyHpackDecoder;
import io.roadrunner.hpack.HeaderSink;
import io.roadrunner.hpack.HpackDecoder;
import io.roadrunner.hpack.HpackEncoder;
import io.roadrunner.hpack.HpackLimits;
import io.roadrunner.hpack.IndexingPolicy;
import io.roadrunner.hpack.Sensitivity;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http2.hpack.HpackException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Decoding with a warm table; all decoders get the same bytes. Time and memory are for one field.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(FieldSet.FIELDS * FieldSet.MESSAGES)
public class HpackDecodeBenchmark {
  /** What is decoded. */
  @Param public FieldSet set;

  private ByteBuffer[] blocks;
  private ByteBuf[] nettyBlocks;
  private HpackDecoder roadrunner;
  private NettyHpackDecoder netty;
  private NettyHpackDecoder nettyIntoHeaders;
  private org.eclipse.jetty.http2.hpack.HpackDecoder jetty;
  private HeaderSink sink;
  private Http2Headers nettySink;

  /** Only counts what it gets, so that the codec is measured and not Netty's container. */
  private static final class NettySink extends DefaultHttp2Headers {
    private final Blackhole hole;

    NettySink(Blackhole hole) {
      super(false);
      this.hole = hole;
    }

    @Override
    public Http2Headers add(CharSequence name, CharSequence value) {
      hole.consume(name);
      hole.consume(value);
      return this;
    }
  }

  /** Encodes the messages twice: the second time the table is warm and no longer changes. */
  @Setup
  public void encode(Blackhole hole) throws Http2Exception, HpackException {
    roadrunner = HpackDecoder.create(HpackLimits.defaults());
    netty = new NettyHpackDecoder();
    nettyIntoHeaders = new NettyHpackDecoder();
    jetty = new org.eclipse.jetty.http2.hpack.HpackDecoder(1 << 20, () -> 0);
    sink =
        (name, value, sensitivity) -> {
          hole.consume(name);
          hole.consume(value);
        };
    nettySink = new NettySink(hole);
    blocks = new ByteBuffer[FieldSet.MESSAGES];
    nettyBlocks = new ByteBuf[FieldSet.MESSAGES];
    HpackEncoder encoder = HpackEncoder.create(IndexingPolicy.standard(), 4096);
    for (int pass = 0; pass < 2; pass++) {
      List<List<String>> messages = set.messages();
      for (int i = 0; i < FieldSet.MESSAGES; i++) {
        blocks[i] = block(encoder, messages.get(i));
        nettyBlocks[i] = Unpooled.wrappedBuffer(blocks[i]);
        roadrunner.decode(blocks[i].rewind(), sink);
        netty.decode(nettyBlocks[i].readerIndex(0), nettySink);
        nettyIntoHeaders.decode(nettyBlocks[i].readerIndex(0), nettySink);
        jetty.decode(blocks[i].rewind());
      }
    }
  }

  private static ByteBuffer block(HpackEncoder encoder, List<String> message) {
    ByteBuffer out = ByteBuffer.allocate(4096);
    encoder.beginBlock(out);
    for (int i = 0; i < message.size(); i += 2) {
      encoder.encode(message.get(i), message.get(i + 1), Sensitivity.NORMAL, out);
    }
    return out.flip();
  }

  /** Into a sink. */
  @Benchmark
  public void roadrunner() {
    for (ByteBuffer block : blocks) {
      roadrunner.decode(block.rewind(), sink);
    }
  }

  /** Into a container that keeps nothing. */
  @Benchmark
  public void netty() throws Http2Exception {
    for (ByteBuf block : nettyBlocks) {
      netty.decode(block.readerIndex(0), nettySink);
    }
  }

  /** Into a new container for each block, as Netty's users do. */
  @Benchmark
  public void nettyIntoHeaders(Blackhole hole) throws Http2Exception {
    for (ByteBuf block : nettyBlocks) {
      Http2Headers headers = new DefaultHttp2Headers(false);
      nettyIntoHeaders.decode(block.readerIndex(0), headers);
      hole.consume(headers);
    }
  }

  /** Into a message: Jetty's decoder knows no other way. */
  @Benchmark
  public void jetty(Blackhole hole) throws HpackException {
    for (ByteBuffer block : blocks) {
      hole.consume(jetty.decode(block.rewind()));
    }
  }
}
