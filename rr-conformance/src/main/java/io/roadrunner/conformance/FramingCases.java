package io.roadrunner.conformance;

import static io.roadrunner.conformance.Frames.BINARY;
import static io.roadrunner.conformance.Frames.CLOSE;
import static io.roadrunner.conformance.Frames.FIN;
import static io.roadrunner.conformance.Frames.PING;
import static io.roadrunner.conformance.Frames.TEXT;
import static io.roadrunner.conformance.Frames.frame;

/** RFC 6455 §5.1 and §5.2: one frame. */
final class FramingCases {

  private static final int[] SIZES = {
    0, 1, 2, 125, 126, 127, 128, 255, 256, 1000, 65_534, 65_535, 65_536, 65_537, 100_000
  };

  private FramingCases() {}

  static void addTo(CaseList list) {
    list.section("RFC 6455 §5.1");
    masks(list);
    list.section("RFC 6455 §5.2");
    for (int size : SIZES) {
      sizes(list, TEXT, "text", Payloads.text(size));
      sizes(list, BINARY, "binary", Payloads.binary(size));
    }
    for (int bits = 1; bits < 8; bits++) {
      for (int opcode : new int[] {TEXT, BINARY, CLOSE, PING}) {
        reservedBits(list, bits, opcode);
      }
    }
    for (int opcode : new int[] {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
      String name = "reserved opcode " + Integer.toHexString(opcode);
      refused(list, name, 1002, frame(FIN | opcode, ""));
      refused(list, name + " with payload", 1002, frame(FIN | opcode, "payload"));
    }
    lengths(list);
  }

  private static void masks(CaseList list) {
    for (int opcode : new int[] {TEXT, BINARY, CLOSE, PING}) {
      byte[] empty = Frames.unmasked(FIN | opcode, new byte[0]);
      refused(list, "unmasked frame with opcode " + opcode, 1002, empty);
    }
    for (int key : new int[] {0, 1, -1, 0x0101_0101, 0x8000_0000, 0x1234_5678}) {
      list.light(
          "masking key " + Integer.toHexString(key),
          server -> {
            byte[] payload = Payloads.binary(77);
            try (Client client = Client.plain(server)) {
              client.send(Frames.withKey(FIN | BINARY, payload, key));
              client.expect(BINARY, payload);
              client.finish();
            }
          });
    }
  }

  private static void sizes(CaseList list, int opcode, String kind, byte[] payload) {
    String title = kind + " of " + payload.length + " bytes";
    byte[] sent = frame(FIN | opcode, payload);
    list.light(
        title,
        server -> {
          try (Client client = Client.plain(server)) {
            client.send(sent);
            client.expect(opcode, payload);
            client.finish();
          }
        });
    list.light(
        title + ", in pieces",
        server -> {
          try (Client client = Client.plain(server)) {
            client.sendCut(payload.length < 1000 ? 1 : 997, sent);
            client.expect(opcode, payload);
            client.finish();
          }
        });
  }

  private static void reservedBits(CaseList list, int bits, int opcode) {
    byte[] bad = frame(FIN | bits << 4 | opcode, "");
    refused(list, "reserved bits %d with opcode %d".formatted(bits, opcode), 1002, bad);
  }

  private static void lengths(CaseList list) {
    for (long length : new long[] {0, 1, 125}) {
      String name = "length " + length + " in ";
      refused(list, name + "2 bytes", 1002, Frames.header(FIN | BINARY, length, 2));
      refused(list, name + "8 bytes", 1002, Frames.header(FIN | BINARY, length, 8));
    }
    refused(list, "length 126 in 8 bytes", 1002, Frames.header(FIN | BINARY, 126, 8));
    refused(list, "length 65535 in 8 bytes", 1002, Frames.header(FIN | BINARY, 65535, 8));
    refused(list, "length with the top bit", 1002, Frames.header(FIN | BINARY, 1L << 63, 8));
    refused(list, "length with all bits", 1002, Frames.header(FIN | BINARY, -1, 8));
    refused(list, "length 2^62, by the header", 1009, Frames.header(FIN | BINARY, 1L << 62, 8));
  }

  /** What was right before it is still answered, what follows is not. */
  private static void refused(CaseList list, String title, int code, byte[] bad) {
    byte[] good = frame(FIN | TEXT, "good");
    byte[] later = frame(FIN | PING, "later");
    list.light(
        title,
        server -> {
          try (Client client = Client.plain(server)) {
            client.send(good, bad, later);
            client.expectText("good");
            client.expectClose(code);
          }
        });
    list.light(
        title + ", byte by byte",
        server -> {
          try (Client client = Client.plain(server)) {
            client.sendCut(1, good, bad, later);
            client.expectText("good");
            client.expectClose(code);
          }
        });
  }
}
