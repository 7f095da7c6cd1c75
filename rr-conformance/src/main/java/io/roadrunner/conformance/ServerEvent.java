package io.roadrunner.conformance;

import java.nio.ByteBuffer;

/** What a server sent, fragments put together. */
sealed interface ServerEvent {

  /** A message, decompressed. */
  record Echo(int opcode, ByteBuffer payload) implements ServerEvent {}

  record Pong(ByteBuffer payload) implements ServerEvent {}

  /** The suite needs no Pings, a server may send some. */
  record Ping() implements ServerEvent {}

  /** A Close frame; its code is {@link #NO_CODE} if it has none. */
  record Closing(int code) implements ServerEvent {
    static final int NO_CODE = 1005;
  }

  /** The end of the transport. */
  record End() implements ServerEvent {}
}
