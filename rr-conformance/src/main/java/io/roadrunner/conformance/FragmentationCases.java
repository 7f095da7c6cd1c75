package io.roadrunner.conformance;

import static io.roadrunner.conformance.Frames.BINARY;
import static io.roadrunner.conformance.Frames.CONTINUATION;
import static io.roadrunner.conformance.Frames.FIN;
import static io.roadrunner.conformance.Frames.PING;
import static io.roadrunner.conformance.Frames.TEXT;
import static io.roadrunner.conformance.Frames.frame;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** RFC 6455 §5.4: every sequence of frames there is, up to a length, and long ones. */
final class FragmentationCases {

  private static final int[] FIRST_BYTES = {
    FIN | TEXT, TEXT, FIN | BINARY, BINARY, FIN | CONTINUATION, CONTINUATION, FIN | PING
  };

  private FragmentationCases() {}

  static void addTo(CaseList list) {
    list.section("RFC 6455 §5.4");
    for (int frames = 1; frames <= 4; frames++) {
      sequences(list, new ArrayList<>(), frames);
    }
    manyFragments(list);
    pingsBetweenFragments(list);
  }

  private static void sequences(CaseList list, List<Integer> start, int more) {
    if (more == 0) {
      sequence(list, List.copyOf(start));
      return;
    }
    for (int first : FIRST_BYTES) {
      List<Integer> longer = new ArrayList<>(start);
      longer.add(first);
      sequences(list, longer, more - 1);
    }
  }

  private static void sequence(CaseList list, List<Integer> firstBytes) {
    StringBuilder title = new StringBuilder("sequence");
    firstBytes.forEach(first -> title.append(' ').append(name(first)));
    if (firstBytes.size() < 4) {
      list.light(title.toString(), server -> run(server, firstBytes));
    } else {
      list.heavy(title.toString(), server -> run(server, firstBytes));
    }
  }

  private static String name(int first) {
    String name =
        switch (first & 0xF) {
          case TEXT -> "text";
          case BINARY -> "binary";
          case CONTINUATION -> "more";
          default -> "ping";
        };
    // A frame that does not end its message trails off.
    return (first & FIN) != 0 ? name.toUpperCase(Locale.ROOT) : name;
  }

  /** Sends all in one write, and plays by the rules itself to know what is due. */
  private static void run(EchoServer server, List<Integer> firstBytes) throws Exception {
    try (Client client = Client.plain(server)) {
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      List<Message> due = new ArrayList<>();
      int open = 0;
      String payload = "";
      boolean good = true;
      for (int i = 0; i < firstBytes.size(); i++) {
        int opcode = firstBytes.get(i) & 0xF;
        if (opcode == PING) {
          byte[] ping = Frames.utf8("p" + i);
          sent.writeBytes(good ? client.ping(ping) : frame(FIN | PING, ping));
          continue;
        }
        sent.writeBytes(frame(firstBytes.get(i), "x" + i));
        good &= (opcode == CONTINUATION) == (open != 0);
        open = opcode == CONTINUATION ? open : opcode;
        payload += "x" + i;
        if (good && (firstBytes.get(i) & FIN) != 0) {
          due.add(new Message(open, payload));
          open = 0;
          payload = "";
        }
      }
      client.send(sent.toByteArray());
      verify(client, due, good);
    }
  }

  private record Message(int opcode, String text) {}

  private static void verify(Client client, List<Message> due, boolean good) throws IOException {
    for (Message message : due) {
      client.expect(message.opcode(), Frames.utf8(message.text()));
    }
    if (good) {
      byte[] last = Frames.utf8("last");
      client.send(client.ping(last));
      client.expectPong(last);
      client.send(Frames.close(1000, new byte[0]));
      client.expectClose(1000);
    } else {
      client.expectClose(1002);
    }
  }

  private static void manyFragments(CaseList list) {
    list.light(
        "empty fragments before, between and behind",
        server -> {
          try (Client client = Client.plain(server)) {
            client.send(
                frame(TEXT, ""),
                frame(CONTINUATION, ""),
                frame(CONTINUATION, "full"),
                frame(CONTINUATION, ""),
                frame(FIN | CONTINUATION, ""),
                frame(BINARY, ""),
                frame(FIN | CONTINUATION, ""));
            client.expectText("full");
            client.expect(BINARY, new byte[0]);
            client.finish();
          }
        });
    for (int size : new int[] {1, 2, 3, 7, 100}) {
      list.light(
          "fragments of " + size + " bytes, sent one by one",
          server -> {
            byte[] text = Payloads.text(1500);
            byte[] binary = Payloads.binary(1500);
            try (Client client = Client.plain(server)) {
              client.sendCut(size + 6, Frames.fragments(TEXT, text, size));
              client.sendCut(size + 6, Frames.fragments(BINARY, binary, size));
              client.expect(TEXT, text);
              client.expect(BINARY, binary);
              client.finish();
            }
          });
    }
  }

  private static void pingsBetweenFragments(CaseList list) {
    list.light(
        "Pongs do not wait for the message to end",
        server -> {
          try (Client client = Client.plain(server)) {
            client.send(frame(TEXT, "a"));
            for (int i = 0; i < 5; i++) {
              byte[] payload = Frames.utf8("ping " + i);
              client.send(client.ping(payload));
              client.expectPong(payload);
              client.send(frame(CONTINUATION, "b"));
            }
            client.send(frame(FIN | CONTINUATION, "c"));
            client.expectText("abbbbbc");
            client.finish();
          }
        });
  }
}
