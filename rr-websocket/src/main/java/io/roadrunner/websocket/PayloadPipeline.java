package io.roadrunner.websocket;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What stands between a {@link WebSocketReader} and whoever wants plain, checked payload piece by
 * piece: decompression if the message needs it, the message limit on its result, and UTF-8 if it is
 * text. Nothing is kept: each piece goes to the sink during the call that brought it.
 *
 * <p>Call {@link #start}, {@link #bytes} and {@link #end} with the events of the same names. After
 * a {@link WebSocketException} the connection fails and the pipeline is of no more use. One thread
 * at a time.
 */
public final class PayloadPipeline {

  private final long maxMessageBytes;
  private final Optional<PayloadTransform> decompression;
  private final PayloadSink sink;
  private final PayloadSink checks = this::checked;
  private final Utf8Validator utf8 = new Utf8Validator();

  private MessageStart message = MessageStart.of(MessageKind.BINARY, PayloadForm.PLAIN);
  private long total;

  private PayloadPipeline(
      WebSocketLimits limits, Optional<PayloadTransform> decompression, PayloadSink sink) {
    this.maxMessageBytes = limits.maxMessageBytes();
    this.decompression = decompression;
    this.sink = sink;
  }

  /**
   * For connections without compression.
   *
   * @param limits upper bounds of what the peer may send
   * @param sink takes the plain payload
   * @return a pipeline for one connection
   */
  public static PayloadPipeline plain(WebSocketLimits limits, PayloadSink sink) {
    return new PayloadPipeline(limits, Optional.empty(), sink);
  }

  /**
   * For connections on which messages may come compressed; plain ones go past the transform.
   *
   * @param limits upper bounds of what the peer may send
   * @param decompression for messages that come compressed
   * @param sink takes the plain payload
   * @return a pipeline for one connection
   */
  public static PayloadPipeline decompressing(
      WebSocketLimits limits, PayloadTransform decompression, PayloadSink sink) {
    return new PayloadPipeline(limits, Optional.of(decompression), sink);
  }

  /**
   * A message begins.
   *
   * @param start the event
   * @throws IllegalStateException if it is compressed and the pipeline has no transform
   */
  public void start(MessageStart start) {
    if (start.form() == PayloadForm.COMPRESSED && decompression.isEmpty()) {
      throw new IllegalStateException("compressed message, but no transform for it");
    }
    message = start;
    total = 0;
  }

  /**
   * Takes payload as it stood on the wire, without its mask, and passes on what it stands for.
   *
   * @param view from {@link MessageBytes}; a transform reads it to its limit
   * @throws WebSocketException {@link WebSocketViolation#MESSAGE_TOO_LARGE}, {@link
   *     WebSocketViolation#BAD_TEXT} or what the transform refuses
   */
  public void bytes(ByteBuffer view) {
    switch (message.form()) {
      case PLAIN -> checked(view);
      case COMPRESSED -> decompression.orElseThrow().transform(view, checks);
    }
  }

  /**
   * The message ends.
   *
   * @throws WebSocketException as {@link #bytes} does, also if text ends within a character
   */
  public void end() {
    if (message.form() == PayloadForm.COMPRESSED) {
      decompression.orElseThrow().end(checks);
    }
    if (message.kind() == MessageKind.TEXT) {
      utf8.end();
    }
  }

  /** Checks plain text that has come in one piece and whose size has passed. */
  void wholeText(ByteBuffer plain) {
    utf8.check(plain);
    utf8.end();
  }

  private void checked(ByteBuffer plain) {
    total += plain.remaining();
    // RFC 6455 §10.4: the limit is for what the application gets, a compressed message is larger.
    if (total > maxMessageBytes) {
      throw WebSocketViolation.MESSAGE_TOO_LARGE.exception();
    }
    if (message.kind() == MessageKind.TEXT) {
      utf8.check(plain);
    }
    sink.accept(plain);
  }
}
