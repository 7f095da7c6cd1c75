package io.roadrunner.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.http2.frame.Ack;
import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.http2.frame.PingFrame;
import io.roadrunner.http2.frame.PriorityUpdateFrame;
import io.roadrunner.http2.frame.RstStreamFrame;
import io.roadrunner.http2.frame.WindowUpdateFrame;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What real clients do a lot of, and must not be cut off for. */
class S10_5_HonestClientsTest {
  private final Client client = Client.connected();

  private static int id(int i) {
    return 2 * i - 1;
  }

  private void assertAlive() {
    assertTrue(client.send(client.get(2_000_001)).contains("request 2000001 GET / end"));
  }

  @Test
  @DisplayName("S01 300 cancels within ten seconds, as of a browser, are fine")
  void cancels() {
    for (int i = 1; i <= 300; i++) {
      client.send(client.get(id(i)));
      client.server.sendHeaders(id(i), 200, Fields.none(), EndStream.NO);
      client.output();
      client.send(new RstStreamFrame(id(i), 8));
      client.now += Client.SECOND / 30;
    }
    assertAlive();
  }

  @Test
  @DisplayName("S01 300 cancels at once are fine")
  void cancelsAtOnce() {
    for (int i = 1; i <= 300; i++) {
      client.send(client.get(id(i)), new RstStreamFrame(id(i), 8));
    }
    assertAlive();
  }

  @Test
  @DisplayName("H21 100 000 small DATA frames at once are fine")
  void smallData() {
    for (int size : new int[] {1, 5, 63, 64, 200}) {
      Client peer = Client.connected();
      peer.send(peer.post(1));
      ByteBuffer data = Client.bytes(Client.data(1, "x".repeat(size), EndStream.NO));
      for (int i = 0; i < 100_000; i++) {
        assertEquals(1, peer.receive(data.duplicate()).size());
        peer.server.consumed(1, size);
        if (i % 16 == 0) {
          peer.server.write(ByteBuffer.allocate(100));
        }
      }
    }
  }

  @Test
  @DisplayName("H10 a PING each second is fine")
  void pings() {
    for (int i = 0; i < 20_000; i++) {
      assertEquals(List.of(), client.send(new PingFrame(Ack.NO, i)));
      client.output();
      client.now += Client.SECOND;
    }
    assertAlive();
  }

  @Test
  @DisplayName("K13 100 cookies are fine")
  void cookies() {
    String[] crumbs = new String[200];
    for (int i = 0; i < 200; i += 2) {
      crumbs[i] = "cookie";
      crumbs[i + 1] = "name" + i + "=" + "v".repeat(80);
    }
    assertEquals(1, client.send(client.get(1, crumbs)).size());
  }

  @Test
  @DisplayName("S02 50 resets of ours on a connection are fine")
  void resets() {
    for (int i = 1; i <= 50; i++) {
      client.send(client.get(id(i), "Upper", "case"));
      assertEquals(List.of("rst " + id(i) + " PROTOCOL_ERROR"), client.output());
    }
    assertAlive();
  }

  @Test
  @DisplayName("S02 what the application resets is not the client's fault")
  void resetsOfTheApplication() {
    for (int i = 1; i <= 2000; i++) {
      client.send(client.post(id(i)));
      client.server.reset(id(i), ErrorCode.INTERNAL_ERROR);
      client.output();
    }
    assertAlive();
  }

  @Test
  @DisplayName("H18 window updates for each few KiB of a long download are fine")
  void download() {
    client.send(client.get(1));
    client.server.sendHeaders(1, 200, Fields.none(), EndStream.NO);
    ByteBuffer content = ByteBuffer.allocate(16_384);
    ByteBuffer out = ByteBuffer.allocate(20_000);
    for (int i = 0; i < 5000; i++) {
      client.server.sendData(1, content.clear(), EndStream.NO);
      client.server.write(out.clear());
      for (int part = 0; part < 4; part++) {
        client.send(new WindowUpdateFrame(1, 4096), new WindowUpdateFrame(0, 4096));
      }
      assertFalse(client.server.isFinished());
    }
    assertAlive();
  }

  @Test
  void manyRequestsThatAreServedPayForMuch() {
    for (int i = 1; i <= 5000; i++) {
      client.send(
          new PriorityUpdateFrame(id(i), Client.ascii("u=1")),
          client.get(id(i)),
          new WindowUpdateFrame(0, 1),
          new PingFrame(Ack.NO, i));
      client.respond(id(i), "x");
      client.output();
      client.events();
    }
    assertAlive();
  }
}
