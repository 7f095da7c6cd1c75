package io.roadrunner.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.http2.frame.ContinuationFrame;
import io.roadrunner.http2.frame.EndHeaders;
import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.http2.frame.Frame;
import io.roadrunner.http2.frame.HeadersFrame;
import io.roadrunner.http2.frame.PriorityFrame;
import io.roadrunner.http2.frame.RstStreamFrame;
import io.roadrunner.http2.frame.StreamDependency;
import io.roadrunner.http2.frame.WindowUpdateFrame;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class S5_StreamsTest {
  private static final StreamDependency DEPENDENCY = new StreamDependency(0, false, 16);

  private Client client = Client.connected();

  @BeforeEach
  void connect() {
    client = Client.connected();
  }

  private void assertFails(String failure, Frame frame) {
    assertEquals(List.of("failed " + failure), client.send(frame));
  }

  @Nested
  class S5_1_Idle {

    @Test
    @DisplayName("S06 DATA, RST_STREAM, WINDOW_UPDATE and CONTINUATION on an idle stream")
    void others() {
      List<Frame> frames =
          List.of(
              Client.data(1, "x", EndStream.NO),
              new RstStreamFrame(1, 8),
              new WindowUpdateFrame(1, 1),
              Client.data(2, "x", EndStream.NO));
      for (Frame frame : frames) {
        client = Client.connected();
        assertFails("PROTOCOL_ERROR FRAME_ON_IDLE_STREAM", frame);
        assertEquals(List.of("goaway 0 PROTOCOL_ERROR"), client.output());
      }
      client = Client.connected();
      assertFails(
          "PROTOCOL_ERROR UNEXPECTED_CONTINUATION",
          new ContinuationFrame(1, client.block("a", "b"), EndHeaders.YES));
    }

    @Test
    void priorityMeansNothing() {
      assertEquals(List.of(), client.send(new PriorityFrame(1, DEPENDENCY)));
      assertEquals(List.of("request 1 GET / end"), client.send(client.get(1)));
    }
  }

  @Nested
  class S5_1_HalfClosedRemote {

    @BeforeEach
    void request() {
      client.send(client.get(1));
    }

    @Test
    @DisplayName("S07 DATA on a half-closed stream")
    void data() {
      assertEquals(
          List.of("reset 1 STREAM_CLOSED VIOLATION"),
          client.send(Client.data(1, "x", EndStream.NO)));
      assertEquals(List.of("rst 1 STREAM_CLOSED"), client.output());
    }

    @Test
    @DisplayName("S07 HEADERS on a half-closed stream")
    void headers() {
      assertEquals(List.of("reset 1 STREAM_CLOSED VIOLATION"), client.send(client.get(1)));
      assertEquals(List.of("request 3 GET / end"), client.send(client.get(3)));
    }

    @Test
    void windowPriorityAndReset() {
      assertEquals(
          List.of("reset 1 CANCEL PEER"),
          client.send(
              new WindowUpdateFrame(1, 1),
              new PriorityFrame(1, DEPENDENCY),
              new RstStreamFrame(1, 8)));
      assertEquals(List.of(), client.output());
    }
  }

  @Nested
  class S5_1_Closed {

    @Test
    @DisplayName("S07 behind its own RST_STREAM a client sends nothing, early answer or not")
    void dataBehindOwnReset() {
      client.send(client.post(1), client.post(3));
      client.respond(1, "x");
      client.server.reset(1, ErrorCode.NO_ERROR);
      client.server.reset(3, ErrorCode.INTERNAL_ERROR);
      client.output();
      for (int id : new int[] {1, 3}) {
        client.send(new RstStreamFrame(id, 8), Client.data(id, "more", EndStream.NO));
        assertEquals(List.of("rst " + id + " STREAM_CLOSED"), client.output());
        client.send(Client.data(id, "more", EndStream.NO));
        assertEquals(List.of(), client.output(), "told once");
      }
    }

    @Test
    @DisplayName("H17 an increment of zero behind an early answer")
    void noIncrementBehindEarlyAnswer() {
      client.send(client.post(1));
      client.respond(1, "x");
      client.server.reset(1, ErrorCode.NO_ERROR);
      client.output();
      client.receive(Client.raw(8, 0, 1, 0, 0, 0, 0));
      assertEquals(List.of("rst 1 PROTOCOL_ERROR"), client.output());
      client.receive(Client.raw(8, 0, 1, 0, 0, 0, 0));
      assertEquals(List.of(), client.output(), "told once");
    }

    @Test
    @DisplayName("S07 DATA and HEADERS after both sides have ended")
    void byEnd() {
      for (int i = 0; i < 2; i++) {
        client = Client.connected();
        client.send(client.get(1));
        client.respond(1, "x");
        client.output();
        assertEquals(List.of("sent 1"), client.events());
        assertEquals(
            List.of(),
            client.send(
                new WindowUpdateFrame(1, 1),
                new RstStreamFrame(1, 8),
                new PriorityFrame(1, DEPENDENCY)));
        assertFails(
            "STREAM_CLOSED FRAME_ON_CLOSED_STREAM",
            i == 0 ? client.get(1) : Client.data(1, "x", EndStream.YES));
      }
    }

    @Test
    @DisplayName("S07 HEADERS and DATA after RST_STREAM of both sides")
    void byResetsThatCross() {
      for (int i = 0; i < 2; i++) {
        client = Client.connected();
        client.send(client.post(1));
        client.server.reset(1, ErrorCode.NO_ERROR);
        client.output();
        assertEquals(List.of(), client.send(client.get(1), new RstStreamFrame(1, 8)));
        assertEquals(List.of(), client.output());
        assertEquals(
            List.of(), client.send(i == 0 ? client.get(1) : Client.data(1, "x", EndStream.YES)));
        assertEquals(List.of("rst 1 STREAM_CLOSED"), client.output());
      }
    }

    @Test
    @DisplayName("S07 DATA and HEADERS after RST_STREAM of the client")
    void byPeerReset() {
      for (int i = 0; i < 2; i++) {
        client = Client.connected();
        client.send(client.post(1), new RstStreamFrame(1, 8));
        assertEquals(List.of(), client.send(new WindowUpdateFrame(1, 1), new RstStreamFrame(1, 8)));
        Frame late = i == 0 ? client.get(1) : Client.data(1, "x", EndStream.YES);
        assertEquals(List.of(), client.send(late));
        assertEquals(List.of("rst 1 STREAM_CLOSED"), client.output());
        assertEquals(List.of("request 3 GET / end"), client.send(client.get(3)));
      }
    }

    @Test
    @DisplayName("S07 anything after our RST_STREAM is ignored, header blocks are decoded")
    void byOwnReset() {
      client.send(client.post(1));
      client.server.reset(1, ErrorCode.CANCEL);
      assertEquals(List.of("rst 1 CANCEL"), client.output());
      assertEquals(
          List.of(),
          client.send(
              Client.data(1, "x", EndStream.NO),
              new WindowUpdateFrame(1, 1),
              client.headers(1, EndStream.YES, "late", "field"),
              new RstStreamFrame(1, 8)));
      assertEquals(
          List.of("request 3 GET / [late, field] end"),
          client.send(client.get(3, "late", "field")));
      assertEquals(List.of(), client.output());
    }

    @Test
    void ownResetsAreRememberedWhileOthersEnd() {
      client.send(client.post(1));
      client.server.reset(1, ErrorCode.CANCEL);
      for (int id = 3; id < 2003; id += 2) {
        client.send(client.get(id));
        client.respond(id, "x");
        client.output();
      }
      assertEquals(List.of("sent 2001"), client.events());
      assertEquals(List.of(), client.send(Client.data(1, "x", EndStream.YES)));
    }

    @Test
    void forgotten() {
      for (int id = 1; id < 201; id += 2) {
        client.send(client.get(id));
        client.respond(id, "x");
        client.output();
      }
      client.events();
      assertEquals(List.of(), client.send(new WindowUpdateFrame(1, 1), new RstStreamFrame(1, 8)));
      assertFails("STREAM_CLOSED FRAME_ON_CLOSED_STREAM", Client.data(1, "x", EndStream.YES));
    }
  }

  @Nested
  class S5_1_1_Identifiers {

    @Test
    @DisplayName("S05 even, lower and reused identifiers")
    void outOfOrder() {
      assertFails("PROTOCOL_ERROR BAD_STREAM_ID", client.get(2));
      client = Client.connected();
      client.send(client.get(5));
      assertFails("PROTOCOL_ERROR BAD_STREAM_ID", client.get(3));
      client = Client.connected();
      client.send(client.get(5));
      assertFails("STREAM_CLOSED FRAME_ON_CLOSED_STREAM", Client.data(3, "x", EndStream.NO));
    }

    @Test
    @DisplayName("S05 the last identifier of all")
    void last() {
      assertEquals(
          List.of("request 2147483647 GET / end"), client.send(client.get(Integer.MAX_VALUE)));
      assertEquals(List.of("goaway 2147483647 NO_ERROR"), client.output());
      client.respond(Integer.MAX_VALUE, "x");
      client.output();
      assertTrue(client.server.isFinished());
    }
  }

  @Nested
  class S5_1_2_Concurrency {

    @Test
    @DisplayName("S04 one stream too many is refused, and its block decoded")
    void refused() {
      client = Client.connected(Http2Limits.defaults().withMaxConcurrentStreams(2));
      assertEquals(
          List.of("request 1 GET / end", "request 3 GET / end"),
          client.send(client.get(1), client.get(3), client.get(5, "new", "field")));
      assertEquals(List.of("rst 5 REFUSED_STREAM"), client.output());
      client.respond(1, "x");
      client.output();
      assertEquals(
          List.of("sent 1", "request 7 GET / [new, field] end"),
          client.send(client.get(7, "new", "field")));
    }
  }

  @Nested
  class S5_3_Priority {

    @Test
    @DisplayName("H22 a stream that depends on itself")
    void selfDependency() {
      assertFails(
          "PROTOCOL_ERROR SELF_DEPENDENCY",
          new PriorityFrame(1, new StreamDependency(1, false, 1)));
      client = Client.connected();
      HeadersFrame frame =
          new HeadersFrame(
              1,
              client.get(1).fragment(),
              EndStream.YES,
              EndHeaders.YES,
              Optional.of(new StreamDependency(1, true, 1)));
      assertEquals(List.of(), client.send(frame));
      assertEquals(List.of("rst 1 PROTOCOL_ERROR"), client.output());
      assertEquals(List.of("request 3 GET / end"), client.send(client.get(3)));
    }

    @Test
    void otherDependenciesMeanNothing() {
      HeadersFrame frame =
          new HeadersFrame(
              1, client.get(1).fragment(), EndStream.YES, EndHeaders.YES, Optional.of(DEPENDENCY));
      assertEquals(List.of("request 1 GET / end"), client.send(frame));
    }

    @Test
    @DisplayName("H03 PRIORITY of a wrong length")
    void wrongLength() {
      client.send(client.get(1));
      assertEquals(
          List.of("reset 1 FRAME_SIZE_ERROR VIOLATION"), client.receive(Client.raw(2, 0, 1, 0)));
      assertEquals(List.of("rst 1 FRAME_SIZE_ERROR"), client.output());
    }
  }

  @Nested
  class S5_4_2_StreamErrors {

    @Test
    @DisplayName("S14 a malformed request leaves another one alone")
    void bystander() {
      client.send(client.post(1));
      assertEquals(
          List.of("data 1 ab 2", "data 1 cd 2", "end 1"),
          client.send(
              Client.data(1, "ab", EndStream.NO),
              client.get(3, "Upper", "case"),
              Client.data(1, "cd", EndStream.YES)));
      assertEquals(List.of("rst 3 PROTOCOL_ERROR"), client.output());
      client.respond(1, "fine");
      assertEquals(List.of("headers 1 [:status=200]", "data 1 fine end"), client.output());
    }
  }
}
