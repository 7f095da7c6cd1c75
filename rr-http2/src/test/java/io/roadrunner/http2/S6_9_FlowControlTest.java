package io.roadrunner.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.http2.frame.Frame;
import io.roadrunner.http2.frame.RstStreamFrame;
import io.roadrunner.http2.frame.SettingsFrame;
import io.roadrunner.http2.frame.WindowUpdateFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class S6_9_FlowControlTest {
  private static final int MOST = Integer.MAX_VALUE;

  private static Client connected(long... settings) {
    return new Client(Http2Limits.defaults(), ExtendedConnect.DISABLED).connect(settings);
  }

  private static int upload(Client client, int streamId, int frames) {
    int events = 0;
    for (int i = 0; i < frames; i++) {
      events += client.send(Client.data(streamId, "x".repeat(16_384), EndStream.NO)).size();
    }
    return events;
  }

  @Nested
  class Receiving {

    @Test
    @DisplayName("H19 DATA beyond the window of the stream")
    void beyondStream() {
      Client client = Client.connected();
      client.send(client.post(1));
      assertEquals(16, upload(client, 1, 16));
      assertEquals(
          List.of("reset 1 FLOW_CONTROL_ERROR VIOLATION"),
          client.send(Client.data(1, "x", EndStream.NO)));
      // What the stream had was given back, so that others can go on.
      assertEquals(List.of("rst 1 FLOW_CONTROL_ERROR"), client.output());
    }

    @Test
    @DisplayName("H19 DATA beyond the window of the connection")
    void beyondConnection() {
      Client client = Client.connected();
      for (int id = 1; id <= 7; id += 2) {
        client.send(client.post(id));
        assertEquals(16, upload(client, id, 16));
      }
      client.send(client.post(9));
      assertEquals(
          List.of("failed FLOW_CONTROL_ERROR WINDOW_EXCEEDED"),
          client.send(Client.data(9, "x", EndStream.NO)));
    }

    @Test
    void windowIsTheDefaultUntilSettingsAreAcknowledged() {
      Client client = Client.silent();
      client.receive(ByteBuffer.wrap(Client.PREFACE));
      client.send(SettingsFrame.of());
      client.send(client.post(1));
      assertEquals(3, upload(client, 1, 3));
      client.send(SettingsFrame.acknowledgement());
      assertEquals(13, upload(client, 1, 13));
      assertEquals(
          List.of("reset 1 FLOW_CONTROL_ERROR VIOLATION"),
          client.send(Client.data(1, "x", EndStream.NO)));
    }

    @Test
    void smallStreamWindow() {
      Client client = Client.connected(Http2Limits.defaults().withStreamWindowBytes(10));
      client.send(client.post(1), client.post(3));
      assertEquals(1, client.send(Client.data(1, "0123456789", EndStream.NO)).size());
      assertEquals(
          List.of("reset 3 FLOW_CONTROL_ERROR VIOLATION"),
          client.send(Client.data(3, "0123456789A", EndStream.NO)));
    }

    @Test
    void updatesComeInPortions() {
      Client client = Client.connected();
      client.send(client.post(1));
      upload(client, 1, 8);
      client.server.consumed(1, 131_071);
      assertEquals(List.of(), client.output());
      client.server.consumed(1, 1);
      assertEquals(List.of("window 1 131072"), client.output());
      upload(client, 1, 16);
      client.server.consumed(1, 0);
      client.server.consumed(1, 262_144);
      assertEquals(List.of("window 1 262144"), client.output());
      upload(client, 1, 8);
      client.server.consumed(1, 131_072);
      assertEquals(List.of("window 0 524288", "window 1 131072"), client.output());
    }

    @Test
    void streamsThatHaveEndedGetNoUpdates() {
      Client client = Client.connected();
      client.send(client.post(1));
      upload(client, 1, 15);
      client.send(Client.data(1, "", EndStream.YES));
      client.server.consumed(1, 15 * 16_384);
      assertEquals(List.of(), client.output());
    }

    @Test
    @DisplayName("S07 what a dead stream had goes back to the connection")
    void deadStreamsGiveBack() {
      Client client = Client.connected();
      for (int id = 1; id < 200; id += 2) {
        client.send(client.post(id));
        assertEquals(16, upload(client, id, 16));
        client.server.consumed(id, 1);
        client.send(new RstStreamFrame(id, 8));
        client.server.consumed(id, 262_144);
      }
      assertEquals(50, client.output().size());
    }

    @Test
    @DisplayName("S07 what comes for a stream that we reset goes back, too")
    void lateDataGoesBack() {
      Client client = Client.connected();
      client.send(client.post(1));
      client.server.reset(1, ErrorCode.CANCEL);
      assertEquals(0, upload(client, 1, 100));
      assertEquals(
          List.of("rst 1 CANCEL", "window 0 524288", "window 0 524288", "window 0 524288"),
          client.output());
    }

    @Test
    void consumedTooMuch() {
      Client client = Client.connected();
      client.send(client.post(1), Client.data(1, "x", EndStream.NO));
      assertThrows(IllegalArgumentException.class, () -> client.server.consumed(1, 2));
      assertThrows(IllegalArgumentException.class, () -> client.server.consumed(1, -1));
    }
  }

  @Nested
  class Sending {

    private List<String> answer(Client client, String content) {
      client.send(client.get(1));
      client.respond(1, content);
      List<String> sent = client.output();
      return sent.subList(1, sent.size());
    }

    @Test
    void noMoreThanTheWindow() {
      Client client = connected(4, 3);
      assertEquals(List.of("data 1 abc"), answer(client, "abcdef"));
      assertFalse(client.server.wantsWrite());
      client.send(new WindowUpdateFrame(1, 2));
      assertEquals(List.of("data 1 de"), client.output());
      client.send(new WindowUpdateFrame(1, 2));
      assertEquals(List.of("data 1 f end"), client.output());
    }

    @Test
    void windowOfOne() {
      Client client = connected(4, 100, 4, 1);
      assertEquals(List.of("data 1 a"), answer(client, "abc"));
    }

    @Test
    void windowOfNothingStillEnds() {
      Client client = connected(4, 0);
      assertEquals(List.of("data 1  end"), answer(client, ""));
    }

    @Test
    @DisplayName("H07 windows can be negative")
    void negative() {
      Client client = connected(4, 3);
      assertEquals(List.of("data 1 abc"), answer(client, "abcdef"));
      client.send(SettingsFrame.of(4, 2));
      client.send(new WindowUpdateFrame(1, 1));
      assertEquals(List.of("settings ack"), client.output());
      client.send(new WindowUpdateFrame(1, 1));
      assertEquals(List.of("data 1 d"), client.output());
    }

    @Test
    @DisplayName("H07 settings that overflow a window")
    void settingsOverflow() {
      Client client = connected();
      client.send(client.get(1), new WindowUpdateFrame(1, 1));
      assertEquals(
          List.of("failed FLOW_CONTROL_ERROR WINDOW_OVERFLOW"),
          client.send(SettingsFrame.of(4, MOST)));
    }

    @Test
    @DisplayName("H07 settings to and fro with open streams")
    void settingsToAndFro() {
      Client client = connected();
      for (int id = 1; id < 200; id += 2) {
        client.send(client.get(id));
      }
      for (int i = 0; i < 50; i++) {
        assertEquals(List.of(), client.send(SettingsFrame.of(4, 0), SettingsFrame.of(4, MOST)));
        client.output();
      }
      client.respond(1, "x");
      assertEquals(2, client.output().size());
    }

    @Test
    @DisplayName("H17 increments of zero, and overflows")
    void badIncrements() {
      Frame connectionOverflow = new WindowUpdateFrame(0, MOST);
      assertEquals(
          List.of("failed FLOW_CONTROL_ERROR WINDOW_OVERFLOW"),
          connected().send(connectionOverflow));
      assertEquals(
          List.of("failed PROTOCOL_ERROR ZERO_INCREMENT"),
          connected().receive(Client.raw(8, 0, 0, 0, 0, 0, 0)));
      Client client = connected();
      client.send(client.get(1), client.get(3));
      assertEquals(
          List.of("reset 1 FLOW_CONTROL_ERROR VIOLATION"),
          client.send(new WindowUpdateFrame(1, MOST)));
      assertEquals(
          List.of("reset 3 PROTOCOL_ERROR VIOLATION"),
          client.receive(Client.raw(8, 0, 3, 0, 0, 0, 0)));
    }

    @Test
    void largestWindows() {
      Client client = connected();
      client.send(client.get(1));
      assertEquals(
          List.of(),
          client.send(
              new WindowUpdateFrame(0, MOST - 65_535), new WindowUpdateFrame(1, MOST - 65_535)));
    }

    @Test
    void connectionWindowIsShared() {
      Client client = connected(4, 60_000);
      client.send(client.get(1), client.get(3));
      client.respond(1, "a".repeat(50_000));
      client.respond(3, "b".repeat(50_000));
      assertEquals(65_535, contentBytes(client.output()));
      client.send(new WindowUpdateFrame(0, 34_465));
      assertEquals(34_465, contentBytes(client.output()));
    }

    @Test
    @DisplayName("H18 a window opened octet by octet does not make as many frames")
    void dribble() {
      Client client = connected();
      client.send(client.get(1), client.get(3));
      client.respond(1, "a".repeat(100_000));
      assertEquals(65_535, contentBytes(client.output()));
      List<Integer> frames = new ArrayList<>();
      for (int i = 0; i < 3000; i++) {
        client.send(new WindowUpdateFrame(1, 1), new WindowUpdateFrame(0, 1));
        for (String line : client.output()) {
          frames.add(contentBytes(List.of(line)));
        }
      }
      assertEquals(List.of(1024, 1024), frames);
    }

    @Test
    @DisplayName("H18 a small initial window is used by halves")
    void smallWindow() {
      Client client = connected(4, 100);
      client.send(client.get(1));
      client.respond(1, "a".repeat(200));
      assertEquals(100, contentBytes(client.output()));
      client.send(new WindowUpdateFrame(1, 49));
      assertFalse(client.server.wantsWrite());
      client.send(new WindowUpdateFrame(1, 1));
      assertEquals(50, contentBytes(client.output()));
      client.send(SettingsFrame.of(4, 0));
      client.output();
      client.send(new WindowUpdateFrame(1, 101));
      assertEquals(1, contentBytes(client.output()));
    }
  }

  static int contentBytes(List<String> lines) {
    int bytes = 0;
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      bytes += words[0].equals("data") ? words[2].length() : 0;
    }
    return bytes;
  }
}
