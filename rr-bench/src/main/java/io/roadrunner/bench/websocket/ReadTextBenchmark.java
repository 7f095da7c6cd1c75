package io.roadrunner.bench.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.NettyText;
import io.roadrunner.websocket.Message;
import io.roadrunner.websocket.MessageKind;
import io.roadrunner.websocket.MessageReader;
import io.roadrunner.websocket.PayloadForm;
import io.roadrunner.websocket.WebSocketLimits;
import io.roadrunner.websocket.WebSocketWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.internal.NullAppendable;
import org.eclipse.jetty.websocket.core.internal.Parser;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A server reads one masked text frame: header, unmasking, validation. The buffer is filled with
 * frames, as by a read from a socket, whenever it has been read to its end, because unmasking
 * changes it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
public class ReadTextBenchmark {

  /** What is in the frame. */
  public enum Text {
    ASCII("The quick brown fox jumps over the lazy dog. "),
    LATIN("Zwölf große Boxkämpfer jagen Éric quer über den Deich, où l'été s'achève. "),
    MIXED("Zwölf Boxkämpfer jagen Виктор quer über den großen Deich — 日本語 🚀. "),
    CJK("吾輩は猫である。名前はまだ無い。");

    private final String sample;

    Text(String sample) {
      this.sample = sample;
    }

    byte[] bytes(int size) {
      byte[] all = sample.repeat(size / sample.length() + 1).getBytes(StandardCharsets.UTF_8);
      int end = size;
      while ((all[end] & 0xC0) == 0x80) {
        end--;
      }
      return Arrays.copyOf(all, end);
    }
  }

  /** Where the buffer is. */
  public enum Memory {
    HEAP(ByteBuffer::allocate),
    DIRECT(ByteBuffer::allocateDirect);

    private final IntFunction<ByteBuffer> allocator;

    Memory(IntFunction<ByteBuffer> allocator) {
      this.allocator = allocator;
    }
  }

  @Param({"16", "125", "1024", "65536"})
  int size;

  @Param Text text;
  @Param Memory memory;

  private static final int READ_BYTES = 16_384;

  private byte[] frames;
  private ByteBuffer in;
  private MessageReader reader;
  private ByteBuf nettyIn;
  private NettyText netty;
  private ChannelHandlerContext context;
  private final List<Object> nettyOut = new ArrayList<>();
  private Parser jetty;
  private NullAppendable jettyText;

  @Setup
  public void prepare() {
    WebSocketWriter writer = WebSocketWriter.client(() -> 0x37FA213D);
    byte[] bytes = text.bytes(size);
    ByteBuffer out = ByteBuffer.allocate((int) writer.frameBytes(bytes.length));
    writer.message(MessageKind.TEXT, PayloadForm.PLAIN, ByteBuffer.wrap(bytes), out);
    int count = Math.max(1, READ_BYTES / out.capacity());
    ByteBuffer all = ByteBuffer.allocate(count * out.capacity());
    for (int i = 0; i < count; i++) {
      all.put(out.array());
    }
    frames = all.array();
    in = memory.allocator.apply(frames.length).put(frames);
    reader = MessageReader.server(WebSocketLimits.defaults());
    nettyIn =
        memory == Memory.HEAP
            ? Unpooled.buffer(frames.length)
            : Unpooled.directBuffer(frames.length);
    netty = new NettyText(10 << 20);
    EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    context = channel.pipeline().firstContext();
    jetty = new Parser(ByteBufferPool.NON_POOLING, new Configuration.ConfigurationCustomizer());
    jettyText = new NullAppendable();
  }

  @Benchmark
  public int roadrunner() {
    if (!in.hasRemaining()) {
      in.clear().put(0, frames);
    }
    return ((Message) reader.next(in)).payload().remaining();
  }

  @Benchmark
  public int netty() throws Exception {
    if (!nettyIn.isReadable()) {
      nettyIn.setBytes(0, frames).setIndex(0, frames.length);
    }
    return netty.read(context, nettyIn, nettyOut);
  }

  @Benchmark
  public int jetty() throws Exception {
    if (!in.hasRemaining()) {
      in.clear().put(0, frames);
    }
    Frame.Parsed parsed = jetty.parse(in);
    parsed.demask();
    int length = parsed.getPayload().remaining();
    jettyText.append(parsed.getPayload().slice());
    if (!jettyText.isComplete()) {
      throw new IllegalStateException("text is not UTF-8");
    }
    jettyText.reset();
    parsed.close();
    return length;
  }
}
