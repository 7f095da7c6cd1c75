package io.netty.handler.codec.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes Netty's codec, which only its own package can see, speak in lists of name and value. */
public final class NettyHpack {
  private static final long NO_LIMIT = 1 << 24;

  private final HpackEncoder encoder = new HpackEncoder(true);
  private final HpackDecoder decoder = new HpackDecoder(NO_LIMIT);

  /** A block that is wrong to Netty. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(Throwable cause) {
      super(cause);
    }
  }

  /** One list for each field: name, value. Netty puts the pseudo-header fields first. */
  public ByteBuffer encode(List<List<String>> fields, Set<String> sensitiveNames) {
    Http2Headers headers = new DefaultHttp2Headers(false);
    fields.forEach(
        field -> headers.add(AsciiString.of(field.get(0)), AsciiString.of(field.get(1))));
    ByteBuf out = Unpooled.buffer();
    try {
      encoder.encodeHeaders(
          1, out, headers, (name, value) -> sensitiveNames.contains(name.toString()));
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    }
    return out.nioBuffer();
  }

  public List<List<String>> decode(ByteBuffer block) throws Refused {
    Http2Headers headers = new DefaultHttp2Headers(false);
    try {
      decoder.decode(1, Unpooled.wrappedBuffer(block), headers, false);
    } catch (Http2Exception | IllegalArgumentException e) {
      throw new Refused(e);
    }
    List<List<String>> fields = new ArrayList<>();
    headers.forEach(
        entry -> fields.add(List.of(entry.getKey().toString(), entry.getValue().toString())));
    return fields;
  }

  public void encoderTableSize(int bytes) {
    try {
      encoder.setMaxHeaderTableSize(bytes);
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public void decoderTableSize(int bytes) {
    try {
      decoder.setMaxHeaderTableSize(bytes);
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Newest first. */
  public List<List<String>> encoderTable() {
    List<List<String>> entries = new ArrayList<>();
    for (int i = 0; i < encoder.length(); i++) {
      HpackHeaderField field = encoder.getHeaderField(i);
      entries.add(List.of(field.name.toString(), field.value.toString()));
    }
    return entries;
  }

  /** Newest first. */
  public List<List<String>> decoderTable() {
    List<List<String>> entries = new ArrayList<>();
    for (int i = 0; i < decoder.length(); i++) {
      HpackHeaderField field = decoder.getHeaderField(i);
      entries.add(List.of(field.name.toString(), field.value.toString()));
    }
    return entries;
  }
}
