package io.roadrunner.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.ServerLimits;
import io.roadrunner.server.testkit.CapturedLog;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.Wait;
import io.roadrunner.telemetry.CloseReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of our own on the event loop: they end one connection, and are logged. */
class FaultsTest {

  @ParameterizedTest
  @ValueSource(strings = {"received", "tick", "task", "run", "ended"})
  @DisplayName("E06: a fault in one connection ends this connection, and no other")
  void faultEndsOneConnection(String where) throws Exception {
    InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    ListenerConfig config =
        new ListenerConfig("faults", anywhere, 8, 1, 5, ServerLimits.defaults(), Optional.empty());
    try (CapturedLog log = CapturedLog.begin()) {
      Listener listener =
          Listener.start(config, (connection, alpn) -> new Faulty(connection), new Silence());
      try (RawClient bystander = RawClient.connect(listener.local());
          RawClient client = RawClient.connect(listener.local())) {
        bystander.send("before ");
        client.send(where);
        if (where.equals("ended")) {
          client.finish();
        }
        client.expectEnd();
        assertEquals("before behind", bystander.send("behind").finish().restUntilEnd());
        assertTrue(log.lines().getFirst().contains("broken on purpose"));
        assertEquals(1, log.lines().size());
        Wait.until("both are gone", () -> listener.openConnections() == 0);
      } finally {
        listener.close();
      }
    }
  }

  /** Sends everything back, but for words that make it fail. */
  private static final class Faulty implements Protocol {
    private final Connection connection;
    private String word = "";

    Faulty(Connection connection) {
      this.connection = connection;
    }

    private static void fail() {
      throw new IllegalStateException("broken on purpose");
    }

    @Override
    public Flow received(ByteBuffer in) {
      word = StandardCharsets.US_ASCII.decode(in.duplicate()).toString();
      switch (word) {
        case "received" -> fail();
        case "task" -> connection.loop().execute(connection, Faulty::fail);
        case "run" -> {
          return connection.handOver(in);
        }
        case "tick", "ended" -> in.position(in.limit());
        default -> echo(in);
      }
      return Flow.STAYS_ON_LOOP;
    }

    private void echo(ByteBuffer in) {
      try {
        connection.write(in);
      } catch (IOException e) {
        connection.close(CloseReason.PEER_GONE);
      }
    }

    @Override
    public void ended() {
      if (word.equals("ended")) {
        fail();
      }
      connection.close(CloseReason.PEER_CLOSED);
    }

    @Override
    public void tick(long nowNanos) {
      if (word.equals("tick")) {
        fail();
      }
    }

    @Override
    public void gone() {}

    @Override
    public void drain(long nowNanos) {}

    @Override
    public void run() {
      connection.broken(new IllegalStateException("broken on purpose"));
    }
  }

  private static final class Silence implements ConnectionEvents {
    @Override
    public void accepted(Connection connection) {}

    @Override
    public void closed(Connection connection, CloseReason reason) {}

    @Override
    public void refused() {}

    @Override
    public void read(long bytes) {}

    @Override
    public void written(long bytes) {}
  }
}
