package io.roadrunner.server.net;

import io.roadrunner.telemetry.CloseReason;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What comes in on a connection, on its way from the loop to whoever holds the {@link Baton}: at
 * once to the protocol while the loop does, and by way of {@link Inbound} to another owner.
 */
final class Intake {

  /** Whether the loop reads the socket. */
  enum Reading {
    ON,
    PAUSED
  }

  private final Connection connection;
  private final int limit;
  private final InputBuffer input = new InputBuffer();
  private final Inbound inbound = new Inbound();
  private final Baton baton = new Baton();

  /**
   * Creates it.
   *
   * @param limit how many bytes are kept for an owner that does not take them
   */
  Intake(Connection connection, int limit) {
    this.connection = connection;
    this.limit = limit;
  }

  boolean onLoop() {
    return baton.onLoop();
  }

  // The loop's side.

  /** Returns how many bytes may be read now, 0 after reading was paused. */
  int room(int most) {
    if (baton.onLoop()) {
      return most;
    }
    int room = limit - inbound.size();
    if (room <= 0) {
      inbound.pause();
      connection.reading(Reading.PAUSED);
      // The owner may have taken everything just before the pause was noted.
      room = limit - inbound.size();
      if (room > 0) {
        connection.reading(Reading.ON);
      }
    }
    return Math.min(Math.max(0, room), most);
  }

  void received(ByteBuffer bytes) {
    if (baton.onLoop()) {
      deliver(bytes);
    } else {
      inbound.offer(bytes);
      passOn();
    }
  }

  private void deliver(ByteBuffer bytes) {
    if (input.isEmpty()) {
      ByteBuffer heap = bytes.isDirect() ? onHeap(bytes) : bytes;
      Protocol.Flow flow = connection.protocol().received(heap);
      if (flow == Protocol.Flow.STAYS_ON_LOOP && heap.hasRemaining()) {
        input.append(heap);
      }
    } else {
      input.append(bytes);
      deliverInput();
    }
  }

  private ByteBuffer onHeap(ByteBuffer bytes) {
    return connection.loop().heapBuffer().clear().put(bytes).flip();
  }

  private Protocol.Flow deliverInput() {
    Protocol.Flow flow = connection.protocol().received(input.bytes());
    if (flow == Protocol.Flow.STAYS_ON_LOOP) {
      input.releaseIfEmpty();
    }
    return flow;
  }

  /** Delivers what the protocol has left unread; while the loop owns the connection. */
  void deliverAgain() {
    if (!input.isEmpty()) {
      deliverInput();
    }
  }

  /** Nothing more will come. */
  void finish(Inbound.End how) {
    inbound.finish(how);
    passOn();
  }

  /** Something has arrived for the owner; if there is none any more, it is the loop's. */
  private void passOn() {
    if (baton.tellOwner()) {
      return;
    }
    takeArrived();
    if (!input.isEmpty() && deliverInput() == Protocol.Flow.LEFT_LOOP) {
      return;
    }
    switch (inbound.end()) {
      case OPEN -> {}
      case ENDED -> connection.protocol().ended();
      case RESET -> connection.close(CloseReason.PEER_GONE);
    }
  }

  void handOver(ByteBuffer rest) {
    keep(rest);
    baton.handOver();
  }

  void keep(ByteBuffer rest) {
    if (!isInput(rest) && rest.hasRemaining()) {
      input.append(rest);
    }
  }

  @SuppressWarnings("ReferenceEquality") // Equal bytes in another buffer are other bytes.
  private boolean isInput(ByteBuffer buffer) {
    return buffer == input.bytes();
  }

  // The owner's side.

  ByteBuffer bytes() {
    return input.bytes();
  }

  boolean release() {
    input.releaseIfEmpty();
    // An end may have come together with bytes that were taken already.
    return inbound.end() == Inbound.End.OPEN && baton.release();
  }

  Arrival absorb() {
    baton.lookForMore();
    int before = input.size();
    takeArrived();
    if (input.size() > before) {
      return Arrival.BYTES;
    }
    return switch (inbound.end()) {
      case OPEN -> Arrival.NOTHING;
      case ENDED -> Arrival.ENDED;
      case RESET -> Arrival.RESET;
    };
  }

  private void takeArrived() {
    if (inbound.moveTo(input)) {
      connection.reading(Reading.ON);
      connection.loop().wakeup();
    }
  }

  Arrival await(PeerPace pace) throws IOException {
    while (true) {
      int before = input.size();
      Arrival arrival = absorb();
      pace.moved(input.size() - before);
      if (arrival != Arrival.NOTHING) {
        return arrival;
      }
      if (pace.creditNanos() <= 0) {
        throw new SlowPeerException("the peer sends too slowly");
      }
      if (!connection.isOpen()) {
        return Arrival.RESET;
      }
      if (!inbound.readyOrWait(Thread.currentThread())) {
        Outbound.parkFor(this, pace);
      }
    }
  }

  /** Wakes an owner that waits for bytes, since none will come. */
  void closed() {
    inbound.finish(Inbound.End.RESET);
  }
}
