package io.roadrunner.server.net;

import io.roadrunner.telemetry.CloseReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What a clear-text connection speaks until its first bytes have told which protocol it is: the
 * connection preface of HTTP/2 (RFC 9113 §3.4), or anything else.
 */
public final class FirstBytes implements Protocol {

  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Connection connection;
  private final ProtocolFactory ifPreface;
  private final ProtocolFactory otherwise;
  private final Duration timeout;
  private final Duration drainQuiet;
  private boolean draining;

  /**
   * Creates one.
   *
   * @param connection on which nothing has been received
   * @param ifPreface makes what speaks from the whole preface on
   * @param otherwise makes what speaks from any other byte on, and decides about what comes late
   * @param timeout from accept, for a peer that says nothing
   * @param drainQuiet the same during a drain
   */
  public FirstBytes(
      Connection connection,
      ProtocolFactory ifPreface,
      ProtocolFactory otherwise,
      Duration timeout,
      Duration drainQuiet) {
    this.connection = connection;
    this.ifPreface = ifPreface;
    this.otherwise = otherwise;
    this.timeout = timeout;
    this.drainQuiet = drainQuiet;
  }

  @Override
  public Flow received(ByteBuffer in) {
    int most = Math.min(in.remaining(), PREFACE.length);
    for (int i = 0; i < most; i++) {
      if (in.get(in.position() + i) != PREFACE[i]) {
        return become(otherwise, in);
      }
    }
    return most == PREFACE.length ? become(ifPreface, in) : Flow.STAYS_ON_LOOP;
  }

  private Flow become(ProtocolFactory chosen, ByteBuffer in) {
    Protocol next = chosen.create(connection, "");
    connection.switchTo(next);
    return next.received(in);
  }

  @Override
  public void ended() {
    connection.close(
        connection.input().hasRemaining() ? CloseReason.PEER_GONE : CloseReason.PEER_CLOSED);
  }

  @Override
  public void tick(long nowNanos) {
    long age = nowNanos - connection.acceptedAtNanos();
    if (age < (draining ? drainQuiet : timeout).toNanos()) {
      return;
    }
    if (connection.input().hasRemaining()) {
      // Whatever it was going to be, it is a head that did not arrive in time.
      become(otherwise, connection.input());
    } else {
      connection.close(draining ? CloseReason.DRAINED : CloseReason.IDLE_TIMEOUT);
    }
  }

  @Override
  public void drain(long nowNanos) {
    draining = true;
  }

  @Override
  public void gone() {}

  @Override
  public void run() {
    throw new IllegalStateException("nothing is handed over before the protocol is known");
  }
}
