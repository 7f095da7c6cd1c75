package io.netty.handler.codec.http2;

import io.netty.buffer.ByteBuf;

/** Netty's decoder, which only its own package can see. */
public final class NettyHpackDecoder {
  private final HpackDecoder decoder = new HpackDecoder(1 << 20);

  /** Decodes one block, without the checks that our decoder leaves to the next layer, too. */
  public void decode(ByteBuf block, Http2Headers headers) throws Http2Exception {
    decoder.decode(1, block, headers, false);
  }
}
