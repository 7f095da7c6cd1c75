package io.roadrunner.telemetry;

import java.util.Objects;

/** The life of a WebSocket (RFC 6455), told by the request that opened it. */
public sealed interface WebSocketEvent extends TelemetryEvent {

  /**
   * The request that opened the WebSocket.
   *
   * @return the request, whose identifier all events of this WebSocket share
   */
  RequestInfo request();

  @Override
  default String listener() {
    return request().listener();
  }

  /**
   * The opening handshake succeeded.
   *
   * @param atEpochMillis when, in milliseconds since the epoch
   * @param request the request that opened it
   * @param subprotocol the subprotocol agreed on, or an empty string
   */
  record WebSocketUpgraded(long atEpochMillis, RequestInfo request, String subprotocol)
      implements WebSocketEvent {

    /** Refuses null. */
    public WebSocketUpgraded {
      Objects.requireNonNull(request, "request");
      Objects.requireNonNull(subprotocol, "subprotocol");
    }
  }

  /**
   * A frame arrived.
   *
   * @param atEpochMillis when, in milliseconds since the epoch
   * @param request the request that opened the WebSocket
   * @param opcode the frame's opcode, 0 to 15 (RFC 6455 §5.2)
   * @param payloadBytes the length of its payload on the wire
   */
  record WebSocketFrameIn(long atEpochMillis, RequestInfo request, int opcode, long payloadBytes)
      implements WebSocketEvent {

    /** Refuses null. */
    public WebSocketFrameIn {
      Objects.requireNonNull(request, "request");
    }
  }

  /**
   * A frame was handed to the transport.
   *
   * @param atEpochMillis when, in milliseconds since the epoch
   * @param request the request that opened the WebSocket
   * @param opcode the frame's opcode, 0 to 15 (RFC 6455 §5.2)
   * @param payloadBytes the length of its payload on the wire
   */
  record WebSocketFrameOut(long atEpochMillis, RequestInfo request, int opcode, long payloadBytes)
      implements WebSocketEvent {

    /** Refuses null. */
    public WebSocketFrameOut {
      Objects.requireNonNull(request, "request");
    }
  }

  /**
   * A frame broke a rule or a limit; the WebSocket closes next.
   *
   * @param atEpochMillis when, in milliseconds since the epoch
   * @param request the request that opened the WebSocket
   * @param closeCode the status code of the close frame sent (RFC 6455 §7.4.1)
   * @param payloadBytes the length of the frame, or of the message so far, that was refused
   * @param reason the name of the rule, out of a fixed set
   */
  record WebSocketFrameRejected(
      long atEpochMillis, RequestInfo request, int closeCode, long payloadBytes, String reason)
      implements WebSocketEvent {

    /** Refuses null. */
    public WebSocketFrameRejected {
      Objects.requireNonNull(request, "request");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * The WebSocket is closed.
   *
   * @param atEpochMillis when, in milliseconds since the epoch
   * @param request the request that opened it
   * @param closeCode the status code it closed with; 1005 where the close frame had none, 1006
   *     where there was no close frame (RFC 6455 §7.1.5)
   * @param durationNanos from {@link WebSocketUpgraded} to now, in nanoseconds
   */
  record WebSocketClosed(long atEpochMillis, RequestInfo request, int closeCode, long durationNanos)
      implements WebSocketEvent {

    /** Refuses null. */
    public WebSocketClosed {
      Objects.requireNonNull(request, "request");
    }
  }
}
