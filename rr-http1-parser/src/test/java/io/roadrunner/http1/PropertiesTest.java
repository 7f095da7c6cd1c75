package io.roadrunner.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for any bytes. The seeds are fixed, so that a run says the same as the one before. */
class PropertiesTest {
  private static Http1Parser requests() {
    return Http1Parser.forRequests(Http1Limits.defaults());
  }

  private static Http1Parser responses() {
    return Http1Parser.forResponses(Http1Limits.defaults());
  }

  @Provide
  Arbitrary<String> requestTexts() {
    return Messages.requests();
  }

  @Provide
  Arbitrary<String> damagedRequests() {
    return Messages.damaged(Messages.damaged(Messages.requests()));
  }

  @Provide
  Arbitrary<String> responseTexts() {
    return Messages.response().list().ofMinSize(1).ofMaxSize(3).map(Messages::concat);
  }

  @Provide
  Arbitrary<String> damagedResponses() {
    return Messages.damaged(
        Messages.response().list().ofMinSize(1).ofMaxSize(3).map(Messages::concat));
  }

  @Provide
  Arbitrary<String> anyBytes() {
    Arbitrary<String> any = Arbitraries.strings().withCharRange('\0', '\u00FF').ofMaxLength(80);
    Arbitrary<String> likely =
        Arbitraries.strings().withChars("GET /HP1.\r\n:ab0;\"").ofMaxLength(80);
    return Arbitraries.oneOf(any, likely);
  }

  /** Cuts where the numbers say, and compares with the text as a whole. */
  private static List<String> sameInPieces(
      Supplier<Http1Parser> parsers, String text, List<Integer> steps) {
    byte[] bytes = Feed.bytes(text);
    List<String> whole = new Feed(parsers.get(), Feed.Kind.ARRAY).addAll(text).log();
    for (Feed.Kind kind : List.of(Feed.Kind.SHIFTED_ARRAY, Feed.Kind.DIRECT)) {
      Feed feed = new Feed(parsers.get(), kind);
      int at = 0;
      for (int i = 0; at < bytes.length; i++) {
        int next =
            steps.isEmpty()
                ? bytes.length
                : Math.min(bytes.length, at + steps.get(i % steps.size()));
        feed.add(bytes, at, next);
        at = next;
      }
      assertEquals(whole, feed.log());
    }
    return whole;
  }

  @Provide
  Arbitrary<List<Integer>> steps() {
    return Arbitraries.integers().between(1, 60).list().ofMaxSize(8);
  }

  @Property(tries = 400, seed = "1")
  void goodRequestsPassInAnyPieces(
      @ForAll("requestTexts") String text, @ForAll("steps") List<Integer> steps) {
    List<String> log = sameInPieces(PropertiesTest::requests, text, steps);
    assertEquals("unread ", log.get(log.size() - 1));
  }

  @Property(tries = 1500, seed = "2")
  void damagedRequestsAreJudgedAlikeInAnyPieces(
      @ForAll("damagedRequests") String text, @ForAll("steps") List<Integer> steps) {
    sameInPieces(PropertiesTest::requests, text, steps);
  }

  @Property(tries = 400, seed = "3")
  void goodResponsesPassInAnyPieces(
      @ForAll("responseTexts") String text, @ForAll("steps") List<Integer> steps) {
    List<String> log = sameInPieces(PropertiesTest::responses, text, steps);
    assertTrue(
        log.get(log.size() - 1).startsWith("unread ") || log.toString().contains("UntilClose"));
  }

  @Property(tries = 800, seed = "4")
  void damagedResponsesAreJudgedAlikeInAnyPieces(
      @ForAll("damagedResponses") String text, @ForAll("steps") List<Integer> steps) {
    sameInPieces(PropertiesTest::responses, text, steps);
  }

  @Property(tries = 1500, seed = "5")
  void anyBytesAreJudgedAlikeInAnyPieces(
      @ForAll("anyBytes") String text, @ForAll("steps") List<Integer> steps) {
    sameInPieces(PropertiesTest::requests, text, steps);
    sameInPieces(PropertiesTest::responses, text, steps);
  }

