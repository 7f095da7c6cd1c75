package io.roadrunner.bench.hpack;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder.SensitivityDetector;
import io.netty.handler.codec.http2.NettyHpackEncoder;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;
import io.roadrunner.hpack.HpackEncoder;
import io.roadrunner.hpack.IndexingPolicy;
import io.roadrunner.hpack.Sensitivity;
import io.roadrunner.hpack.StringCoding;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
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

/**
 * Encoding with a warm table, each encoder by its own rules for what to index, from the kind of
 * object that it takes, made beforehand. Time and memory are for one field.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(FieldSet.FIELDS * FieldSet.MESSAGES)
public class HpackEncodeBenchmark {
  /** Netty indexes everything unless it is told; the token is as secret to it as it is to us. */
  private static final SensitivityDetector SECRETS =
      (name, value) -> AsciiString.contentEquals("authorization", name);

  /** What is encoded. */
  @Param public FieldSet set;

  private String[][] messages;
  private Http2Headers[] nettyMessages;
  private MetaData[] jettyMessages;
  private final ByteBuffer out = ByteBuffer.allocate(4096);
  private final ByteBuf nettyOut = Unpooled.buffer(4096);
  private HpackEncoder roadrunner;
  private HpackEncoder roadrunnerPlain;
  private NettyHpackEncoder netty;
  private NettyHpackEncoder nettyPlain;
  private org.eclipse.jetty.http2.hpack.HpackEncoder jetty;

  /** Makes the messages. */
  @Setup
  public void messages() {
    roadrunner = HpackEncoder.create(IndexingPolicy.standard(), 4096);
    roadrunnerPlain = HpackEncoder.create(IndexingPolicy.standard(), 4096, StringCoding.PLAIN);
    netty = NettyHpackEncoder.withHuffmanCode();
    nettyPlain = NettyHpackEncoder.withPlainStrings();
    jetty = new org.eclipse.jetty.http2.hpack.HpackEncoder();
    jetty.setMaxTableCapacity(4096);
    jetty.setTableCapacity(4096);
    messages = new String[FieldSet.MESSAGES][];
    nettyMessages = new Http2Headers[FieldSet.MESSAGES];
    jettyMessages = new MetaData[FieldSet.MESSAGES];
    List<List<String>> lists = set.messages();
    for (int i = 0; i < FieldSet.MESSAGES; i++) {
      messages[i] = lists.get(i).toArray(new String[0]);
      nettyMessages[i] = nettyMessage(messages[i]);
      jettyMessages[i] = jettyMessage(messages[i]);
    }
  }

  private static Http2Headers nettyMessage(String[] message) {
    AsciiString[] strings = new AsciiString[message.length];
    for (int i = 0; i < message.length; i++) {
      strings[i] = new AsciiString(message[i]);
    }
    int pseudo = message[2].startsWith(":") ? 8 : 2;
    AsciiString[] others = new AsciiString[message.length - pseudo];
    System.arraycopy(strings, pseudo, others, 0, others.length);
    return pseudo == 8
        ? ReadOnlyHttp2Headers.clientHeaders(
            false, strings[1], strings[3], strings[7], strings[5], others)
        : ReadOnlyHttp2Headers.serverHeaders(false, strings[1], others);
  }

  private static MetaData jettyMessage(String[] message) {
    HttpFields.Mutable fields = HttpFields.build();
    int pseudo = message[2].startsWith(":") ? 8 : 2;
    for (int i = pseudo; i < message.length; i += 2) {
      fields.add(message[i], message[i + 1]);
    }
    if (pseudo == 2) {
      int status = Integer.parseInt(message[1]);
      return new MetaData.Response(status, null, HttpVersion.HTTP_2, fields.asImmutable());
    }
    HttpURI uri = HttpURI.from(message[7] + "://" + message[5] + message[3]);
    return new MetaData.Request(message[1], uri, HttpVersion.HTTP_2, fields.asImmutable());
  }

  /** From strings, Huffman-coded where that is shorter. */
  @Benchmark
  public int roadrunner() {
    return encode(roadrunner);
  }

  /** The same without the Huffman code. */
  @Benchmark
  public int roadrunnerPlain() {
    return encode(roadrunnerPlain);
  }

  private int encode(HpackEncoder encoder) {
    int octets = 0;
    for (String[] message : messages) {
      out.clear();
      encoder.beginBlock(out);
      for (int i = 0; i < message.length; i += 2) {
        encoder.encode(message[i], message[i + 1], Sensitivity.NORMAL, out);
      }
      octets += out.position();
    }
    return octets;
  }

  /** From the container that is quickest to iterate, Huffman-coded where that is shorter. */
  @Benchmark
  public int netty() throws Http2Exception {
    return encode(netty);
  }

  /** The same without the Huffman code, which is how Netty is set up. */
  @Benchmark
  public int nettyPlain() throws Http2Exception {
    return encode(nettyPlain);
  }

  private int encode(NettyHpackEncoder encoder) throws Http2Exception {
    int octets = 0;
    for (Http2Headers message : nettyMessages) {
      nettyOut.clear();
      encoder.encode(nettyOut, message, SECRETS);
      octets += nettyOut.writerIndex();
    }
    return octets;
  }

  /** From a message. */
  @Benchmark
  public int jetty() throws HpackException {
    int octets = 0;
    for (MetaData message : jettyMessages) {
      out.clear();
      jetty.encode(out, message);
      octets += out.position();
    }
    return octets;
  }
}
