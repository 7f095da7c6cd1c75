package io.roadrunner.server;

import io.roadrunner.server.testkit.EngineClient;
import io.roadrunner.server.testkit.TlsFixture;
import io.roadrunner.server.testkit.Wait;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a connection over TLS costs while nothing happens on it. */
class TlsMemoryTest {

  private static final int CONNECTIONS = 400;
  private static final int RECORD = 16 << 10;
  private static final byte[] REQUEST =
      "GET /big HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      least += pool.getMemoryUsed();
    }
    return least;
  }

  @Test
  @DisplayName("L02 an idle connection keeps no record, neither of what came nor of what left")
  void idle() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try (TlsFixture server =
        TlsFixture.start(
            Routes.builder().get("/big", request -> Response.bytes("a/b", new byte[40_000])),
            options ->
                options.limits(ServerLimits.defaults().withKeepAliveTimeout(Duration.ofMinutes(5))),
            tls -> tls)) {
      for (int i = 0; i < 50; i++) {
        sockets.add(idle(server));
      }
      long before = used();
      for (int i = 0; i < CONNECTIONS; i++) {
        sockets.add(idle(server));
      }
      Wait.until("all are idle", () -> server.server().server().info().runningHandlers() == 0);
      // What tests before this one have left behind is collected in its own time.
      Wait.until("no connection keeps a record", () -> (used() - before) / CONNECTIONS < RECORD);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  /** Returns the socket only, so that the client's side of TLS is not counted. */
  private static Socket idle(TlsFixture server) throws IOException {
    EngineClient client = server.connectSilently().handshake();
    client.send(client.encrypt(REQUEST));
    int content = 0;
    while (content < 40_000) {
      content += client.decrypt(client.record()).length;
    }
    return client.socket();
  }
}