  @Provide
  Arbitrary<FieldLines> fields() {
    Arbitrary<String> name =
        Arbitraries.strings().withChars("abcXYZ019!#$%&'*+-.^_`|~").ofMinLength(1).ofMaxLength(12);
    Arbitrary<String> value =
        Arbitraries.strings()
            .withCharRange(' ', '~')
            .withCharRange('\u0080', '\u00FF')
            .withChars('\t')
            .ofMaxLength(30);
    return net.jqwik.api.Combinators.combine(name, value)
        .as(List::of)
        .list()
        .ofMaxSize(20)
        .map(
            lines -> {
              FieldLines.Builder builder = FieldLines.builder().add("Host", "h");
              lines.forEach(line -> builder.add("X" + line.get(0), line.get(1)));
              return builder.build();
            });
  }

  @Property(tries = 300, seed = "6")
  void encodedRequestsComeBack(
      @ForAll("fields") FieldLines fields,
      @ForAll("fields") FieldLines trailers,
      @ForAll("data") byte[] data) {
    ByteBuffer out = ByteBuffer.allocate(30_000);
    Http1Encoder.requestLine("POST", "/a?b", out);
    Http1Encoder.fieldLines(fields, out);
    Http1Encoder.fieldLine("Transfer-Encoding", "chunked", out);
    Http1Encoder.endOfHead(out);
    Http1Encoder.chunk(ByteBuffer.wrap(data), out);
    Http1Encoder.chunk(ByteBuffer.wrap(data), out);
    Http1Encoder.lastChunk(trailers, out);
    Http1Parser parser = requests();
    RequestHead head = (RequestHead) parser.next(out.flip());
    assertEquals("POST /a?b HTTP/1.1", head.toString());
    assertEquals(fields.size() + 1, head.fields().size());
    for (int i = 0; i < fields.size(); i++) {
      assertEquals(fields.name(i), head.fields().name(i));
      assertEquals(fields.value(i), head.fields().value(i));
    }
    for (int i = 0; data.length > 0 && i < 2; i++) {
      assertEquals(new BodyBytes(ByteBuffer.wrap(data)), parser.next(out));
    }
    assertEquals(new MessageEnd(trailers), parser.next(out));
    assertEquals(0, out.remaining());
  }

  @Property(tries = 300, seed = "7")
  void encodedResponsesComeBack(
      @ForAll("fields") FieldLines fields,
      @ForAll("statuses") int status,
      @ForAll("reasons") String reason,
      @ForAll("data") byte[] data) {
    ByteBuffer out = ByteBuffer.allocate(30_000);
    Http1Encoder.interim(103, fields, out);
    Http1Encoder.statusLine(status, reason, out);
    Http1Encoder.fieldLines(fields, out);
    Http1Encoder.fieldLine("Content-Length", data.length, out);
    Http1Encoder.endOfHead(out);
    out.put(data);
    Http1Parser parser = responses();
    ResponseHead interim = (ResponseHead) parser.next(out.flip());
    assertEquals("HTTP/1.1 103 Early Hints", interim.toString());
    assertEquals(fields, interim.fields());
    assertEquals(MessageEnd.NO_TRAILERS, parser.next(out));
    ResponseHead head = (ResponseHead) parser.next(out);
    assertEquals(status, head.status());
    assertEquals(reason, head.reason());
    assertEquals(new BodyFraming.Length(data.length), head.framing());
    if (data.length > 0) {
      assertEquals(new BodyBytes(ByteBuffer.wrap(data)), parser.next(out));
    }
    assertEquals(MessageEnd.NO_TRAILERS, parser.next(out));
  }

  @Provide
  Arbitrary<byte[]> data() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(500);
  }

  @Provide
  Arbitrary<Integer> statuses() {
    return Arbitraries.of(200, 201, 299, 302, 400, 404, 431, 500, 599);
  }

  @Provide
  Arbitrary<String> reasons() {
    return Arbitraries.strings().withChars("OK \t\u00E4\u00FF").ofMaxLength(20);
  }
}
