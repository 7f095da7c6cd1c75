package io.roadrunner.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.roadrunner.server.ServerLimits;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.telemetry.CloseReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A connection whose protocol changes: the bytes behind the change belong to the new one. */
class SwitchProtocolTest {

  enum Owner {
    LOOP,
    VIRTUAL_THREAD
  }

  @ParameterizedTest
  @EnumSource(Owner.class)
  @DisplayName("F22 bytes behind the switch are read by the new protocol, and so is what follows")
  void theRestBelongsToTheNewProtocol(Owner owner) throws Exception {
    AtomicReference<String> first = new AtomicReference<>("");
    Listener listener = start((connection, alpn) -> new FirstLine(connection, owner, first));
    try (RawClient client = RawClient.connect(listener.local())) {
      client.send("hello\nabc");
      client.send("def");
      assertEquals("ABCDEF", client.finish().restUntilEnd());
      assertEquals("hello", first.get());
    } finally {
      listener.close();
    }
  }

  private static Listener start(ProtocolFactory protocols) throws IOException {
    ServerLimits limits = ServerLimits.defaults();
    InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return Listener.start(
        new ListenerConfig("switch", anywhere, 8, 1, 10, limits, Optional.empty()),
        protocols,
        new Silence());
  }

  /** Reads a line and leaves everything else to {@link Shout}. */
  private record FirstLine(Connection connection, Owner owner, AtomicReference<String> line)
      implements Protocol {

    @Override
    public Flow received(ByteBuffer in) {
      if (owner == Owner.VIRTUAL_THREAD) {
        return connection.handOver(in);
      }
      Shout next = new Shout(connection);
      takeLine(in);
      connection.switchTo(next);
      return next.received(in);
    }

    @Override
    public void run() {
      Shout next = new Shout(connection);
      takeLine(connection.input());
      connection.switchTo(next);
      next.run();
    }

    private void takeLine(ByteBuffer in) {
      StringBuilder text = new StringBuilder();
      for (char c = (char) in.get(); c != '\n'; c = (char) in.get()) {
        text.append(c);
      }
      line.set(text.toString());
    }

    @Override
    public void ended() {}

    @Override
    public void tick(long nowNanos) {}

    @Override
    public void gone() {}

    @Override
    public void drain(long nowNanos) {}
  }

  /** Sends everything back in upper case. */
  private record Shout(Connection connection) implements Protocol {

    @Override
    public Flow received(ByteBuffer in) {
      String text = StandardCharsets.US_ASCII.decode(in).toString();
      String answer = text.chars().mapToObj(c -> "" + (char) (c - 32)).reduce("", String::concat);
      try {
        connection.write(StandardCharsets.US_ASCII.encode(answer));
      } catch (IOException e) {
        connection.close(CloseReason.PEER_GONE);
      }
      return Flow.STAYS_ON_LOOP;
    }

    @Override
    public void run() {
      do {
        received(connection.input());
      } while (!connection.release() && connection.absorb() == Arrival.BYTES);
      if (!connection.onLoop()) {
        connection.close(CloseReason.PEER_CLOSED);
      }
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
    public void drain(long nowNanos) {
      connection.close(CloseReason.DRAINED);
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
