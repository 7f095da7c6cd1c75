package io.roadrunner.conformance;

import static io.roadrunner.conformance.Frames.BINARY;
import static io.roadrunner.conformance.Frames.TEXT;

/** RFC 6455 §5.4: messages of 1 to 16 MiB, in one frame and in fragments of 64 bytes to 4 MiB. */
final class LargeMessageCases {

  private static final int[] SIZES = {1 << 20, 2 << 20, 4 << 20, 8 << 20, 16 << 20};

  private static final int[] FRAGMENTS = {
    0, 64, 256, 1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20, 4 << 20
  };

  private LargeMessageCases() {}

  static void addTo(CaseList list) {
    list.section("RFC 6455 §5.4");
    for (int size : SIZES) {
      for (int fragment : FRAGMENTS) {
        add(list, TEXT, size, fragment);
        add(list, BINARY, size, fragment);
      }
    }
    for (int piece : new int[] {64, 256, 1 << 10}) {
      list.heavy(
          "text of 1 MiB, sent in pieces of " + piece,
          server -> {
            byte[] payload = Payloads.text(1 << 20);
            try (Client client = Client.plain(server)) {
              client.sendCut(piece, Frames.fragments(TEXT, payload, 0));
              client.expect(TEXT, payload);
              client.finish();
            }
          });
    }
  }

  private static void add(CaseList list, int opcode, int size, int fragment) {
    String title =
        "%s of %d MiB in %s"
            .formatted(
                opcode == TEXT ? "text" : "binary",
                size >> 20,
                fragment == 0 ? "one frame" : "fragments of " + fragment);
    ConformanceCase.Script script =
        server -> {
          byte[] payload = opcode == TEXT ? Payloads.text(size) : Payloads.binary(size);
          try (Client client = Client.plain(server)) {
            client.send(Frames.fragments(opcode, payload, fragment));
            client.expect(opcode, payload);
            client.finish();
          }
        };
    if (size == 1 << 20 && (fragment == 0 || fragment >= 4 << 10)) {
      list.light(title, script);
    } else {
      list.heavy(title, script);
    }
  }
}
