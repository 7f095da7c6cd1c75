package io.roadrunner.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Netty's frame codecs against ours, both ways and in both roles. */
class NettyOracleTest {

  private static final int[] SIZES = {0, 1, 5, 125, 126, 127, 1000, 65535, 65536, 66_000};

  @Property(tries = 200)
  void weReadWhatNettyWrites(@ForAll long seed, @ForAll boolean toServer) {
    Random random = new Random(seed);
    EmbeddedChannel channel = new EmbeddedChannel(new WebSocket13FrameEncoder(toServer));
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      byte[] payload = payload(random);
      boolean text = random.nextBoolean();
      String kind = text ? "text " : "binary ";
      expected.add(kind + (text ? new String(payload, StandardCharsets.UTF_8) : hex(payload)));
      writeFragments(channel, text, payload, random);
    }
    MessageReader reader =
        toServer ? MessageReader.server(Feed.LIMITS) : MessageReader.client(Feed.LIMITS);
    assertEquals(expected, drain(reader, outbound(channel)));
  }

  private static byte[] payload(Random random) {
    byte[] payload = new byte[SIZES[random.nextInt(SIZES.length)]];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) ('a' + (i * 7) % 26);
    }
    return payload;
  }

  private static void writeFragments(
      EmbeddedChannel channel, boolean text, byte[] payload, Random random) {
    int cut = random.nextInt(payload.length + 1);
    boolean whole = random.nextBoolean();
    ByteBuf first = Unpooled.copiedBuffer(payload, 0, whole ? payload.length : cut);
    channel.writeOutbound(
        text ? new TextWebSocketFrame(whole, 0, first) : new BinaryWebSocketFrame(whole, 0, first));
    if (!whole) {
      ByteBuf rest = Unpooled.copiedBuffer(payload, cut, payload.length - cut);
      channel.writeOutbound(new ContinuationWebSocketFrame(true, 0, rest));
    }
  }

  private static byte[] outbound(EmbeddedChannel channel) {
    byte[] all = new byte[0];
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      byte[] bytes = new byte[part.readableBytes()];
      part.readBytes(bytes).release();
      all = Frames.join(all, bytes);
    }
    channel.finishAndReleaseAll();
    return all;
  }

  private static List<String> drain(MessageReader reader, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    List<String> log = new ArrayList<>();
    MessageEvent event = reader.next(in);
    while (event != NeedInput.INSTANCE) {
      log.add(Feed.line(event));
      event = reader.next(in);
    }
    return log;
  }

  @Property(tries = 200)
  void nettyReadsWhatWeWrite(@ForAll long seed, @ForAll boolean toServer) {
    Random random = new Random(seed);
    WebSocketWriter writer =
        toServer ? WebSocketWriter.client(random::nextInt) : WebSocketWriter.server();
    ByteBuffer out = ByteBuffer.allocate(500_000);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      byte[] payload = payload(random);
      writer.message(MessageKind.BINARY, PayloadForm.PLAIN, ByteBuffer.wrap(payload), out);
      expected.add("binary " + hex(payload));
    }
    writer.ping(ByteBuffer.wrap(new byte[] {1}), out);
    writer.pong(ByteBuffer.wrap(new byte[] {2}), out);
    expected.addAll(List.of("ping 01", "pong 02"));
    assertEquals(expected, netty(toServer, Unpooled.wrappedBuffer(out.flip())));
  }

  /** Every first byte with every form of length, masked and not: both accept it or both refuse. */
  @Test
  void weRefuseWhatNettyRefuses() {
    for (int first = 0; first <= 0xFF; first++) {
      for (int length : new int[] {0, 1, 2, 124, 125, 126, 127, 65_536}) {
        byte[] payload = new byte[length];
        for (byte[] frame :
            new byte[][] {Frames.masked(first, payload), Frames.unmasked(first, payload)}) {
          boolean nettyRefuses = netty(true, Unpooled.copiedBuffer(frame)).contains("refused");
          assertEquals(nettyRefuses, weRefuse(frame), Integer.toHexString(first) + " " + length);
        }
      }
    }
  }

  private static boolean weRefuse(byte[] frame) {
    WebSocketReader reader = WebSocketReader.server(Feed.LIMITS, Rsv1.RESERVED);
    ByteBuffer in = ByteBuffer.wrap(frame);
    try {
      while (reader.next(in) != NeedInput.INSTANCE) {
        assertTrue(in.position() > 0);
      }
      return false;
    } catch (WebSocketException e) {
      return true;
    }
  }

  private static List<String> netty(boolean masked, ByteBuf bytes) {
    WebSocketDecoderConfig config =
        WebSocketDecoderConfig.newBuilder()
            .expectMaskedFrames(masked)
            .maxFramePayloadLength(10 << 20)
            .closeOnProtocolViolation(false)
            .build();
    EmbeddedChannel channel = new EmbeddedChannel(new WebSocket13FrameDecoder(config));
    List<String> log = new ArrayList<>();
    try {
      channel.writeInbound(bytes);
    } catch (CodecException e) {
      log.add("refused");
    }
    for (WebSocketFrame f = channel.readInbound(); f != null; f = channel.readInbound()) {
      byte[] payload = new byte[f.content().readableBytes()];
      f.content().readBytes(payload);
      f.release();
      log.add(
          switch (f) {
            case PingWebSocketFrame ping -> "ping " + hex(payload);
            case PongWebSocketFrame pong -> "pong " + hex(payload);
            default -> "binary " + hex(payload);
          });
    }
    channel.finishAndReleaseAll();
    return log;
  }

  private static String hex(byte[] bytes) {
    return Feed.hex(ByteBuffer.wrap(bytes));
  }
}
