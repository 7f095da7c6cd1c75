package io.roadrunner.conformance;

import static io.roadrunner.conformance.Frames.BINARY;
import static io.roadrunner.conformance.Frames.CLOSE;
import static io.roadrunner.conformance.Frames.CONTINUATION;
import static io.roadrunner.conformance.Frames.FIN;
import static io.roadrunner.conformance.Frames.PING;
import static io.roadrunner.conformance.Frames.RSV1;
import static io.roadrunner.conformance.Frames.TEXT;
import static io.roadrunner.conformance.Frames.frame;
import static io.roadrunner.conformance.Frames.hex;

import io.roadrunner.conformance.Utf8Samples.Invalid;
import java.util.Arrays;

/** RFC 7692 §6 and §7.2: messages on a connection with compression. */
final class CompressionCases {

  private static final byte[] HELLO = hex("f2 48 cd c9 c9 07 00");

  private CompressionCases() {}

  static void addTo(CaseList list) {
    list.section("RFC 7692 §6");
    bits(list);
    list.section("RFC 7692 §6.1");
    frames(list);
    list.section("RFC 7692 §7.2.2");
    malformed(list);
    list.section("RFC 7692 §7.2.3");
    examples(list);
    list.section("RFC 7692 §6.2");
    text(list);
  }

  private static void bits(CaseList list) {
    byte[] begun = frame(RSV1 | TEXT, Arrays.copyOf(HELLO, 3));
    refused(list, "RSV1 on a continuation", 1002, begun, frame(FIN | RSV1 | CONTINUATION, ""));
    refused(list, "RSV1 on a Ping", 1002, frame(FIN | RSV1 | PING, ""));
    refused(list, "RSV1 on a Close frame", 1002, frame(FIN | RSV1 | CLOSE, ""));
    for (int bits : new int[] {0x10, 0x20, 0x30, 0x50, 0x60, 0x70}) {
      String title = "reserved bits " + Integer.toHexString(bits >> 4);
      refused(list, title, 1002, frame(FIN | bits | TEXT, HELLO));
    }
    list.light(
        "plain and compressed messages take turns",
        server -> {
          try (Client client = Client.compressing(server, Terms.NONE)) {
            for (int i = 0; i < 20; i++) {
              byte[] payload = Payloads.json(50 + 37 * i, i % 3);
              client.send(
                  frame(FIN | RSV1 | TEXT, client.deflation().compress(payload)),
                  frame(FIN | TEXT, payload),
                  frame(FIN | BINARY, payload));
              client.expect(TEXT, payload);
              client.expect(TEXT, payload);
              client.expect(BINARY, payload);
            }
            client.finish();
          }
        });
  }

  private static void frames(CaseList list) {
    list.light(
        "cut into two fragments at every byte, a Ping between them",
        server -> {
          try (Client client = Client.compressing(server, Terms.NONE)) {
            for (int cut = 0; cut <= HELLO.length; cut++) {
              byte[] ping = Frames.utf8("between " + cut);
              client.send(frame(RSV1 | TEXT, Arrays.copyOf(HELLO, cut)), client.ping(ping));
              client.expectPong(ping);
              byte[] rest = Arrays.copyOfRange(HELLO, cut, HELLO.length);
              client.send(frame(FIN | CONTINUATION, rest));
              client.expectText("Hello");
            }
            client.finish();
          }
        });
    list.light(
        "byte by byte, in fragments and in pieces",
        server -> {
          try (Client client = Client.compressing(server, Terms.NONE)) {
            client.send(Frames.fragments(RSV1 | TEXT, HELLO, 1));
            client.expectText("Hello");
            client.sendCut(1, frame(FIN | RSV1 | BINARY, HELLO));
            client.expect(BINARY, Frames.utf8("Hello"));
            client.finish();
          }
        });
    echoed(
        list,
        "empty fragments before, between and behind",
        "Hello",
        frame(RSV1 | TEXT, ""),
        frame(CONTINUATION, Arrays.copyOf(HELLO, 3)),
        frame(CONTINUATION, ""),
        frame(CONTINUATION, Arrays.copyOfRange(HELLO, 3, 7)),
        frame(FIN | CONTINUATION, ""));
  }

