package io.netty.handler.codec.http.websocketx;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;

/** Reads text frames as a pipeline of Netty's decoder and validator does, without the pipeline. */
public final class NettyText extends WebSocket13FrameDecoder {

  private final Utf8Validator utf8 = new Utf8Validator();

  public NettyText(int maxFrameBytes) {
    super(true, false, maxFrameBytes);
  }

  /** Reads one frame and checks its text. */
  public int read(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
    // The first call may only skip to the next state of the decoder.
    while (out.isEmpty()) {
      decode(context, in, out);
    }
    WebSocketFrame frame = (WebSocketFrame) out.remove(0);
    utf8.check(frame.content());
    utf8.finish();
    int length = frame.content().readableBytes();
    frame.release();
    return length;
  }
}
