package io.roadrunner.server.websocket;

import io.roadrunner.server.WebSocketPart;
import io.roadrunner.websocket.Close;
import io.roadrunner.websocket.MessageKind;
import io.roadrunner.websocket.WebSocketViolation;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Something that a handler is to be told. */
sealed interface Callback {

  /** The session has begun. */
  record Open() implements Callback {}

  /** A whole message. */
  record Whole(MessageKind kind, ByteBuffer payload) implements Callback {}

  /** A part of a message. */
  record Part(WebSocketPart part) implements Callback {}

  /** A Pong frame. */
  record Pong(ByteBuffer payload) implements Callback {}

  /** The server ends; a Close frame goes out behind what the handler still has to say. */
  record Drain(Instant deadline) implements Callback {}

  /** The peer's Close frame: it is answered when everything before it has been dealt with. */
  record Answer(Close received) implements Callback {}

  /** The peer broke the protocol: the session fails when all that came before is dealt with. */
  record Failed(WebSocketViolation violation) implements Callback {}

  /** The session has ended. */
  record Closed(int code, String reason) implements Callback {}

  /** Returns how much memory is held by it. */
  default int bytes() {
    return switch (this) {
      case Whole whole -> whole.payload().remaining();
      case Part part -> part.part().bytes().remaining();
      case Pong pong -> pong.payload().remaining();
      case Open open -> 0;
      case Drain drain -> 0;
      case Answer answer -> 0;
      case Failed violation -> 0;
      case Closed closed -> 0;
    };
  }
}
