package io.roadrunner.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.http2.frame.Ack;
import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.http2.frame.PingFrame;
import io.roadrunner.http2.frame.SettingsFrame;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class S3_ConnectionTest {

  @Nested
  class S3_4_Preface {

    @Test
    void serverBeginsWithItsSettings() {
      Client client = Client.silent();
      assertEquals(
          List.of("settings [3=100, 4=262144, 5=16384, 6=16384, 8=0, 9=1]", "window 0 983041"),
          client.output());
    }

    @Test
    void extendedConnectIsASetting() {
      Client client = new Client(Http2Limits.defaults(), ExtendedConnect.ENABLED);
      assertTrue(client.output().getFirst().contains("8=1"));
    }

    @Test
    void smallestConnectionWindowNeedsNoUpdate() {
      Client client =
          new Client(
              Http2Limits.defaults().withConnectionWindowBytes(65_535), ExtendedConnect.DISABLED);
      assertEquals(1, client.output().size());
    }

    @Test
    void octetByOctet() {
      Client client = Client.silent();
      for (byte octet : Client.PREFACE) {
        assertEquals(List.of(), client.receive(ByteBuffer.wrap(new byte[] {octet})));
      }
      client.output();
      assertEquals(List.of(), client.send(SettingsFrame.of()));
      assertEquals(List.of("settings ack"), client.output());
    }

    @Test
    @DisplayName("H01 bad preface")
    void badPreface() {
      for (int i = 0; i < Client.PREFACE.length; i++) {
        byte[] preface = Client.PREFACE.clone();
        preface[i] ^= 1;
        Client client = Client.silent();
        client.output();
        assertEquals(
            List.of("failed PROTOCOL_ERROR BAD_PREFACE"), client.receive(ByteBuffer.wrap(preface)));
        assertEquals(List.of("goaway 0 PROTOCOL_ERROR"), client.output());
        assertTrue(client.server.isFinished());
      }
    }

    @Test
    @DisplayName("H01 first frame is not SETTINGS")
    void firstFrame() {
      for (ByteBuffer frame :
          List.of(
              Client.bytes(new PingFrame(Ack.NO, 1)),
              Client.bytes(SettingsFrame.acknowledgement()),
              Client.raw(2, 0, 1, 0),
              Client.raw(8, 0, 1, 0, 0, 0, 0))) {
        Client client = Client.silent();
        client.receive(ByteBuffer.wrap(Client.PREFACE));
        assertEquals(List.of("failed PROTOCOL_ERROR NO_SETTINGS_FIRST"), client.receive(frame));
      }
    }

    @Test
    @DisplayName("H01 nothing comes")
    void deadline() {
      Client client = Client.silent();
      long start = client.now;
      client.server.tick(start + 10 * Client.SECOND - 1);
      assertEquals(List.of(), client.events());
      assertEquals(start + 10 * Client.SECOND, client.server.nextDeadlineNanos());
      client.server.tick(start + 10 * Client.SECOND);
      assertEquals(List.of("failed PROTOCOL_ERROR PREFACE_TIMEOUT"), client.events());
      assertEquals(Http2Connection.NO_DEADLINE, client.server.nextDeadlineNanos());
      client.server.tick(start + 20 * Client.SECOND);
      assertEquals(List.of(), client.events());
    }
  }

  @Nested
  class S5_4_1_ConnectionErrors {

    @Test
    @DisplayName("H16 nothing is processed after a connection error")
    void nothingBehind() {
      Client client = Client.connected();
      ByteBuffer bytes =
          ByteBuffer.allocate(1000)
              .put(Client.raw(6, 0, 0, 1))
              .put(Client.bytes(client.get(1)))
              .flip();
      assertEquals(List.of("failed FRAME_SIZE_ERROR BAD_FRAME_LENGTH"), client.receive(bytes));
      assertFalse(bytes.hasRemaining());
      assertEquals(List.of("goaway 0 FRAME_SIZE_ERROR"), client.output());
      assertEquals(List.of(), client.send(client.get(3)));
      assertEquals(List.of(), client.output());
    }

    @Test
    @DisplayName("H16 commands after a connection error do nothing")
    void commandsBehind() {
      Client client = Client.connected();
      client.send(client.post(1));
      client.receive(Client.raw(6, 0, 0, 1));
      client.respond(1, "x");
      client.server.ping(1);
      client.server.drain(client.now);
      client.server.goAway(ErrorCode.NO_ERROR);
      client.server.reset(1, ErrorCode.CANCEL);
      client.server.consumed(1, 1);
      assertEquals(List.of("goaway 1 FRAME_SIZE_ERROR"), client.output());
      assertEquals(0, client.server.openStreams());
      assertTrue(client.server.isFinished());
    }
  }
}
