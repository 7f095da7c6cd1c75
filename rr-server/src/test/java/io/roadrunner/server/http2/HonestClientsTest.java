package io.roadrunner.server.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.http2.frame.RstStreamFrame;
import io.roadrunner.server.testkit.Http2Client;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is no flood, at the pace of real clients. {@code -Pfloods} runs it. */
@Tag("floods")
class HonestClientsTest {

  private static final int SECONDS_OF_PINGS = 15;
  private static final int CANCELS = 300;
  private static final long CANCELS_MILLIS = 10_000;

  private static @TempDir Path folder;
  private FloodServer server;

  @BeforeEach
  void start() throws IOException {
    server = FloodServer.start(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @DisplayName("S01 300 cancels within ten seconds, as of a browser that scrolls")
  void cancels() throws Exception {
    try (Http2Client client = Http2Client.connect(server.port())) {
      client.keepWindowsShut();
      int id = 1;
      for (int i = 0; i < CANCELS; i++, id += 2) {
        client.get(id, FloodServer.LARGE);
        Thread.sleep(CANCELS_MILLIS / CANCELS);
        client.send(new RstStreamFrame(id, ErrorCode.CANCEL.code()));
        if (i % 30 == 0) {
          // A browser reads what comes, and acknowledges SETTINGS.
          client.roundTrip(i);
        }
      }
      assertServes(client, id);
    }
  }

  @Test
  @DisplayName("H10 a PING each second, and nothing else")
  void pings() throws Exception {
    try (Http2Client client = Http2Client.connect(server.port())) {
      for (int i = 0; i < SECONDS_OF_PINGS; i++) {
        client.roundTrip(i);
        Thread.sleep(1_000);
      }
      assertServes(client, 1);
    }
  }

  private static void assertServes(Http2Client client, int id) throws IOException {
    client.get(id, "/plain");
    assertEquals("Hello, World!", client.answer(id).body());
    assertTrue(client.roundTrip(-1).goAways().isEmpty());
  }
}
