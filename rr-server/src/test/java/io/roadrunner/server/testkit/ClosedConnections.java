package io.roadrunner.server.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.roadrunner.server.Routes;
import io.roadrunner.server.ServerLimits;
import io.roadrunner.telemetry.CloseReason;
import io.roadrunner.telemetry.ConnectionEvent.ConnectionClosed;
import io.roadrunner.telemetry.Telemetry;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers why the connections of a server were closed. */
public final class ClosedConnections implements AutoCloseable {

  private final List<ConnectionClosed> closed = new CopyOnWriteArrayList<>();
  private final Telemetry telemetry =
      Telemetry.to(
          event -> {
            if (event instanceof ConnectionClosed end) {
              closed.add(end);
            }
          });

  private ClosedConnections() {}

  /** Begins to listen. */
  public static ClosedConnections begin() {
    return new ClosedConnections();
  }

  /** Starts a server that tells about its connections here. */
  public TestServer server(Routes.Builder routes, ServerLimits limits) throws IOException {
    return TestServer.start(routes, builder -> builder.limits(limits).telemetry(telemetry));
  }

  /** Waits until so many connections were closed for that reason; fails if more were. */
  public void expect(int count, CloseReason reason) {
    Wait.until(
        "%d connections end with %s, of %s".formatted(count, reason, closed),
        () -> count(reason) >= count);
    assertEquals(count, count(reason));
  }

  /** Waits until a connection was closed, and returns the first such event. */
  public ConnectionClosed first() {
    Wait.until("a connection ends", () -> !closed.isEmpty());
    return closed.getFirst();
  }

  private int count(CloseReason reason) {
    return (int) closed.stream().filter(end -> end.reason() == reason).count();
  }

  @Override
  public void close() {
    telemetry.close();
  }
}
