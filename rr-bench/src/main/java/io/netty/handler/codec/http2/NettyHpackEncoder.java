package io.netty.handler.codec.http2;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2HeadersEncoder.SensitivityDetector;

/** Netty's encoder, which only its own package can see. */
public final class NettyHpackEncoder {
  private final HpackEncoder encoder;

  private NettyHpackEncoder(HpackEncoder encoder) {
    this.encoder = encoder;
  }

  /** As Netty sets it up: strings below 512 octets stay plain. */
  public static NettyHpackEncoder withPlainStrings() {
    return new NettyHpackEncoder(new HpackEncoder(true));
  }

  /** Otherwise as Netty sets it up, but strings in the Huffman code where that is shorter. */
  public static NettyHpackEncoder withHuffmanCode() {
    return new NettyHpackEncoder(new HpackEncoder(true, 64, 0));
  }

  /** Encodes one block. */
  public void encode(ByteBuf out, Http2Headers headers, SensitivityDetector detector)
      throws Http2Exception {
    encoder.encodeHeaders(1, out, headers, detector);
  }
}
