package io.roadrunner.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.roadrunner.http2.frame.Ack;
import io.roadrunner.http2.frame.ContinuationFrame;
import io.roadrunner.http2.frame.EndHeaders;
import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.http2.frame.Frame;
import io.roadrunner.http2.frame.HeadersFrame;
import io.roadrunner.http2.frame.PingFrame;
import io.roadrunner.http2.frame.PushPromiseFrame;
import io.roadrunner.http2.frame.RstStreamFrame;
import io.roadrunner.http2.frame.SettingsFrame;
import io.roadrunner.http2.frame.UnknownFrame;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class S6_FramesTest {
  private final Client client = Client.connected();

  private static HeadersFrame part(int streamId, ByteBuffer fragment, EndStream end) {
    return new HeadersFrame(streamId, fragment, end, EndHeaders.NO, Optional.empty());
  }

  private static Frame next(int streamId, ByteBuffer fragment, EndHeaders end) {
    return new ContinuationFrame(streamId, fragment, end);
  }

  private static ByteBuffer nothing() {
    return ByteBuffer.allocate(0);
  }

  @Nested
  class S4_1_UnknownFrames {

    @Test
    void areIgnored() {
      assertEquals(
          List.of("request 1 GET / end"),
          client.send(new UnknownFrame(0x2A, 0xFF, 7, Client.ascii("?")), client.get(1)));
    }
  }

  @Nested
  class S4_2_Sizes {

    @Test
    @DisplayName("H02 a frame over the limit, decided on its header")
    void tooLarge() {
      ByteBuffer header = Client.raw(1, 4, 1);
      header.putInt(0, 16_385 << 8 | 1);
      assertEquals(List.of("failed FRAME_SIZE_ERROR FRAME_TOO_LARGE"), client.receive(header));
    }

    @Test
    void largestFrame() {
      client.send(client.post(1));
      assertEquals(
          "data 1 " + "x".repeat(16_384) + " 16384",
          client.send(Client.data(1, "x".repeat(16_384), EndStream.NO)).getFirst());
    }
  }

  @Nested
  class S4_3_HeaderBlocks {

    @Test
    @DisplayName("K06-K10 a block that cannot be decoded")
    void broken() {
      assertEquals(
          List.of("failed COMPRESSION_ERROR BAD_HEADER_BLOCK"),
          client.send(HeadersFrame.of(1, Client.ascii("\u0080"), EndStream.YES)));
      assertEquals(List.of("goaway 0 COMPRESSION_ERROR"), client.output());
      Client other = Client.connected();
      other.send(other.post(1));
      other.send(HeadersFrame.of(1, Client.ascii("\u0080"), EndStream.YES));
      assertEquals(List.of("goaway 1 COMPRESSION_ERROR"), other.output());
    }

    @Test
    @DisplayName("H14 a CONTINUATION interrupted by anything")
    void interrupted() {
      List<ByteBuffer> others =
          List.of(
              Client.bytes(new PingFrame(Ack.NO, 1)),
              Client.bytes(client.get(3)),
              Client.bytes(Client.data(1, "x", EndStream.NO)),
              Client.bytes(new UnknownFrame(0x2A, 0, 0, nothing())),
              Client.raw(2, 0, 1, 0),
              Client.bytes(next(3, nothing(), EndHeaders.YES)));
      for (ByteBuffer other : others) {
        Client peer = Client.connected();
        peer.send(part(1, nothing(), EndStream.YES));
        assertEquals(
            List.of("failed PROTOCOL_ERROR HEADER_BLOCK_INTERRUPTED"), peer.receive(other));
      }
    }

    @Test
    @DisplayName("H14 CONTINUATION without a block, or behind its end")
    void unexpected() {
      client.send(client.get(1));
      assertEquals(
          List.of("failed PROTOCOL_ERROR UNEXPECTED_CONTINUATION"),
          client.send(next(1, nothing(), EndHeaders.YES)));
    }

    @Test
    void inPieces() {
      ByteBuffer block = client.get(1, "a", "b").fragment();
      client.send(part(1, block.slice(0, 3), EndStream.YES));
      for (int i = 3; i < block.remaining() - 1; i++) {
        assertEquals(List.of(), client.send(next(1, block.slice(i, 1), EndHeaders.NO)));
      }
      assertEquals(
          List.of("request 1 GET / [a, b] end"),
          client.send(next(1, block.slice(block.remaining() - 1, 1), EndHeaders.YES)));
    }

    @Test
    @DisplayName("H15 CONTINUATION flood, empty and small frames")
    void tooManyFrames() {
      for (int size = 0; size < 2; size++) {
        Client peer = Client.connected();
        peer.send(part(1, nothing(), EndStream.YES));
        for (int i = 0; i < 64; i++) {
          assertEquals(List.of(), peer.send(next(1, ByteBuffer.allocate(size), EndHeaders.NO)));
        }
        assertEquals(
            List.of("failed ENHANCE_YOUR_CALM HEADER_BLOCK_TOO_LARGE"),
            peer.send(next(1, ByteBuffer.allocate(size), EndHeaders.NO)));
      }
    }

    @Test
    @DisplayName("H15 CONTINUATION flood, large frames")
    void tooManyOctets() {
      client.send(part(1, ByteBuffer.allocate(16_384), EndStream.YES));
      assertEquals(List.of(), client.send(next(1, ByteBuffer.allocate(16_384), EndHeaders.NO)));
      assertEquals(
          List.of("failed ENHANCE_YOUR_CALM HEADER_BLOCK_TOO_LARGE"),
          client.send(next(1, ByteBuffer.allocate(1), EndHeaders.NO)));
    }

    @Test
    void wholeBlockOverTheLimit() {
      HeaderLimits headers = Http2Limits.defaults().headers().withMaxBlockBytes(100);
      Client peer = Client.connected(Http2Limits.defaults().withHeaders(headers));
      assertEquals(
          List.of("failed ENHANCE_YOUR_CALM HEADER_BLOCK_TOO_LARGE"),
          peer.send(HeadersFrame.of(1, ByteBuffer.allocate(101), EndStream.YES)));
    }
  }

  @Nested
  class S6_1_Data {

    @Test
    @DisplayName("H05 padding counts for flow control and is given back")
    void padding() {
      client.send(client.post(1));
      assertEquals(
          List.of("data 1 ab 6", "data 1  4"),
          client.receive(
              ByteBuffer.allocate(100)
                  .put(Client.raw(0, 8, 1, 3, 'a', 'b', 0, 0, 0))
                  .put(Client.raw(0, 8, 1, 3, 0, 0, 0))
                  .flip()));
      client.server.consumed(1, 10);
      assertEquals(
          List.of("failed PROTOCOL_ERROR BAD_PADDING"), client.receive(Client.raw(0, 8, 1, 1)));
    }

    @Test
    void emptyEnd() {
      client.send(client.post(1));
      assertEquals(List.of("end 1"), client.send(Client.data(1, "", EndStream.YES)));
    }
  }

  @Nested
  class S6_4_RstStream {

    @Test
    void tellsTheApplicationOnce() {
      client.send(client.post(1));
      assertEquals(
          List.of("reset 1 77 PEER"),
          client.send(new RstStreamFrame(1, 77), new RstStreamFrame(1, 77)));
      assertEquals(0, client.server.openStreams());
    }

    @Test
    @DisplayName("S11 what was queued is dropped, commands do nothing")
    void dropsOutput() {
      client.send(client.post(1));
      client.respond(1, "x");
      client.send(new RstStreamFrame(1, 8));
      assertEquals(List.of(), client.output());
      client.respond(1, "x");
      client.server.sendInterim(1, 103, Fields.none());
      client.server.sendTrailers(1, Fields.none());
      client.server.reset(1, ErrorCode.CANCEL);
      assertEquals(List.of(), client.output());
    }
  }

  @Nested
  class S6_5_Settings {

    private void assertFails(String failure, long... settings) {
      assertEquals(
          List.of("failed " + failure), Client.connected().send(SettingsFrame.of(settings)));
    }

    @Test
    @DisplayName("H06 values out of range")
    void outOfRange() {
      assertFails("PROTOCOL_ERROR BAD_SWITCH", 2, 2);
      assertFails("PROTOCOL_ERROR BAD_SWITCH", 8, 2);
      assertFails("PROTOCOL_ERROR BAD_SWITCH", 9, 2);
      assertFails("FLOW_CONTROL_ERROR BAD_INITIAL_WINDOW", 4, 1L << 31);
      assertFails("PROTOCOL_ERROR BAD_MAX_FRAME_SIZE", 5, 16_383);
      assertFails("PROTOCOL_ERROR BAD_MAX_FRAME_SIZE", 5, 1 << 24);
    }

    @Test
    @DisplayName("H06, S03 values in range, and unknown ones")
    void inRange() {
      assertEquals(
          List.of(),
          client.send(
              SettingsFrame.of(
                  1,
                  0xFFFF_FFFFL,
                  2,
                  1,
                  3,
                  0,
                  4,
                  (1L << 31) - 1,
                  5,
                  (1 << 24) - 1,
                  6,
                  1,
                  8,
                  1,
                  9,
                  0,
                  0xABCD,
                  7)));
      assertEquals(List.of("settings ack"), client.output());
      client.send(client.get(1));
      client.respond(1, "x");
      assertEquals(List.of("headers 1 [:status=200]", "data 1 x end"), client.output());
    }

    @Test
    @DisplayName("H06 too many entries")
    void tooMany() {
      assertEquals(List.of(), client.send(SettingsFrame.of(new long[128])));
      assertEquals(
          List.of("failed ENHANCE_YOUR_CALM TOO_MANY_SETTINGS"),
          client.send(SettingsFrame.of(new long[130])));
    }

    @Test
    @DisplayName("K12 a huge table of the peer does not make ours huge")
    void tableSize() {
      client.send(client.get(1), client.get(3));
      client.respond(1, "x");
      client.output();
      client.send(SettingsFrame.of(1, 0xFFFF_FFFFL));
      client.respond(3, "x");
      assertEquals(
          List.of("settings ack", "headers 3 [:status=200]", "data 3 x end"), client.output());
    }

    @Test
    void smallTableIsObeyed() {
      client.send(SettingsFrame.of(1, 0));
      client.decoder.tableSizeAcknowledged(0);
      client.send(client.get(1), client.get(3));
      client.server.sendHeaders(1, 200, Fields.of("x", "y"), EndStream.YES);
      client.server.sendHeaders(3, 200, Fields.of("x", "y"), EndStream.YES);
      assertEquals(
          List.of(
              "settings ack",
              "headers 1 [:status=200, x=y] end",
              "headers 3 [:status=200, x=y] end"),
          client.output());
    }

    @Test
    @DisplayName("H09 no acknowledgement")
    void notAcknowledged() {
      Client peer = Client.silent();
      peer.receive(ByteBuffer.wrap(Client.PREFACE));
      peer.send(SettingsFrame.of());
      peer.output();
      assertEquals(peer.now + 10 * Client.SECOND, peer.server.nextDeadlineNanos());
      peer.server.tick(peer.now + 10 * Client.SECOND - 1);
      assertEquals(List.of(), peer.events());
      peer.server.tick(peer.now + 10 * Client.SECOND);
      assertEquals(List.of("failed SETTINGS_TIMEOUT SETTINGS_NOT_ACKNOWLEDGED"), peer.events());
    }

    @Test
    void acknowledgedOnce() {
      assertEquals(List.of(), client.send(SettingsFrame.acknowledgement()));
      assertEquals(Http2Connection.NO_DEADLINE, client.server.nextDeadlineNanos());
      client.server.tick(client.now + 1000 * Client.SECOND);
      assertEquals(List.of(), client.events());
    }
  }

  @Nested
  class S6_6_PushPromise {

    @Test
    @DisplayName("H12 PUSH_PROMISE from a client")
    void fromClient() {
      assertEquals(
          List.of("failed PROTOCOL_ERROR PUSH_FROM_CLIENT"),
          client.send(new PushPromiseFrame(1, 2, nothing(), EndHeaders.YES)));
    }
  }

  @Nested
  class S6_7_Ping {

    @Test
    void isAnswered() {
      client.send(new PingFrame(Ack.NO, 42), new PingFrame(Ack.NO, -1));
      assertEquals(List.of("ping YES 42", "ping YES -1"), client.output());
    }

    @Test
    void answerIsReported() {
      client.server.ping(7);
      assertEquals(List.of("ping NO 7"), client.output());
      assertEquals(List.of("pong 7"), client.send(new PingFrame(Ack.YES, 7)));
      assertEquals(List.of(), client.output());
    }
  }
}