  private static void malformed(CaseList list) {
    for (String payload :
        new String[] {"ff ff ff", "07", "00 05 00 00 00", "f2 48 cd c9", "63 ff"}) {
      refused(list, "payload " + payload, 1007, frame(FIN | RSV1 | BINARY, hex(payload)));
      refused(
          list,
          "payload " + payload + " in fragments",
          1007,
          Frames.fragments(RSV1 | BINARY, hex(payload), 1));
    }
    refused(
        list, "nothing before the window", 1007, frame(FIN | RSV1 | TEXT, hex("f2 00 11 00 00")));
  }

  private static void examples(CaseList list) {
    echoed(list, "one block", "Hello", frame(FIN | RSV1 | TEXT, HELLO));
    list.light(
        "the second one refers to the first",
        server -> {
          try (Client client = Client.compressing(server, Terms.NONE)) {
            client.send(frame(FIN | RSV1 | TEXT, HELLO));
            client.send(frame(FIN | RSV1 | TEXT, hex("f2 00 11 00 00")));
            client.expectText("Hello");
            client.expectText("Hello");
            client.finish();
          }
        });
    byte[] stored = hex("00 05 00 fa ff 48 65 6c 6c 6f 00");
    echoed(list, "block without compression", "Hello", frame(FIN | RSV1 | TEXT, stored));
    byte[] last = hex("f3 48 cd c9 c9 07 00 00");
    echoed(list, "block with BFINAL", "Hello", frame(FIN | RSV1 | TEXT, last));
    byte[] two = hex("f2 48 05 00 00 00 ff ff ca c9 c9 07 00");
    echoed(list, "two blocks", "Hello", frame(FIN | RSV1 | TEXT, two));
    echoed(list, "empty message", "", frame(FIN | RSV1 | TEXT, hex("00")));
    echoed(list, "empty message with a fixed block", "", frame(FIN | RSV1 | TEXT, hex("02 00")));
  }

  private static void text(CaseList list) {
    for (String text : Utf8Samples.valid()) {
      byte[] bytes = Frames.utf8(text);
      list.light(
          "valid " + java.util.HexFormat.of().formatHex(bytes) + ", in fragments of one byte",
          server -> {
            try (Client client = Client.compressing(server, Terms.NONE)) {
              client.send(Frames.fragments(RSV1 | TEXT, client.deflation().compress(bytes), 1));
              client.expect(TEXT, bytes);
              client.finish();
            }
          });
    }
    for (Invalid sample : Utf8Samples.invalid()) {
      byte[] bytes = hex(sample.hex());
      list.light(
          "invalid " + sample.hex() + ", at once although its message goes on",
          server -> {
            try (Client client = Client.compressing(server, Terms.NONE)) {
              byte[] until = Arrays.copyOf(bytes, sample.impossible() + 1);
              // With the octets that end a flush, all that was compressed can be had.
              byte[] payload = Frames.join(client.deflation().compress(until), hex("00 00 ff ff"));
              client.send(frame(RSV1 | TEXT, payload));
              client.expectClose(1007);
            }
          });
    }
    for (String start : Utf8Samples.cutOff()) {
      list.light(
          "ends within " + start,
          server -> {
            try (Client client = Client.compressing(server, Terms.NONE)) {
              byte[] payload = client.deflation().compress(hex(start));
              client.send(frame(FIN | RSV1 | TEXT, payload));
              client.expectClose(1007);
            }
          });
    }
  }

  private static void echoed(CaseList list, String title, String text, byte[]... frames) {
    list.light(
        title,
        server -> {
          try (Client client = Client.compressing(server, Terms.NONE)) {
            client.send(frames);
            client.expectText(text);
            client.finish();
          }
        });
  }

  private static void refused(CaseList list, String title, int code, byte[]... frames) {
    list.light(
        title,
        server -> {
          try (Client client = Client.compressing(server, Terms.NONE)) {
            client.send(Frames.frame(FIN | TEXT, "good"));
            client.send(frames);
            client.expectText("good");
            client.expectClose(code);
          }
        });
  }
}
