package io.roadrunner.conformance;

import static io.roadrunner.conformance.Frames.BINARY;
import static io.roadrunner.conformance.Frames.CLOSE;
import static io.roadrunner.conformance.Frames.CONTINUATION;
import static io.roadrunner.conformance.Frames.FIN;
import static io.roadrunner.conformance.Frames.PING;
import static io.roadrunner.conformance.Frames.TEXT;
import static io.roadrunner.conformance.Frames.close;
import static io.roadrunner.conformance.Frames.frame;

import io.roadrunner.conformance.ServerEvent.Closing;

/** RFC 6455 §5.5.1 and §7: codes, reasons, and what is sent around a Close frame. */
final class CloseCases {

  private static final int[] GOOD = {
    1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3001, 3999, 4000,
    4999
  };

  private static final int[] BAD = {
    0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 1999, 2000, 2999, 5000, 32767, 32768, 65535
  };

  private static final byte[] NOTHING = {};

  private CloseCases() {}

  static void addTo(CaseList list) {
    list.section("RFC 6455 §5.5.1");
    answered(list, "no code", frame(FIN | CLOSE, ""), Closing.NO_CODE, 1000);
    refused(list, "code of one byte", 1002, frame(FIN | CLOSE, "x"));
    for (int length : new int[] {0, 1, 2, 122, 123}) {
      byte[] reason = Payloads.text(length);
      answered(list, "reason of " + length + " bytes", close(1000, reason), 1000);
    }
    refused(list, "reason of 124 bytes", 1002, close(1000, Payloads.text(124)));
    for (String reason : new String[] {"c3", "c0 af", "ed a0 80", "f4 90 80 80", "61 ff 62"}) {
      refused(list, "reason " + reason, 1007, close(1000, Frames.hex(reason)));
    }
    list.section("RFC 6455 §7.1");
    sequences(list);
    list.section("RFC 6455 §7.4");
    for (int code : GOOD) {
      answered(list, "code " + code, close(code, NOTHING), code);
      answered(list, "code " + code + " and reason", close(code, Frames.utf8("€")), code);
    }
    for (int code : BAD) {
      refused(list, "code " + code, 1002, close(code, NOTHING));
      refused(list, "code " + code + " and reason", 1002, close(code, Frames.utf8("bye")));
    }
    everyCode(list);
  }

  private static void answered(CaseList list, String title, byte[] close, Integer... codes) {
    list.light(
        title,
        server -> {
          try (Client client = Client.plain(server)) {
            client.send(close);
            client.expectClose(codes);
          }
        });
  }

  private static void refused(CaseList list, String title, int code, byte[] close) {
    list.light(
        title + ", refused",
        server -> {
          try (Client client = Client.plain(server)) {
            client.sendCut(1, close);
            client.expectClose(code);
          }
        });
  }

  private static void sequences(CaseList list) {
    behindClose(list, "Close twice", close(1000, NOTHING));
    behindClose(list, "Close, then a Ping", frame(FIN | PING, "late"));
    behindClose(list, "Close, then a message", frame(FIN | TEXT, "late"));
    behindClose(list, "Close, then rubbish", Frames.hex("ff ff ff ff ff ff ff ff"));
    list.light(
        "Close within a message, then its rest",
        server -> {
          try (Client client = Client.plain(server)) {
            client.send(frame(TEXT, "a"), close(1000, NOTHING), frame(FIN | CONTINUATION, "b"));
            client.expectClose(1000);
          }
        });
    list.light(
        "message, then Close, in one write",
        server -> {
          try (Client client = Client.plain(server)) {
            client.send(frame(FIN | TEXT, "a"), close(1001, NOTHING));
            client.expectCloseAfterPerhaps(TEXT, Frames.utf8("a"), 1001);
          }
        });
    list.light(
        "256 KiB, then Close, then a Ping",
        server -> {
          byte[] payload = Payloads.binary(256 << 10);
          try (Client client = Client.plain(server)) {
            client.send(frame(FIN | BINARY, payload), close(1000, NOTHING), frame(FIN | PING, ""));
            client.expectCloseAfterPerhaps(BINARY, payload, 1000);
          }
        });
    list.light(
        "ten messages and their echoes, then Close",
        server -> {
          try (Client client = Client.plain(server)) {
            for (int i = 0; i < 10; i++) {
              client.echo("message " + i);
            }
            client.finish();
          }
        });
  }

  private static void behindClose(CaseList list, String title, byte[] late) {
    list.light(
        title,
        server -> {
          try (Client client = Client.plain(server)) {
            client.send(close(1000, NOTHING), late);
            client.expectClose(1000);
          }
        });
  }

  private static void everyCode(CaseList list) {
    list.heavy(
        "every code up to 5100",
        server -> {
          for (int code = 0; code <= 5100; code++) {
            try (Client client = Client.plain(server)) {
              client.send(close(code, NOTHING));
              client.expectClose(isForWire(code) ? code : 1002);
            }
          }
        });
  }

  private static boolean isForWire(int code) {
    return code >= 3000 ? code < 5000 : code >= 1000 && code < 1015 && (code < 1004 || code > 1006);
  }
}
