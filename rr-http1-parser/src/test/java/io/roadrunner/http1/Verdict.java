package io.roadrunner.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.Supplier;

/**
 * What the parser says of a text, and that it says the same however the text is cut (row P27 of the
 * attack catalogue): whole, byte by byte, and at every place into two, in all kinds of buffers.
 */
final class Verdict {
  private Verdict() {}

  /** The events of a client's bytes. */
  static List<String> requests(String text) {
    return events(() -> Http1Parser.forRequests(Http1Limits.defaults()), text);
  }

  /** The events of a client's bytes under limits of one's own. */
  static List<String> requests(Http1Limits limits, String text) {
    return events(() -> Http1Parser.forRequests(limits), text);
  }

  /** The events of a server's bytes, the first ones in answer to that method. */
  static List<String> responses(String method, String text) {
    return events(
        () -> {
          Http1Parser parser = Http1Parser.forResponses(Http1Limits.defaults());
          parser.answering(method);
          return parser;
        },
        text);
  }

  static List<String> events(Supplier<Http1Parser> parsers, String text) {
    byte[] bytes = Feed.bytes(text);
    List<String> expected = new Feed(parsers.get(), Feed.Kind.ARRAY).addAll(text).log();
    for (Feed.Kind kind : Feed.Kind.values()) {
      assertEquals(expected, new Feed(parsers.get(), kind).addAll(text).log(), kind.name());
      assertEquals(expected, new Feed(parsers.get(), kind).addSingly(bytes).log(), kind.name());
    }
    for (int cut = 1; cut < bytes.length; cut++) {
      for (Feed.Kind kind : List.of(Feed.Kind.ARRAY, Feed.Kind.DIRECT)) {
        Feed feed = new Feed(parsers.get(), kind);
        feed.add(bytes, 0, cut).add(bytes, cut, bytes.length);
        assertEquals(expected, feed.log(), "cut at " + cut);
      }
    }
    return expected;
  }

  /** Each text is refused at its first message. */
  static void refused(Http1Violation violation, String... texts) {
    for (String text : texts) {
      assertEquals(List.of(violation.name()), requests(text), text);
    }
  }

  /** A request is refused if it has, between two good fields, these lines. */
  static void refusedField(Http1Violation violation, String... lines) {
    for (String line : lines) {
      refused(violation, get("Before: 1", line, "After: 2"));
    }
  }

  /** A complete GET request with a Host field and these. */
  static String get(String... lines) {
    return request("GET / HTTP/1.1", lines);
  }

  /** A complete request with a Host field and these. */
  static String request(String requestLine, String... lines) {
    String fields = String.join("", List.of(lines).stream().map(line -> line + "\r\n").toList());
    return requestLine + "\r\nHost: example.com\r\n" + fields + "\r\n";
  }

  /** The head of a request that is good and has no body. */
  static RequestHead head(String text) {
    Http1Parser parser = Http1Parser.forRequests(Http1Limits.defaults());
    return (RequestHead) parser.next(Feed.Kind.ARRAY.buffer(Feed.bytes(text), text.length()));
  }
}
