package io.roadrunner.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.http2.frame.SettingsFrame;
import io.roadrunner.http2.frame.WindowUpdateFrame;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class S8_1_ResponsesTest {
  private static final Fields TRAILERS = Fields.of("a", "b");

  private final Client client = Client.connected();
  private final Http2Connection server = client.server;

  @Nested
  class Heads {

    @Test
    void interimThenFinal() {
      client.send(client.get(1));
      server.sendInterim(1, 103, Fields.of("link", "x"));
      server.sendInterim(1, 100, Fields.none());
      server.sendHeaders(1, 204, Fields.of("x", "y"), EndStream.YES);
      assertEquals(
          List.of(
              "headers 1 [:status=103, link=x]",
              "headers 1 [:status=100]",
              "headers 1 [:status=204, x=y] end"),
          client.output());
      assertEquals(List.of("sent 1"), client.events());
      assertEquals(0, server.openStreams());
    }

    @Test
    void statuses() {
      client.send(client.get(1), client.get(3));
      for (int status : new int[] {0, 99, 101, 200, 1000}) {
        assertThrows(IllegalArgumentException.class, () -> server.sendInterim(1, status, TRAILERS));
      }
      for (int status : new int[] {-1, 100, 199, 1000}) {
        assertThrows(
            IllegalArgumentException.class,
            () -> server.sendHeaders(1, status, TRAILERS, EndStream.YES));
      }
      server.sendHeaders(1, 200, Fields.none(), EndStream.YES);
      server.sendHeaders(3, 999, Fields.none(), EndStream.YES);
      assertEquals(
          List.of("headers 1 [:status=200] end", "headers 3 [:status=999] end"), client.output());
    }

    @Test
    void outOfOrder() {
      client.send(client.get(1));
      ByteBuffer some = Client.ascii("x");
      assertThrows(IllegalStateException.class, () -> server.sendData(1, some, EndStream.NO));
      assertThrows(IllegalStateException.class, () -> server.sendTrailers(1, TRAILERS));
      server.sendHeaders(1, 200, Fields.none(), EndStream.NO);
      assertThrows(IllegalStateException.class, () -> server.sendInterim(1, 103, TRAILERS));
      assertThrows(
          IllegalStateException.class, () -> server.sendHeaders(1, 200, TRAILERS, EndStream.NO));
      server.sendTrailers(1, TRAILERS);
      assertThrows(IllegalStateException.class, () -> server.sendTrailers(1, TRAILERS));
      assertThrows(IllegalStateException.class, () -> server.sendData(1, some, EndStream.NO));
    }

    @Test
    void commandsForStreamsThatAreOverDoNothing() {
      ByteBuffer some = Client.ascii("abc");
      assertEquals(3, server.sendData(1, some, EndStream.NO));
      assertFalse(some.hasRemaining());
      server.sendInterim(1, 103, TRAILERS);
      server.sendHeaders(1, 200, TRAILERS, EndStream.NO);
      server.sendTrailers(1, TRAILERS);
      server.reset(1, ErrorCode.CANCEL);
      server.consumed(1, 100);
      assertEquals(0, server.queuedBytes(1));
      assertEquals(List.of(), client.output());
    }

    @Test
    void blocksOverTheFrameSizeAreContinued() {
      client.send(client.get(1), client.get(3));
      String large = "\u00ff".repeat(40_000);
      server.sendHeaders(1, 200, Fields.of("x", large), EndStream.YES);
      server.sendHeaders(3, 200, Fields.none(), EndStream.YES);
      assertEquals(
          List.of(
              "headers part 1",
              "continuation 1 NO",
              "continuation 1 YES",
              "[:status=200, x=" + large + "]",
              "headers 3 [:status=200] end"),
          client.output());
      assertEquals(List.of("sent 1", "sent 3"), client.events());
    }

    @Test
    @DisplayName("S03 what the client says about header lists is advice")
    void headerListOfTheClient() {
      client.send(SettingsFrame.of(6, 1), client.get(1));
      server.sendHeaders(1, 200, Fields.of("x", "y"), EndStream.YES);
      assertEquals(List.of("settings ack", "headers 1 [:status=200, x=y] end"), client.output());
    }

    @Test
    void nothingComesBetweenTheFramesOfABlock() {
      client.out = ByteBuffer.allocate(100);
      client.send(client.get(1), client.get(3));
      server.sendHeaders(1, 200, Fields.of("x", "\u00ff".repeat(1000)), EndStream.NO);
      server.sendData(1, Client.ascii("abc"), EndStream.YES);
      server.write(client.out.clear());
      ByteBuffer first = ByteBuffer.allocate(5000).put(client.out.flip());
      server.ping(1);
      server.reset(3, ErrorCode.CANCEL);
      while (server.wantsWrite()) {
        server.write(client.out.clear());
        first.put(client.out.flip());
      }
      assertEquals(1, first.get(3));
      int second = 9 + (first.getInt(0) >>> 8);
      assertEquals(6, first.get(second + 3)); // PING right behind the block
      assertEquals(3, first.get(second + 17 + 3)); // then RST_STREAM
      assertEquals(0, first.get(second + 17 + 13 + 3)); // then DATA
    }
  }

  @Nested
  class Content {

    @Test
    void trailersBehindContent() {
      client.send(client.get(1), client.get(3), client.get(5));
      for (int id = 1; id <= 5; id += 2) {
        server.sendHeaders(id, 200, Fields.none(), EndStream.NO);
      }
      server.sendData(1, Client.ascii("abc"), EndStream.NO);
      server.sendTrailers(1, TRAILERS);
      server.sendTrailers(3, TRAILERS);
      assertEquals(3, client.output().stream().filter(line -> line.contains("status")).count());
      server.sendData(5, Client.ascii("x"), EndStream.NO);
      client.output();
      assertEquals(List.of("sent 3", "sent 1", "writable 5"), client.events());
      server.sendTrailers(5, TRAILERS);
      assertEquals(List.of("headers 5 [a=b] end"), client.output());
    }

    @Test
    void endWithoutContent() {
      client.send(client.get(1));
      server.sendHeaders(1, 200, Fields.none(), EndStream.NO);
      server.sendData(1, Client.ascii("abc"), EndStream.NO);
      client.output();
      server.sendData(1, Client.ascii(""), EndStream.NO);
      assertFalse(server.wantsWrite());
      server.sendData(1, Client.ascii(""), EndStream.YES);
      assertEquals(List.of("data 1  end"), client.output());
    }

    @Test
    void endQueuedBehindContentThatWaits() {
      Client peer = new Client(Http2Limits.defaults(), ExtendedConnect.DISABLED).connect(4, 0);
      peer.send(peer.get(1));
      peer.server.sendHeaders(1, 200, Fields.none(), EndStream.NO);
      peer.server.sendData(1, Client.ascii("ab"), EndStream.NO);
      peer.server.sendData(1, Client.ascii("cd"), EndStream.NO);
      peer.server.sendData(1, Client.ascii(""), EndStream.YES);
      assertEquals(List.of("headers 1 [:status=200]"), peer.output());
      assertEquals(4, peer.server.queuedBytes(1));
      peer.send(new WindowUpdateFrame(1, 100));
      assertEquals(List.of("data 1 abcd end"), peer.output());
    }

    @Test
    @DisplayName("H24 what can be queued for one response is bounded")
    void queueIsBounded() {
      client.send(client.get(1));
      server.sendHeaders(1, 200, Fields.none(), EndStream.NO);
      ByteBuffer large = ByteBuffer.allocate(300_000);
      assertEquals(1 << 18, server.sendData(1, large, EndStream.YES));
      assertEquals(300_000 - (1 << 18), large.remaining());
      assertEquals(0, server.sendData(1, large, EndStream.YES));
      client.send(new WindowUpdateFrame(0, 1 << 20), new WindowUpdateFrame(1, 1 << 20));
      client.output();
      assertEquals(List.of("writable 1"), client.events());
      assertEquals(large.remaining(), server.sendData(1, large, EndStream.YES));
      assertTrue(client.output().getLast().endsWith(" end"));
    }

    @Test
    void framesFollowTheSizeThatTheClientWants() {
      client.send(SettingsFrame.of(4, 1 << 20, 5, 100_000), new WindowUpdateFrame(0, 1 << 20));
      client.output();
      client.send(client.get(1));
      client.out = ByteBuffer.allocate(1 << 18);
      client.respond(1, "x".repeat(150_000));
      List<String> lines = client.output();
      assertEquals("data 1 ".length() + 100_000, lines.get(1).length());
      assertEquals(3, lines.size());
    }

    @Test
    void smallBuffersMakeMoreFramesAndTheSameContent() {
      client.send(client.get(1));
      client.respond(1, "0123456789".repeat(500));
      client.out = ByteBuffer.allocate(300);
      StringBuilder content = new StringBuilder();
      for (String line : client.output()) {
        if (line.startsWith("data")) {
          String text = line.split(" ", -1)[2];
          assertTrue(text.length() <= 291 && (text.length() >= 256 || line.endsWith(" end")));
          content.append(text);
        }
      }
      assertEquals("0123456789".repeat(500), content.toString());
    }

    @Test
    @DisplayName("H23 a response that waits for the window of the connection can be given up")
    void givenUp() {
      client.send(client.get(1), client.get(3));
      client.respond(1, "x".repeat(100_000));
      client.output();
      assertEquals(100_000 - 65_535, server.queuedBytes(1));
      client.send(new WindowUpdateFrame(1, 100_000));
      assertFalse(server.wantsWrite());
      server.reset(1, ErrorCode.CANCEL);
      assertEquals(List.of("rst 1 CANCEL"), client.output());
      assertEquals(0, server.queuedBytes(1));
      client.respond(3, "y");
      client.send(new WindowUpdateFrame(0, 1));
      assertEquals(List.of("headers 3 [:status=200]", "data 3 y end"), client.output());
    }

    @Test
    @DisplayName("S11 a reset of ours drops what is queued")
    void resetDrops() {
      client.send(client.post(1));
      client.respond(1, "abc");
      server.reset(1, ErrorCode.INTERNAL_ERROR);
      assertEquals(List.of("rst 1 INTERNAL_ERROR"), client.output());
      assertEquals(List.of(), client.events());
    }
  }

  @Test
  void fields() {
    Fields fields = Fields.of("a", "1", "b", "2", "a", "3");
    assertEquals(3, fields.count());
    assertEquals("b", fields.name(1));
    assertEquals("2", fields.value(1));
    assertEquals(Optional.of("1"), fields.first("a"));
    assertEquals(Optional.empty(), fields.first("c"));
    assertEquals(Fields.of("a", "1", "b", "2", "a", "3"), fields);
    assertEquals(Fields.of("a", "1", "b", "2", "a", "3").hashCode(), fields.hashCode());
    assertNotEquals(Fields.of("a", "1"), fields);
    assertFalse(fields.equals((Object) "a"));
    assertEquals("[a, 1, b, 2, a, 3]", fields.toString());
    assertThrows(IllegalArgumentException.class, () -> Fields.of("a"));
    assertEquals(0, Fields.of().count());
  }

  @Test
  void finishedOnlyWhenAllIsWritten() {
    client.send(client.get(1));
    server.goAway(ErrorCode.NO_ERROR);
    assertFalse(server.isFinished());
    client.respond(1, "x");
    assertFalse(server.isFinished());
    assertEquals("goaway 1 NO_ERROR", client.output().getFirst());
    assertTrue(server.isFinished());
  }
}
