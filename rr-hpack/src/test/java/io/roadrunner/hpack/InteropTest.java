package io.roadrunner.hpack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.handler.codec.http2.NettyHpack;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Connections with many requests, from each encoder to each decoder. */
class InteropTest {
  private static final Set<String> SECRETS = Set.of("authorization");

  private interface Encoder {
    ByteBuffer encode(List<Field> fields) throws Exception;
  }

  private interface Decoder {
    List<List<String>> decode(ByteBuffer block) throws Exception;
  }

  private static List<List<Field>> requests() {
    List<List<Field>> requests = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      List<Field> fields =
          new ArrayList<>(
              List.of(
                  Field.of(":method", i % 5 == 0 ? "POST" : "GET"),
                  Field.of(":scheme", "https"),
                  Field.of(":authority", "www" + i % 3 + ".example.com"),
                  Field.of(":path", i % 4 == 0 ? "/" : "/articles/" + i + "?page=" + i % 7),
                  Field.of("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:145.0)"),
                  Field.of("accept", i % 2 == 0 ? "*/*" : "text/html,application/xml;q=0.9"),
                  Field.of("accept-encoding", "gzip, deflate"),
                  Field.of("x-large", "0123456789~^{}".repeat(1 + i * 7 % 150))));
      if (i % 3 == 0) {
        fields.add(Field.of("authorization", "Bearer " + i));
        fields.add(Field.of("cookie", "session=" + "abcdef".repeat(i % 10)));
      }
      if (i % 5 == 0) {
        fields.add(Field.of("x-empty-and-" + i, "x".repeat(i % 2)));
      }
      requests.add(fields);
    }
    return requests;
  }

  private static Map<String, Encoder> encoders() {
    Map<String, Encoder> encoders = new LinkedHashMap<>();
    Map<String, IndexingPolicy> policies = new LinkedHashMap<>();
    policies.put("standard", IndexingPolicy.standard());
    policies.put("without table", IndexingPolicy.withoutTable());
    policies.put("everything", IndexingPolicy.everything());
    policies.forEach(
        (name, policy) -> {
          for (StringCoding coding : StringCoding.values()) {
            HpackEncoder encoder = HpackEncoder.create(policy, 4096, coding);
            encoders.put(name + " " + coding, fields -> Blocks.encode(encoder, fields));
          }
        });
    NettyHpack netty = new NettyHpack();
    encoders.put(
        "Netty",
        fields -> netty.encode(fields.stream().map(Field::nameAndValue).toList(), SECRETS));
    var jetty = new org.eclipse.jetty.http2.hpack.HpackEncoder();
    jetty.setMaxTableCapacity(4096);
    jetty.setTableCapacity(4096);
    encoders.put("Jetty", fields -> encodeByJetty(jetty, fields));
    return encoders;
  }

  private static ByteBuffer encodeByJetty(
      org.eclipse.jetty.http2.hpack.HpackEncoder jetty, List<Field> fields) throws Exception {
    HttpFields.Mutable others = HttpFields.build();
    fields.subList(4, fields.size()).forEach(field -> others.add(field.name(), field.value()));
    HttpURI uri = HttpURI.from("https://" + fields.get(2).value() + fields.get(3).value());
    ByteBuffer out = ByteBuffer.allocate(1 << 16);
    jetty.encode(out, new MetaData.Request(fields.get(0).value(), uri, HttpVersion.HTTP_2, others));
    return out.flip();
  }

  private static Map<String, Decoder> decoders() {
    HpackDecoder ours = Blocks.decoder();
    NettyHpack netty = new NettyHpack();
    var jetty = new org.eclipse.jetty.http2.hpack.HpackDecoder(1 << 20, System::nanoTime);
    Map<String, Decoder> decoders = new LinkedHashMap<>();
    decoders.put(
        "ours", block -> Blocks.decode(ours, block).stream().map(Field::nameAndValue).toList());
    decoders.put("Netty", netty::decode);
    decoders.put("Jetty", block -> fields((MetaData.Request) jetty.decode(block)));
    return decoders;
  }

  private static List<List<String>> fields(MetaData.Request request) {
    List<List<String>> fields = new ArrayList<>();
    fields.add(List.of(":method", request.getMethod()));
    fields.add(List.of(":scheme", String.valueOf(request.getHttpURI().getScheme())));
    fields.add(List.of(":authority", String.valueOf(request.getHttpURI().getAuthority())));
    fields.add(List.of(":path", request.getHttpURI().getPathQuery()));
    request
        .getHttpFields()
        .forEach(field -> fields.add(List.of(field.getLowerCaseName(), field.getValue())));
    return fields;
  }

  /** The order of pseudo-header fields is the encoder's own. */
  private static List<List<String>> ordered(List<List<String>> fields) {
    List<List<String>> ordered = new ArrayList<>(fields);
    List<List<String>> pseudo = ordered.subList(0, 4);
    pseudo.sort((a, b) -> a.getFirst().compareTo(b.getFirst()));
    return ordered;
  }

  @Test
  @DisplayName("K14 what any encoder makes is the same to all decoders")
  void eachToEach() throws Exception {
    for (Map.Entry<String, Encoder> encoder : encoders().entrySet()) {
      Map<String, Decoder> decoders = decoders();
      int number = 0;
      for (List<Field> request : requests()) {
        ByteBuffer block = encoder.getValue().encode(request);
        List<List<String>> expected = ordered(request.stream().map(Field::nameAndValue).toList());
        for (Map.Entry<String, Decoder> decoder : decoders.entrySet()) {
          assertEquals(
              expected,
              ordered(decoder.getValue().decode(block.duplicate())),
              encoder.getKey() + " to " + decoder.getKey() + ", request " + number);
        }
        number++;
      }
    }
  }
}
