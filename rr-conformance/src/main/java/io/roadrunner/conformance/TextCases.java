package io.roadrunner.conformance;

import static io.roadrunner.conformance.Frames.BINARY;
import static io.roadrunner.conformance.Frames.CONTINUATION;
import static io.roadrunner.conformance.Frames.FIN;
import static io.roadrunner.conformance.Frames.TEXT;
import static io.roadrunner.conformance.Frames.frame;

import io.roadrunner.conformance.Utf8Samples.Invalid;
import java.util.Arrays;

/** RFC 6455 §8.1: text is UTF-8, and the first byte that cannot be ends the connection. */
final class TextCases {

  private static final byte[] BEFORE = Frames.utf8("Grüße, 世界! ");
  private static final byte[] BEHIND = Frames.utf8(" and so on");

  private TextCases() {}

  static void addTo(CaseList list) {
    list.section("RFC 6455 §8.1");
    for (String text : Utf8Samples.valid()) {
      String title = "valid " + java.util.HexFormat.of().formatHex(Frames.utf8(text));
      valid(list, title, Frames.join(BEFORE, Frames.utf8(text), BEHIND));
    }
    for (Invalid sample : Utf8Samples.invalid()) {
      invalid(list, "invalid " + sample.hex(), sample);
    }
    for (String start : Utf8Samples.cutOff()) {
      byte[] text = Frames.join(BEFORE, Frames.hex(start));
      refused(list, "ends within " + start, frame(FIN | TEXT, text));
      refused(
          list,
          "ends within " + start + ", by an empty fragment",
          frame(TEXT, text),
          frame(FIN | CONTINUATION, ""));
    }
    notText(list);
  }

  private static void valid(CaseList list, String title, byte[] text) {
    list.light(
        title + ", whole and cut into two fragments at every byte",
        server -> {
          try (Client client = Client.plain(server)) {
            client.send(frame(FIN | TEXT, text));
            client.expect(TEXT, text);
            for (int cut = 0; cut <= text.length; cut++) {
              client.send(
                  frame(TEXT, Arrays.copyOf(text, cut)),
                  frame(FIN | CONTINUATION, Arrays.copyOfRange(text, cut, text.length)));
              client.expect(TEXT, text);
            }
            client.finish();
          }
        });
    list.light(
        title + ", byte by byte: fragments, then pieces",
        server -> {
          try (Client client = Client.plain(server)) {
            client.send(Frames.fragments(TEXT, text, 1));
            client.expect(TEXT, text);
            client.sendCut(1, frame(FIN | TEXT, text));
            client.expect(TEXT, text);
            client.finish();
          }
        });
  }

  private static void invalid(CaseList list, String title, Invalid sample) {
    byte[] text = Frames.join(BEFORE, Frames.hex(sample.hex()), BEHIND);
    refused(list, title, frame(FIN | TEXT, text));
    list.light(
        title + ", cut into two fragments at every byte",
        server -> {
          for (int cut = 0; cut <= text.length; cut++) {
            try (Client client = Client.plain(server)) {
              client.send(
                  frame(TEXT, Arrays.copyOf(text, cut)),
                  frame(FIN | CONTINUATION, Arrays.copyOfRange(text, cut, text.length)));
              client.expectClose(1007);
            }
          }
        });
    // Nothing is sent behind the impossible byte: whoever waits for more waits too long.
    byte[] untilImpossible = Arrays.copyOf(text, BEFORE.length + sample.impossible() + 1);
    list.light(
        title + ", at once although its frame goes on",
        server -> {
          byte[] whole = frame(FIN | TEXT, text);
          int missing = text.length - untilImpossible.length;
          try (Client client = Client.plain(server)) {
            client.sendCut(1, Arrays.copyOf(whole, whole.length - missing));
            client.expectClose(1007);
          }
        });
    list.light(
        title + ", at once although its message goes on",
        server -> {
          try (Client client = Client.plain(server)) {
            byte[] last = {untilImpossible[untilImpossible.length - 1]};
            byte[] good = Arrays.copyOf(untilImpossible, untilImpossible.length - 1);
            client.send(frame(TEXT, good), frame(CONTINUATION, last));
            client.expectClose(1007);
          }
        });
  }

  private static void refused(CaseList list, String title, byte[]... frames) {
    list.light(
        title,
        server -> {
          try (Client client = Client.plain(server)) {
            client.send(frames);
            client.expectClose(1007);
          }
        });
  }

  private static void notText(CaseList list) {
    list.light(
        "binary messages and Pings may have any bytes",
        server -> {
          try (Client client = Client.plain(server)) {
            for (Invalid sample : Utf8Samples.invalid()) {
              byte[] bytes = Frames.hex(sample.hex());
              client.send(frame(FIN | BINARY, bytes), client.ping(bytes));
              client.expect(BINARY, bytes);
              client.expectPong(bytes);
            }
            client.finish();
          }
        });
    list.light(
        "a binary message between two texts leaves no trace",
        server -> {
          try (Client client = Client.plain(server)) {
            client.echo("ä");
            client.send(frame(FIN | BINARY, Frames.hex("e2 82")));
            client.expect(BINARY, Frames.hex("e2 82"));
            client.echo("€");
            client.finish();
          }
        });
  }
}
