package io.netty.handler.codec.http2;

/** x. */
public final class NettyHpack {
  private final HpackDecoder decoder = new HpackDecoder(1 << 20);

  public long size() {
    return decoder.size();
  }
}
