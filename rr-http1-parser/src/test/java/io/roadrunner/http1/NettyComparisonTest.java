package io.roadrunner.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Netty's decoder as a second opinion. Where it says something else, a rule here says why. */
class NettyComparisonTest {

  /** What Netty lets pass and we refuse, and what the text looks like then. */
  private static final Map<Http1Violation, Pattern> WE_ARE_STRICTER =
      new EnumMap<>(
          Map.ofEntries(
              // It does not look into extensions, but for control characters.
              rule(Http1Violation.BAD_CHUNK_EXTENSION, "\r\n[0-9a-f]+ *;"),
              // It takes a list if its last element is chunked.
              rule(Http1Violation.BAD_CODING, "Transfer-Encoding:.*,"),
              // It leaves the target to its users.
              rule(Http1Violation.BAD_ESCAPE, "%"),
              rule(Http1Violation.BAD_TARGET_BYTE, "[A-Z] [^ ]*[^!$-;=?-Z_a-z~ ]"),
              rule(Http1Violation.BAD_TARGET_FORM, "[A-Z]+ +[^/]"),
              // It leaves Host to its users.
              rule(Http1Violation.BAD_HOST, "Host:"),
              rule(Http1Violation.REPEATED_HOST, "Host:[^\r]*\r\n.*Host:"),
              rule(Http1Violation.MISSING_HOST, "^"),
              // It takes numbers with leading zeros.
              rule(Http1Violation.BAD_LENGTH, "Content-Length: ?0[0-9]"),
              // It skips control characters and white space of any kind ahead of the request line,
              // and
              // takes any of them, any number of times, between the parts of that line.
              rule(
                  Http1Violation.BAD_METHOD,
                  "(^|\n|[^A-Za-z])[\\x00-\\x20\\x7f]*[A-Z]*[\\x00-\\x20\\x7f]"),
              rule(Http1Violation.BAD_REQUEST_LINE, "[A-Z]+ ([^ \\n]*[\\t\\r]| )"),
              rule(Http1Violation.BAD_VERSION, "[ \\t]{2}HTTP/|HTTP/1.1[ \\t]"),
              // It takes any version.
              rule(Http1Violation.UNSUPPORTED_VERSION, "HTTP/[02-9]"),
              // A CR is such a control character, too. And it does not look at the values of
              // trailers that
              // it throws away.
              rule(Http1Violation.BARE_CR, "^\r|\n\r|\n0\r\nContent-Length: 3\r"),
              rule(Http1Violation.BAD_FIELD_VALUE, "\n0\r\nContent-Length: "),
              // It unfolds lines.
              rule(Http1Violation.LINE_FOLDING, "\r\n[ \\t]"),
              rule(Http1Violation.SPACE_BEFORE_FIRST_FIELD, "\r\n[ \\t]")));

  private static Map.Entry<Http1Violation, Pattern> rule(Http1Violation violation, String text) {
    return Map.entry(violation, Pattern.compile(text, Pattern.DOTALL));
  }

  /** The complete messages of a text, and whether a fault followed. */
  private record Opinion(List<String> messages, boolean fault) {}

  private static String message(
      String start, List<String> fields, String body, List<String> trailers) {
    return start + " " + fields + " " + body + " " + trailers;
  }

  private static Opinion ours(String text, List<Http1Violation> violations) {
    List<String> messages = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    Http1Parser parser = Http1Parser.forRequests(Http1Limits.defaults());
    String start = "";
    List<String> fields = List.of();
    StringBuilder body = new StringBuilder();
    try {
      while (true) {
        switch (parser.next(in)) {
          case NeedInput needInput -> {
            return new Opinion(messages, false);
          }
          case RequestHead head -> {
            start = head.method() + " " + head.rawTarget() + " " + head.version();
            fields = lines(head.fields());
          }
          case BodyBytes bytes -> body.append(ISO_8859_1.decode(bytes.view()));
          case MessageEnd end -> {
            messages.add(message(start, fields, body.toString(), trailers(end)));
            body.setLength(0);
          }
          case ResponseHead head -> throw new AssertionError(head);
        }
      }
    } catch (Http1Exception e) {
      violations.add(e.violation());
      return new Opinion(messages, true);
    }
  }

  private static List<String> lines(FieldLines fields) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      lines.add(fields.name(i) + ": " + fields.value(i));
    }
    return lines;
  }

  /** Netty throws these away when they come as trailers; we leave that to the application. */
  private static List<String> trailers(MessageEnd end) {
    return lines(end.trailers()).stream()
        .filter(line -> !line.startsWith("Content-Length:"))
        .toList();
  }

  private static List<String> lines(HttpHeaders headers) {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, String> header : headers) {
      lines.add(header.getKey() + ": " + header.getValue());
    }
    return lines;
  }

  private static Opinion theirs(String text) {
    EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder());
    List<String> messages = new ArrayList<>();
    String start = "";
    List<String> fields = List.of();
    StringBuilder body = new StringBuilder();
    try {
      channel.writeInbound(Unpooled.copiedBuffer(text, ISO_8859_1));
      for (HttpObject object = channel.readInbound();
          object != null;
          object = channel.readInbound()) {
        if (object.decoderResult().isFailure()) {
          return new Opinion(messages, true);
        }
        if (object instanceof HttpRequest request) {
          start = request.method() + " " + request.uri() + " " + request.protocolVersion();
          fields = lines(request.headers());
        }
        if (object instanceof HttpContent content) {
          body.append(content.content().toString(ISO_8859_1));
          content.release();
        }
        if (object instanceof LastHttpContent last) {
          messages.add(message(start, fields, body.toString(), lines(last.trailingHeaders())));
          body.setLength(0);
        }
      }
      return new Opinion(messages, false);
    } finally {
      channel.finishAndReleaseAll();
    }
  }

  @Provide
  Arbitrary<String> good() {
    return Messages.requests();
  }

  @Provide
  Arbitrary<String> damaged() {
    return Messages.damaged(Messages.requests());
  }

  @Property(tries = 500, seed = "11")
  void sameMessagesOutOfGoodRequests(@ForAll("good") String text) {
    Opinion ours = ours(text, new ArrayList<>());
    assertEquals(new Opinion(ours.messages(), false), theirs(text));
  }

  @Property(tries = 4000, seed = "12")
  void sameMessagesOutOfDamagedRequests(@ForAll("damaged") String text) {
    List<Http1Violation> violations = new ArrayList<>();
    Opinion ours = ours(text, violations);
    Opinion theirs = theirs(text);
    if (!ours.fault()) {
      assertEquals(ours, theirs);
      return;
    }
    // Netty judges whole lines, we single bytes: where a line has not ended, it may not have
    // judged.
    int common = Math.min(ours.messages().size(), theirs.messages().size());
    assertEquals(ours.messages().subList(0, common), theirs.messages().subList(0, common));
    if (!theirs.fault() && theirs.messages().size() > common) {
      Http1Violation violation = violations.get(0);
      Pattern rule = WE_ARE_STRICTER.get(violation);
      assertTrue(rule != null && rule.matcher(text).find(), () -> "only we find " + violation);
    }
  }
}
