package io.roadrunner.conformance;

import static io.roadrunner.conformance.Frames.BINARY;
import static io.roadrunner.conformance.Frames.RSV1;
import static io.roadrunner.conformance.Frames.TEXT;

import io.roadrunner.conformance.Terms.Context;
import java.io.IOException;
import java.util.List;

/** RFC 7692 §7.2: every combination of parameters, messages of 16 B to 128 KiB, many of them. */
final class CompressedVolumeCases {

  private static final int[] SIZES = {
    16, 64, 256, 1 << 10, 4 << 10, 8 << 10, 16 << 10, 32 << 10, 64 << 10, 128 << 10
  };

  /** Bytes of payload in a frame that the client sends; 0: all of the message. */
  private static final int[] FRAGMENTS = {0, 256, 1 << 10, 4 << 10, 32 << 10};

  private CompressedVolumeCases() {}

  static void addTo(CaseList list) {
    list.section("RFC 7692 §7.2");
    for (Terms terms : Terms.all()) {
      list.light(terms + ", 16 B to 1 KiB", server -> messages(server, terms, 4));
      list.heavy(terms + ", 16 B to 128 KiB", server -> messages(server, terms, SIZES.length));
    }
    for (Terms terms :
        List.of(
            Terms.of(Context.KEPT, Terms.ABSENT),
            Terms.of(Context.FRESH, Terms.ABSENT),
            Terms.of(Context.KEPT, 8),
            Terms.of(Context.KEPT, 9),
            Terms.of(Context.KEPT, 15),
            Terms.of(Context.FRESH, 9),
            Terms.of(Context.FRESH, 15))) {
      list.light(terms + ", 128 KiB", server -> repeated(server, terms, 128 << 10, 2));
      for (int size : SIZES) {
        int count = Math.min(1000, (4 << 20) / size);
        list.heavy(
            "%s, %d messages of %d B".formatted(terms, count, size),
            server -> repeated(server, terms, size, count));
      }
    }
  }

  /** One of each size, text that repeats itself in turn with bytes that hardly do. */
  private static void messages(EchoServer server, Terms terms, int sizes) throws Exception {
    try (Client client = Client.compressing(server, terms)) {
      for (int i = 0; i < sizes; i++) {
        message(client, RSV1 | TEXT, Payloads.json(SIZES[i], i), FRAGMENTS[i % FRAGMENTS.length]);
        message(client, RSV1 | BINARY, Payloads.noise(SIZES[i], i), FRAGMENTS[(i + 1) % 5]);
      }
      client.finish();
    }
  }

  private static void repeated(EchoServer server, Terms terms, int size, int count)
      throws Exception {
    try (Client client = Client.compressing(server, terms)) {
      for (int i = 0; i < count; i++) {
        int fragment = FRAGMENTS[i % FRAGMENTS.length];
        message(client, RSV1 | TEXT, Payloads.json(size, i % 7), fragment);
      }
      client.finish();
    }
  }

  private static void message(Client client, int first, byte[] payload, int fragment)
      throws IOException {
    client.send(Frames.fragments(first, client.deflation().compress(payload), fragment));
    client.expect(first & ~RSV1, payload);
  }
}
