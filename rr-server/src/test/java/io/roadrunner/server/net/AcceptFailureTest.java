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
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the operating system may refuse a listener, and what may go wrong behind accept. */
class AcceptFailureTest {

  private final AtomicInteger tries = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();

  /** Fails so many times before it lets anybody in. */
  private final class Failing implements Acceptor.Source {
    private final Acceptor.Source socket;
    private final int failures;
    private final Throwable how;

    Failing(Acceptor.Source socket, int failures, Throwable how) {
      this.socket = socket;
      this.failures = failures;
      this.how = how;
    }

    @Override
    public @Nullable SocketChannel accept() throws IOException {
      if (tries.incrementAndGet() > failures) {
        return socket.accept();
      }
      if (how instanceof IOException io) {
        throw io;
      }
      throw (Error) how;
    }
  }

  private Listener start(int failures, Throwable how, ProtocolFactory protocols)
      throws IOException {
    InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return Listener.start(
        new ListenerConfig("accept", anywhere, 8, 1, 5, ServerLimits.defaults(), Optional.empty()),
        protocols,
        new Counting(),
        socket -> new Failing(socket, failures, how));
  }

  @Test
  @DisplayName("C06: out of descriptors, the listener pauses, then lets in who has waited")
  void pausesAndRecovers() throws Exception {
    try (CapturedLog log = CapturedLog.begin()) {
      Listener listener =
          start(3, new IOException("Too many open files"), (connection, alpn) -> echo(connection));
      try (RawClient first = RawClient.connect(listener.local());
          RawClient second = RawClient.connect(listener.local())) {
        assertEquals("one", first.send("one").finish().restUntilEnd());
        assertEquals("two", second.send("two").finish().restUntilEnd());
        // Three failures, two connections, and a look or two that finds nobody.
        assertTrue(tries.get() <= 10, () -> "it spins: " + tries + " tries");
        assertEquals(3, log.lines().size());
        assertTrue(log.lines().getFirst().contains("Too many open files"));
        assertTrue(log.lines().getFirst().contains("next try in 50 ms"));
        assertTrue(log.lines().getLast().contains("next try in 200 ms"));
      } finally {
        listener.close();
      }
    }
  }

  @Test
  @DisplayName("C06: an error while accepting is logged, and the listener pauses and recovers")
  void errorPausesToo() throws Exception {
    try (CapturedLog log = CapturedLog.begin()) {
      Listener listener =
          start(2, new OutOfMemoryError("no more"), (connection, alpn) -> echo(connection));
      try (RawClient client = RawClient.connect(listener.local())) {
        assertEquals("one", client.send("one").finish().restUntilEnd());
        assertTrue(tries.get() <= 6, () -> "it spins: " + tries + " tries");
        assertTrue(log.lines().getFirst().contains("no more"));
      } finally {
        listener.close();
      }
    }
  }

  @Test
  @DisplayName("C06: a connection that cannot be begun is closed, and counts no longer")
  void connectionThatCannotBegin() throws Exception {
    AtomicInteger made = new AtomicInteger();
    ProtocolFactory once =
        (connection, alpn) -> {
          if (made.incrementAndGet() == 1) {
            throw new IllegalStateException("cannot begin");
          }
          return echo(connection);
        };
    try (CapturedLog log = CapturedLog.begin()) {
      Listener listener = start(0, new IOException(), once);
      try (RawClient first = RawClient.connect(listener.local());
          RawClient second = RawClient.connect(listener.local())) {
        first.expectEnd();
        assertEquals("two", second.send("two").finish().restUntilEnd());
        Wait.until("both are gone", () -> listener.openConnections() == 0 && open.get() == 0);
        assertEquals(1, log.lines().size());
        assertTrue(log.lines().getFirst().contains("cannot begin"));
      } finally {
        listener.close();
      }
    }
  }

  /** Sends everything back, and closes behind the peer's last byte. */
  private static Protocol echo(Connection connection) {
    return new Protocol() {
      @Override
      public Flow received(ByteBuffer in) {
        try {
          connection.write(in);
        } catch (IOException e) {
          connection.close(CloseReason.PEER_GONE);
        }
        return Flow.STAYS_ON_LOOP;
      }

      @Override
      public void ended() {
        connection.close(CloseReason.PEER_CLOSED);
      }

      @Override
      public void tick(long nowNanos) {}

      @Override
      public void gone() {}

      @Override
      public void drain(long nowNanos) {}

      @Override
      public void run() {}
    };
  }

  private final class Counting implements ConnectionEvents {
    @Override
    public void accepted(Connection connection) {
      open.incrementAndGet();
    }

    @Override
    public void closed(Connection connection, CloseReason reason) {
      open.decrementAndGet();
    }

    @Override
    public void refused() {}

    @Override
    public void read(long bytes) {}

    @Override
    public void written(long bytes) {}
  }
}
