package io.roadrunner.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.http2.frame.Ack;
import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.http2.frame.GoAwayFrame;
import io.roadrunner.http2.frame.PingFrame;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class S6_8_GoAwayTest {
  private final Client client = Client.connected();

  private static ByteBuffer nothing() {
    return ByteBuffer.allocate(0);
  }

  @Test
  @DisplayName("H13 streams go on, new ones are refused")
  void fromClient() {
    client.send(client.post(1));
    assertEquals(
        List.of("goaway 0 NO_ERROR", "goaway 0 99"),
        client.send(new GoAwayFrame(0, 0, nothing()), new GoAwayFrame(0, 99, nothing())));
    assertEquals(
        List.of("data 1 x 1", "end 1"),
        client.send(client.get(3), Client.data(1, "x", EndStream.YES)));
    assertEquals(List.of("rst 3 REFUSED_STREAM"), client.output());
    client.respond(1, "y");
    client.output();
    assertEquals(0, client.server.openStreams());
    assertTrue(client.server.isFinished());
  }

  @Test
  @DisplayName("S13 drain in two phases, by PING")
  void drain() {
    client.send(client.get(1));
    client.server.drain(client.now);
    client.server.drain(client.now);
    List<String> sent = client.output();
    assertEquals("goaway 2147483647 NO_ERROR", sent.getFirst());
    assertEquals(2, sent.size());
    assertEquals(List.of("request 3 GET / end"), client.send(client.get(3)));
    client.send(new PingFrame(Ack.YES, opaque(sent.getLast())));
    assertEquals(List.of("goaway 3 NO_ERROR"), client.output());
    assertEquals(
        List.of(),
        client.send(client.request(5, "POST", EndStream.NO), Client.data(5, "x", EndStream.YES)));
    client.respond(1, "x");
    client.respond(3, "x");
    assertEquals(4, client.output().size());
    assertTrue(client.server.isFinished());
  }

  @Test
  @DisplayName("S13 drain in two phases, by time")
  void drainByTime() {
    client.server.drain(client.now);
    client.output();
    assertEquals(client.now + Client.SECOND, client.server.nextDeadlineNanos());
    client.server.tick(client.now + Client.SECOND - 1);
    assertEquals(List.of(), client.output());
    client.server.tick(client.now + Client.SECOND);
    assertEquals(List.of("goaway 0 NO_ERROR"), client.output());
    assertTrue(client.server.isFinished());
    client.server.tick(client.now + 2 * Client.SECOND);
    client.server.goAway(ErrorCode.NO_ERROR);
    assertEquals(List.of(), client.output());
  }

  private long opaque(String ping) {
    return Long.parseLong(ping.substring("ping NO ".length()));
  }
}
