package io.netty.handler.codec.http2;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2HeadersEncoder.SensitivityDetector;

/** Netty's encoder, which only its own package can see. */
public final class NettyHpackEncoder {
  private final HpackEncoder encoder = new HpackEncoder(true);

  /** Encodes one block. */
  public void encode(ByteBuf out, Http2Headers headers, SensitivityDetector detector)
      throws Http2Exception {
    encoder.encodeHeaders(1, out, headers, detector);
  }
}
