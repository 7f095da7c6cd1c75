package io.roadrunner.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.http2.frame.Ack;
import io.roadrunner.http2.frame.EndHeaders;
import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.http2.frame.Frame;
import io.roadrunner.http2.frame.GoAwayFrame;
import io.roadrunner.http2.frame.HeadersFrame;
import io.roadrunner.http2.frame.PingFrame;
import io.roadrunner.http2.frame.PriorityFrame;
import io.roadrunner.http2.frame.PriorityUpdateFrame;
import io.roadrunner.http2.frame.RstStreamFrame;
import io.roadrunner.http2.frame.SettingsFrame;
import io.roadrunner.http2.frame.StreamDependency;
import io.roadrunner.http2.frame.UnknownFrame;
import io.roadrunner.http2.frame.WindowUpdateFrame;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class S10_5_OverheadTest {
  private static final String CALM = "failed ENHANCE_YOUR_CALM TOO_MUCH_OVERHEAD";
  private static final StreamDependency DEPENDENCY = new StreamDependency(0, false, 16);

  private final Client client = Client.connected();

  /** Sends so many, of which the last one is one too many, while no time passes. */
  private void assertCutAt(int count, IntFunction<ByteBuffer> frames) {
    for (int i = 1; i < count; i++) {
      List<String> events = client.receive(frames.apply(i));
      assertTrue(events.stream().noneMatch(event -> event.startsWith("failed")), i + " " + events);
      client.output();
    }
    assertTrue(client.receive(frames.apply(count)).contains(CALM));
    List<String> last = client.output();
    assertTrue(last.getLast().endsWith("ENHANCE_YOUR_CALM"), last.toString());
    assertEquals(List.of(), client.receive(frames.apply(count + 1)));
    assertTrue(client.server.isFinished());
  }

  private void assertFrameCutAt(int count, Frame frame) {
    ByteBuffer bytes = Client.bytes(frame);
    assertCutAt(count, i -> bytes.duplicate());
  }

  private static int id(int i) {
    return 2 * i - 1;
  }

  @Nested
  class Floods {

    @Test
    @DisplayName("H08 SETTINGS")
    void settings() {
      // The budget is 10 000 points; the one of connecting has cost twice the 50 of a frame.
      assertFrameCutAt(10_000 / 50 - 1, SettingsFrame.of());
    }

    @Test
    @DisplayName("H08 acknowledgements that nobody asked for")
    void acknowledgements() {
      assertFrameCutAt(10_000 / 50 - 1, SettingsFrame.acknowledgement());
    }

    @Test
    @DisplayName("H08, H10 answers that are not read are bounded")
    void unreadAnswers() {
      ByteBuffer ping = Client.bytes(new PingFrame(Ack.NO, 7));
      int answers = 16_384 / 17;
      for (int i = 0; i < answers; i++) {
        assertEquals(List.of(), client.receive(ping.duplicate()));
      }
      assertEquals(
          List.of("failed ENHANCE_YOUR_CALM ANSWERS_NOT_READ"), client.receive(ping.duplicate()));
    }

    @Test
    @DisplayName("H08, H10 answers that are read slowly are bounded, too")
    void slowReader() {
      ByteBuffer ping = Client.bytes(new PingFrame(Ack.NO, 7));
      int most = 0;
      boolean failed = false;
      ByteBuffer out = ByteBuffer.allocate(17);
      while (!failed) {
        failed = !client.receive(ping.duplicate()).isEmpty();
        failed |= !client.receive(ping.duplicate()).isEmpty();
        client.server.write(out.clear());
        most++;
      }
      assertEquals(16_384 / 17 + 1, most, 2);
    }

    @Test
    @DisplayName("H10 PING")
    void ping() {
      assertFrameCutAt((10_000 - 100) / 2 + 1, new PingFrame(Ack.NO, 1));
    }

    @Test
    @DisplayName("H11 frames of unknown types")
    void unknown() {
      assertFrameCutAt(
          (10_000 - 100) / 10 + 1, new UnknownFrame(0xBA, 0, 0, ByteBuffer.allocate(0)));
    }

    @Test
    @DisplayName("H13 GOAWAY")
    void goAway() {
      assertFrameCutAt((10_000 - 100) / 10 + 1, new GoAwayFrame(0, 0, ByteBuffer.allocate(0)));
    }

    @Test
    @DisplayName("H15 requests in as many CONTINUATION frames as are allowed")
    void continuations() {
      assertCutAt(
          (10_000 - 100) / 640 + 1,
          i -> {
            HeadersFrame whole = client.get(id(i));
            ByteBuffer bytes = ByteBuffer.allocate(2000);
            bytes.put(
                Client.bytes(
                    new HeadersFrame(
                        id(i), whole.fragment(), EndStream.YES, EndHeaders.NO, Optional.empty())));
            for (int part = 1; part <= 64; part++) {
              bytes.put(Client.raw(9, part == 64 ? 4 : 0, id(i)));
            }
            return bytes.flip();
          });
    }

    @Test
    @DisplayName("H18 WINDOW_UPDATE by single octets")
    void windowUpdates() {
      client.send(client.get(1));
      assertFrameCutAt(10_000 - 100 + 1, new WindowUpdateFrame(1, 1));
    }

    @Test
    @DisplayName("H18 a response dribbled away by single octets")
    void dribble() {
      client.send(client.get(1));
      client.respond(1, "x".repeat(100_000));
      client.output();
      int updates = 0;
      int frames = 0;
      boolean failed = false;
      while (!failed) {
        failed = !client.send(new WindowUpdateFrame(1, 1), new WindowUpdateFrame(0, 1)).isEmpty();
        frames += client.output().size();
        updates++;
      }
      assertTrue(updates < 10_000 && frames < 10, updates + " updates, " + frames + " frames");
    }

    @Test
    @DisplayName("H20 DATA without content that does not end, with and without padding")
    void emptyData() {
      client.send(client.post(1));
      ByteBuffer empty = Client.raw(0, 0, 1);
      ByteBuffer padding = Client.raw(0, 8, 1, 3, 0, 0, 0);
      assertCutAt((10_000 - 100) / 100 + 1, i -> (i % 2 == 0 ? empty : padding).duplicate());
    }

    @Test
    @DisplayName("H21 DATA of single octets")
    void tinyData() {
      client.send(client.post(1));
      ByteBuffer octet = Client.raw(0, 0, 1, 'x');
      assertCutAt(
          (10_000 - 100 + 1) * 16,
          i -> {
            client.server.consumed(1, i == 1 ? 0 : 1);
            return octet.duplicate();
          });
    }

    @Test
    @DisplayName("H22 PRIORITY")
    void priority() {
      assertFrameCutAt((10_000 - 100) / 5 + 1, new PriorityFrame(99, DEPENDENCY));
    }

    @Test
    @DisplayName("H22 PRIORITY_UPDATE of streams that there are not")
    void priorityUpdate() {
      assertCutAt(
          (10_000 - 100) / 5 + 1,
          i -> Client.bytes(new PriorityUpdateFrame(id(i), Client.ascii("u=1"))));
    }

    @Test
    @DisplayName("S01 rapid reset, one by one")
    void rapidReset() {
      assertCutAt((10_000 - 100) / 20 + 1, this::requestAndReset);
    }

    @Test
    @DisplayName("S01 rapid reset, 50 and 500 at once")
    void rapidResetInBatches() {
      for (int batch : new int[] {50, 500}) {
        Client peer = Client.connected();
        int requests = 0;
        int next = 1;
        boolean failed = false;
        while (!failed) {
          for (int i = 0; i < batch && !failed; i++, next += 2) {
            List<String> events = peer.send(peer.get(next), new RstStreamFrame(next, 8));
            requests += (int) events.stream().filter(event -> event.startsWith("req")).count();
            failed = events.contains(CALM);
          }
          peer.output();
        }
        // The event of the request that was one too many is gone with its stream.
        assertEquals((10_000 - 100) / 20 + 1, requests, 1);
      }
    }

    private ByteBuffer requestAndReset(int i) {
      return Client.bytes(client.get(id(i)), new RstStreamFrame(id(i), 8));
    }

    @Test
    @DisplayName("S02 our resets count as well: each way of provoking one")
    void madeYouReset() {
      List<IntFunction<ByteBuffer>> ways =
          List.of(
              id -> Client.raw(8, 0, id, 0, 0, 0, 0),
              id -> Client.bytes(new WindowUpdateFrame(id, Integer.MAX_VALUE)),
              id -> Client.raw(2, 0, id, 0),
              id -> Client.bytes(new PriorityFrame(id, new StreamDependency(id, false, 1))),
              id -> Client.raw(0, 1, id, 'x'),
              id -> Client.raw(1, 5, id, 0x82));
      for (IntFunction<ByteBuffer> way : ways) {
        Client peer = Client.connected();
        int resets = 0;
        boolean failed = false;
        for (int id = 1; !failed; id += 2) {
          peer.send(peer.get(id));
          List<String> events = peer.receive(way.apply(id));
          resets += events.toString().contains("VIOLATION") ? 1 : 0;
          failed = events.contains(CALM);
          peer.output();
        }
        assertTrue(resets >= 150 && resets <= 198, "cut after " + resets);
      }
    }

    @Test
    @DisplayName("S04 streams over the limit are counted")
    void refusedStreams() {
      for (int i = 1; i <= 100; i++) {
        client.send(client.get(id(i)));
      }
      assertCutAt((10_000 - 100) / 50 + 1, i -> Client.bytes(client.get(id(100 + i))));
    }

    @Test
    @DisplayName("H25 heads over the limit are counted")
    void largeHeads() {
      ByteBuffer crumbs = ByteBuffer.allocate(10_000);
      while (crumbs.hasRemaining()) {
        crumbs.put((byte) (0x80 | 32)); // cookie with an empty value
      }
      assertCutAt(
          (10_000 - 100) / 50 + 1,
          i -> {
            ByteBuffer request = Client.bytes(HeadersFrame.of(id(i), crumbs.flip(), EndStream.YES));
            client.server.reset(id(i - 1), ErrorCode.ENHANCE_YOUR_CALM);
            return request;
          });
    }

    @Test
    @DisplayName("S07 frames on streams that have ended are counted")
    void lateFrames() {
      client.send(client.post(1));
      client.server.reset(1, ErrorCode.CANCEL);
      ByteBuffer data = Client.raw(0, 0, 1, 'x');
      assertCutAt((10_000 - 100) / 2 + 1, i -> data.duplicate());
    }
  }
}
