package io.roadrunner.websocket;

/**
 * The header of a message's first frame has arrived.
 *
 * @param kind text or binary
 * @param form whether the payload has to be decompressed
 */
public record MessageStart(MessageKind kind, PayloadForm form) implements FrameEvent {

  private static final MessageStart TEXT = new MessageStart(MessageKind.TEXT, PayloadForm.PLAIN);
  private static final MessageStart BINARY =
      new MessageStart(MessageKind.BINARY, PayloadForm.PLAIN);
  private static final MessageStart COMPRESSED_TEXT =
      new MessageStart(MessageKind.TEXT, PayloadForm.COMPRESSED);
  private static final MessageStart COMPRESSED_BINARY =
      new MessageStart(MessageKind.BINARY, PayloadForm.COMPRESSED);

  /** One of the four values, not a new one each time. */
  static MessageStart of(MessageKind kind, PayloadForm form) {
    return switch (form) {
      case PLAIN -> kind == MessageKind.TEXT ? TEXT : BINARY;
      case COMPRESSED -> kind == MessageKind.TEXT ? COMPRESSED_TEXT : COMPRESSED_BINARY;
    };
  }
}
