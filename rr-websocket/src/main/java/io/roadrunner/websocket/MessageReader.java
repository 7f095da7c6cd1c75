package io.roadrunner.websocket;

import java.nio.ByteBuffer;

/**
 * Reads whole messages: a {@link WebSocketReader}, a {@link PayloadPipeline} and the memory to put
 * fragments together in. A message that lies in the buffer in one piece is not copied. Memory grows
 * with the bytes that arrive, not with the length that a header claims, and is given up with each
 * message.
 *
 * <p>Buffers are used as {@link WebSocketReader} uses them. One thread at a time.
 */
public final class MessageReader {

  private final WebSocketReader frames;
  private final MessageStore store = new MessageStore();
  private final PayloadPipeline pipeline;

  private MessageStart message = MessageStart.of(MessageKind.BINARY, PayloadForm.PLAIN);
  private boolean failed;
  private WebSocketViolation violation = WebSocketViolation.BAD_TEXT;

  private MessageReader(WebSocketReader frames, WebSocketLimits limits) {
    this.frames = frames;
    this.pipeline = PayloadPipeline.plain(limits, store::add);
  }

  private MessageReader(
      WebSocketReader frames, WebSocketLimits limits, PayloadTransform decompression) {
    this.frames = frames;
    this.pipeline = PayloadPipeline.decompressing(limits, decompression, store::add);
  }

  /**
   * Reads what a client sends on a connection without compression.
   *
   * @param limits upper bounds of what the peer may send
   * @return a reader for one connection
   */
  public static MessageReader server(WebSocketLimits limits) {
    return new MessageReader(WebSocketReader.server(limits, Rsv1.RESERVED), limits);
  }

  /**
   * Reads what a client sends on a connection with compression.
   *
   * @param limits upper bounds of what the peer may send
   * @param decompression for messages that come compressed
   * @return a reader for one connection
   */
  public static MessageReader server(WebSocketLimits limits, PayloadTransform decompression) {
    return new MessageReader(
        WebSocketReader.server(limits, Rsv1.MARKS_COMPRESSION), limits, decompression);
  }

  /**
   * Reads what a client sends, and tells somebody of each frame.
   *
   * @param limits upper bounds of what the peer may send
   * @param observer is told of frames during {@link #next}
   * @return a reader for one connection without compression
   */
  public static MessageReader server(WebSocketLimits limits, FrameObserver observer) {
    return new MessageReader(WebSocketReader.server(limits, Rsv1.RESERVED, observer), limits);
  }

  /**
   * Reads what a client sends, and tells somebody of each frame.
   *
   * @param limits upper bounds of what the peer may send
   * @param decompression for messages that come compressed
   * @param observer is told of frames during {@link #next}
   * @return a reader for one connection with compression
   */
  public static MessageReader server(
      WebSocketLimits limits, PayloadTransform decompression, FrameObserver observer) {
    return new MessageReader(
        WebSocketReader.server(limits, Rsv1.MARKS_COMPRESSION, observer), limits, decompression);
  }

  /**
   * Reads what a server sends on a connection without compression.
   *
   * @param limits upper bounds of what the peer may send
   * @return a reader for one connection
   */
  public static MessageReader client(WebSocketLimits limits) {
    return new MessageReader(WebSocketReader.client(limits, Rsv1.RESERVED), limits);
  }

  /**
   * Reads what a server sends on a connection with compression.
   *
   * @param limits upper bounds of what the peer may send
   * @param decompression for messages that come compressed
   * @return a reader for one connection
   */
  public static MessageReader client(WebSocketLimits limits, PayloadTransform decompression) {
    return new MessageReader(
        WebSocketReader.client(limits, Rsv1.MARKS_COMPRESSION), limits, decompression);
  }

  /**
   * The next event in the buffer.
   *
   * @param in bytes of the connection from position to limit
   * @return {@link NeedInput} if there is none yet
   * @throws WebSocketException if the peer broke a rule; every later call throws the same again
   * @throws IllegalArgumentException if there is something to unmask and the buffer is read-only
   */
  public MessageEvent next(ByteBuffer in) {
    if (failed) {
      throw violation.exception();
    }
    try {
      return read(in);
    } catch (WebSocketException e) {
      failed = true;
      violation = e.violation();
      store.clear();
      throw e;
    }
  }

  private MessageEvent read(ByteBuffer in) {
    int at = in.position();
    ByteBuffer whole = frames.wholeMessage(in);
    if (whole != null) {
      return message(in.get(at), whole);
    }
    while (true) {
      switch (frames.next(in)) {
        case MessageStart start -> {
          message = start;
          store.start(start.form());
          pipeline.start(start);
        }
        case MessageBytes bytes -> pipeline.bytes(bytes.view());
        case MessageEnd end -> {
          pipeline.end();
          return new Message(message.kind(), store.take());
        }
        case NeedInput needInput -> {
          store.keep();
          return needInput;
        }
        case Ping ping -> {
          store.keep();
          return ping;
        }
        case Pong pong -> {
          store.keep();
          return pong;
        }
        case Close close -> {
          store.clear();
          return close;
        }
      }
    }
  }

  private Message message(int first, ByteBuffer payload) {
    if ((first & Wire.OPCODE) == Wire.BINARY) {
      return new Message(MessageKind.BINARY, payload);
    }
    pipeline.wholeText(payload);
    return new Message(MessageKind.TEXT, payload);
  }
}
