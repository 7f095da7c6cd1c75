package io.roadrunner.conformance;

import static io.roadrunner.conformance.Frames.BINARY;
import static io.roadrunner.conformance.Frames.CLOSE;
import static io.roadrunner.conformance.Frames.FIN;
import static io.roadrunner.conformance.Frames.PING;
import static io.roadrunner.conformance.Frames.PONG;
import static io.roadrunner.conformance.Frames.TEXT;
import static io.roadrunner.conformance.Frames.frame;

/** RFC 6455 §5.5: Ping, Pong, and what no control frame may be. */
final class ControlCases {

  private ControlCases() {}

  static void addTo(CaseList list) {
    list.section("RFC 6455 §5.5");
    for (int opcode : new int[] {CLOSE, PING, PONG}) {
      refused(list, "126 bytes in opcode " + opcode, frame(FIN | opcode, Payloads.text(126)));
      refused(list, "65536 bytes in opcode " + opcode, frame(FIN | opcode, new byte[65536]));
      refused(list, "fragmented opcode " + opcode, frame(opcode, ""));
      refused(list, "fragmented opcode " + opcode + " with payload", frame(opcode, "ab"));
    }
    list.section("RFC 6455 §5.5.2");
    for (int size : new int[] {0, 1, 2, 64, 124, 125}) {
      ping(list, "Ping of " + size + " bytes", Payloads.binary(size));
    }
    ping(list, "Ping with bytes that are no text", Frames.hex("00 ff fe fd fc fb 00 ff"));
    manyPings(list, 10);
    manyPings(list, 1000);
    list.section("RFC 6455 §5.5.3");
    pongs(list);
  }

  private static void refused(CaseList list, String title, byte[] bad) {
    list.light(
        title,
        server -> {
          try (Client client = Client.plain(server)) {
            client.send(frame(FIN | TEXT, "good"), bad, frame(FIN | TEXT, "later"));
            client.expectText("good");
            client.expectClose(1002);
          }
        });
  }

  private static void ping(CaseList list, String title, byte[] payload) {
    list.light(
        title,
        server -> {
          try (Client client = Client.plain(server)) {
            client.send(client.ping(payload));
            client.expectPong(payload);
            client.finish();
          }
        });
    list.light(
        title + ", byte by byte",
        server -> {
          try (Client client = Client.plain(server)) {
            client.sendCut(1, client.ping(payload));
            client.expectPong(payload);
            client.finish();
          }
        });
  }

  private static void manyPings(CaseList list, int count) {
    list.light(
        count + " Pings in one write, the last one at least is answered",
        server -> {
          try (Client client = Client.plain(server)) {
            byte[] all = new byte[0];
            for (int i = 0; i < count; i++) {
              all = Frames.join(all, client.ping(Frames.utf8("ping " + i)));
            }
            client.send(all);
            client.expectPong(Frames.utf8("ping " + (count - 1)));
            client.echo("still there");
            client.finish();
          }
        });
    list.light(
        count + " Pings, each after the Pong of the one before",
        server -> {
          try (Client client = Client.plain(server)) {
            for (int i = 0; i < count; i++) {
              byte[] payload = Frames.utf8("ping " + i);
              client.send(client.ping(payload));
              client.expectPong(payload);
            }
            client.finish();
          }
        });
  }

  private static void pongs(CaseList list) {
    list.light(
        "Pongs that nobody asked for have no effect",
        server -> {
          try (Client client = Client.plain(server)) {
            client.send(frame(FIN | PONG, ""), frame(FIN | PONG, Payloads.binary(125)));
            byte[] payload = Frames.utf8("mine");
            client.send(client.ping(payload));
            client.expectPong(payload);
            client.echo("and messages pass");
            client.finish();
          }
        });
    list.light(
        "Pings and messages in one write",
        server -> {
          try (Client client = Client.plain(server)) {
            byte[] last = Frames.utf8("q");
            client.send(
                client.ping(Frames.utf8("p")),
                frame(FIN | TEXT, "one"),
                client.ping(last),
                frame(FIN | BINARY, "two"));
            client.expectText("one");
            client.expect(BINARY, Frames.utf8("two"));
            client.expectPong(last);
            client.finish();
          }
        });
  }
}
