package io.roadrunner.server.websocket;

import io.roadrunner.server.WebSocketOptions;
import io.roadrunner.server.WebSocketPart.Position;
import io.roadrunner.websocket.Close;
import io.roadrunner.websocket.FrameObserver;
import io.roadrunner.websocket.Message;
import io.roadrunner.websocket.MessageBytes;
import io.roadrunner.websocket.MessageEnd;
import io.roadrunner.websocket.MessageKind;
import io.roadrunner.websocket.MessageReader;
import io.roadrunner.websocket.MessageStart;
import io.roadrunner.websocket.NeedInput;
import io.roadrunner.websocket.PayloadPipeline;
import io.roadrunner.websocket.Ping;
import io.roadrunner.websocket.Pong;
import io.roadrunner.websocket.Rsv1;
import io.roadrunner.websocket.WebSocketLimits;
import io.roadrunner.websocket.WebSocketReader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Takes one thing after the other out of what a client sends; for the loop. */
sealed interface Incoming {

  /** Who gets what has arrived. Payloads are valid during the call. */
  interface Receiver {
    void message(MessageKind kind, ByteBuffer payload);

    void part(MessageKind kind, ByteBuffer bytes, Position position);

    void ping(ByteBuffer payload);

    void pong(ByteBuffer payload);

    void close(Close close);
  }

  /**
   * Passes the next thing on; false if there is nothing complete.
   *
   * @throws io.roadrunner.websocket.WebSocketException if the client broke the protocol
   */
  boolean next(ByteBuffer in);

  /** Chooses how messages are delivered. */
  static Incoming of(
      WebSocketOptions options,
      @Nullable Inflation inflation,
      FrameObserver observer,
      Receiver receiver) {
    WebSocketLimits limits = options.limits();
    return switch (options.delivery()) {
      case WHOLE ->
          new Whole(
              inflation == null
                  ? MessageReader.server(limits, observer)
                  : MessageReader.server(limits, inflation, observer),
              receiver);
      case IN_PARTS -> new InParts(limits, inflation, observer, receiver);
    };
  }

  /** Puts messages together. */
  record Whole(MessageReader reader, Receiver receiver) implements Incoming {
    @Override
    public boolean next(ByteBuffer in) {
      switch (reader.next(in)) {
        case Message message -> receiver.message(message.kind(), message.payload());
        case Ping ping -> receiver.ping(ping.payload());
        case Pong pong -> receiver.pong(pong.payload());
        case Close close -> receiver.close(close);
        case NeedInput need -> {
          return false;
        }
      }
      return true;
    }
  }

  /** Passes on the bytes of messages as they come. */
  final class InParts implements Incoming {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final WebSocketReader reader;
    private final PayloadPipeline pipeline;
    private final Receiver receiver;
    private MessageKind kind = MessageKind.BINARY;

    InParts(
        WebSocketLimits limits,
        @Nullable Inflation inflation,
        FrameObserver observer,
        Receiver receiver) {
      this.receiver = receiver;
      if (inflation == null) {
        reader = WebSocketReader.server(limits, Rsv1.RESERVED, observer);
        pipeline = PayloadPipeline.plain(limits, this::part);
      } else {
        reader = WebSocketReader.server(limits, Rsv1.MARKS_COMPRESSION, observer);
        pipeline = PayloadPipeline.decompressing(limits, inflation, this::part);
      }
    }

    private void part(ByteBuffer bytes) {
      receiver.part(kind, bytes, Position.MORE_FOLLOWS);
    }

    @Override
    public boolean next(ByteBuffer in) {
      switch (reader.next(in)) {
        case MessageStart start -> {
          kind = start.kind();
          pipeline.start(start);
        }
        case MessageBytes bytes -> pipeline.bytes(bytes.view());
        case MessageEnd end -> {
          pipeline.end();
          receiver.part(kind, NOTHING.duplicate(), Position.LAST);
        }
        case Ping ping -> receiver.ping(ping.payload());
        case Pong pong -> receiver.pong(pong.payload());
        case Close close -> receiver.close(close);
        case NeedInput need -> {
          return false;
        }
      }
      return true;
    }
  }
}
