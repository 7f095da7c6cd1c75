package io.roadrunner.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes frames (RFC 6455 §5): whole messages, messages in fragments, and control frames between
 * them. Each method either writes its whole frame or throws and writes nothing: {@link
 * java.nio.BufferOverflowException} if the buffer has too little room, {@link
 * IllegalStateException} for a frame that may not come now, and {@link IllegalArgumentException}
 * for one that no peer would accept.
 *
 * <p>Payload is what lies between position and limit of its buffer, which ends up read to its
 * limit; a client's payload is masked on its way, the given buffer keeps its bytes. The methods
 * that end in {@code Header} write no payload: the caller sends it behind the header, for instance
 * in one gathering write, and masks it first by {@link Masking#apply} with the key they return.
 *
 * <p>Keeps track of the message in progress only. One thread at a time.
 */
public final class WebSocketWriter {

  /** The largest payload of a control frame (RFC 6455 §5.5). */
  public static final int MAX_CONTROL_PAYLOAD = Wire.MAX_CONTROL_PAYLOAD;

  /** Room that is enough for any control frame. */
  public static final int MAX_CONTROL_FRAME_BYTES = 2 + Wire.KEY_BYTES + MAX_CONTROL_PAYLOAD;

  /** Room that is enough for the header of any frame. */
  public static final int MAX_HEADER_BYTES = 14;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final Role role;
  private final MaskSource masks;
  private Phase phase = Phase.BETWEEN_MESSAGES;

  private enum Phase {
    BETWEEN_MESSAGES,
    IN_MESSAGE,
    CLOSED
  }

  private WebSocketWriter(Role role, MaskSource masks) {
    this.role = role;
    this.masks = masks;
  }

  /**
   * Writes as a server does, without masks.
   *
   * @return a writer for one connection
   */
  public static WebSocketWriter server() {
    return new WebSocketWriter(Role.SERVER, () -> 0);
  }

  /**
   * Writes as a client does, every frame masked.
   *
   * @param masks the source of masking keys
   * @return a writer for one connection
   */
  public static WebSocketWriter client(MaskSource masks) {
    return new WebSocketWriter(Role.CLIENT, masks);
  }

  /**
   * Bytes of the header of a frame with that much payload: 2 to 14.
   *
   * @param payloadBytes size of the payload
   * @return size of the header
   */
  public int headerBytes(long payloadBytes) {
    return 2 + Wire.extraLengthBytesFor(payloadBytes) + (role == Role.CLIENT ? Wire.KEY_BYTES : 0);
  }

  /**
   * Bytes of a frame with that much payload.
   *
   * @param payloadBytes size of the payload
   * @return size of header and payload
   */
  public long frameBytes(long payloadBytes) {
    return headerBytes(payloadBytes) + payloadBytes;
  }

  /**
   * Writes a message in one frame.
   *
   * @param kind text or binary
   * @param form plain, or already compressed
   * @param payload bytes to send, read to their limit
   * @param out where the frame is put
   */
  public void message(MessageKind kind, PayloadForm form, ByteBuffer payload, ByteBuffer out) {
    require(Phase.BETWEEN_MESSAGES);
    frame(Wire.FIN | start(kind, form), payload, out);
  }

  /**
   * Writes the first fragment of a message; it may be empty.
   *
   * @param kind text or binary
   * @param form plain, or already compressed
   * @param payload bytes to send, read to their limit
   * @param out where the frame is put
   */
  public void firstFragment(
      MessageKind kind, PayloadForm form, ByteBuffer payload, ByteBuffer out) {
    require(Phase.BETWEEN_MESSAGES);
    frame(start(kind, form), payload, out);
    phase = Phase.IN_MESSAGE;
  }

  /**
   * Writes a further fragment of the message in progress; it may be empty.
   *
   * @param payload bytes to send, read to their limit
   * @param out where the frame is put
   */
  public void nextFragment(ByteBuffer payload, ByteBuffer out) {
    require(Phase.IN_MESSAGE);
    frame(Wire.CONTINUATION, payload, out);
  }

  /**
   * Writes the last fragment of the message in progress; it may be empty.
   *
   * @param payload bytes to send, read to their limit
   * @param out where the frame is put
   */
  public void lastFragment(ByteBuffer payload, ByteBuffer out) {
    require(Phase.IN_MESSAGE);
    frame(Wire.FIN | Wire.CONTINUATION, payload, out);
    phase = Phase.BETWEEN_MESSAGES;
  }

  /**
   * Writes the header of a message in one frame; returns the key to mask the payload with.
   *
   * @param kind text or binary
   * @param form plain, or already compressed
   * @param payloadBytes size of the payload
   * @param out where the frame is put
   * @return the key, 0 for a server
   */
  public int messageHeader(MessageKind kind, PayloadForm form, long payloadBytes, ByteBuffer out) {
    require(Phase.BETWEEN_MESSAGES);
    return header(Wire.FIN | start(kind, form), payloadBytes, out);
  }

  /**
   * Writes the header of a first fragment; returns the key to mask the payload with.
   *
   * @param kind text or binary
   * @param form plain, or already compressed
   * @param payloadBytes size of the payload
   * @param out where the frame is put
   * @return the key, 0 for a server
   */
  public int firstFragmentHeader(
      MessageKind kind, PayloadForm form, long payloadBytes, ByteBuffer out) {
    require(Phase.BETWEEN_MESSAGES);
    int key = header(start(kind, form), payloadBytes, out);
    phase = Phase.IN_MESSAGE;
    return key;
  }

  /**
   * Writes the header of a further fragment; returns the key to mask the payload with.
   *
   * @param payloadBytes size of the payload
   * @param out where the frame is put
   * @return the key, 0 for a server
   */
  public int nextFragmentHeader(long payloadBytes, ByteBuffer out) {
    require(Phase.IN_MESSAGE);
    return header(Wire.CONTINUATION, payloadBytes, out);
  }

  /**
   * Writes the header of a last fragment; returns the key to mask the payload with.
   *
   * @param payloadBytes size of the payload
   * @param out where the frame is put
   * @return the key, 0 for a server
   */
  public int lastFragmentHeader(long payloadBytes, ByteBuffer out) {
    require(Phase.IN_MESSAGE);
    int key = header(Wire.FIN | Wire.CONTINUATION, payloadBytes, out);
    phase = Phase.BETWEEN_MESSAGES;
    return key;
  }

  /**
   * Writes a Ping frame with 0 to 125 bytes, also within a message in progress.
   *
   * @param payload bytes to send, read to their limit
   * @param out where the frame is put
   */
  public void ping(ByteBuffer payload, ByteBuffer out) {
    control(Wire.PING, payload, out);
  }

  /**
   * Writes a Pong frame with 0 to 125 bytes, also within a message in progress.
   *
   * @param payload bytes to send, read to their limit
   * @param out where the frame is put
   */
  public void pong(ByteBuffer payload, ByteBuffer out) {
    control(Wire.PONG, payload, out);
  }

  /**
   * Writes a Close frame. No other frame may follow (RFC 6455 §5.5.1).
   *
   * @param code one that {@link CloseCode#isForWire} allows
   * @param reason up to 123 bytes of UTF-8
   * @param out where the frame is put
   */
  public void close(int code, String reason, ByteBuffer out) {
    if (!CloseCode.isForWire(code)) {
      throw new IllegalArgumentException("close code " + code + " is not for the wire");
    }
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    ByteBuffer payload = ByteBuffer.allocate(2 + text.length);
    payload.putShort((short) code).put(text).flip();
    control(Wire.CLOSE, payload, out);
    phase = Phase.CLOSED;
  }

  /**
   * Writes a Close frame without a code. No other frame may follow.
   *
   * @param out where the frame is put
   */
  public void closeWithoutCode(ByteBuffer out) {
    control(Wire.CLOSE, NOTHING.duplicate(), out);
    phase = Phase.CLOSED;
  }

  /**
   * Answers the peer's Close frame: its code without its reason (RFC 6455 §5.5.1).
   *
   * @param received the peer's frame
   * @param out where the frame is put
   */
  public void answerClose(Close received, ByteBuffer out) {
    if (received.code() == CloseCode.NO_STATUS) {
      closeWithoutCode(out);
    } else {
      close(received.code(), "", out);
    }
  }

  private void control(int opcode, ByteBuffer payload, ByteBuffer out) {
    if (phase == Phase.CLOSED) {
      throw new IllegalStateException("a Close frame was the last");
    }
    if (payload.remaining() > MAX_CONTROL_PAYLOAD) {
      throw new IllegalArgumentException(
          "control frame with " + payload.remaining() + " bytes, over 125");
    }
    frame(Wire.FIN | opcode, payload, out);
  }

  private void require(Phase required) {
    if (phase != required) {
      throw new IllegalStateException(
          switch (phase) {
            case BETWEEN_MESSAGES -> "no message in progress";
            case IN_MESSAGE -> "the message in progress has to end first";
            case CLOSED -> "a Close frame was the last";
          });
    }
  }

  private static int start(MessageKind kind, PayloadForm form) {
    int opcode = kind == MessageKind.TEXT ? Wire.TEXT : Wire.BINARY;
    return form == PayloadForm.COMPRESSED ? opcode | Wire.RSV1 : opcode;
  }

  private void frame(int first, ByteBuffer payload, ByteBuffer out) {
    room(frameBytes(payload.remaining()), out);
    int key = header(first, payload.remaining(), out);
    int from = out.position();
    out.put(payload);
    if (role == Role.CLIENT) {
      Masking.apply(out.slice(from, out.position() - from), key);
    }
  }

  private int header(int first, long length, ByteBuffer out) {
    if (length < 0) {
      throw new IllegalArgumentException("payload of " + length + " bytes");
    }
    room(headerBytes(length), out);
    int mask = role == Role.CLIENT ? Wire.MASK : 0;
    out.put((byte) first);
    switch (Wire.extraLengthBytesFor(length)) {
      case 0 -> out.put((byte) (mask | (int) length));
      case 2 -> {
        out.put((byte) (mask | Wire.LENGTH_16));
        out.put((byte) (length >>> 8)).put((byte) length);
      }
      default -> {
        out.put((byte) (mask | Wire.LENGTH_64));
        Wire.putInt32(out, (int) (length >>> 32));
        Wire.putInt32(out, (int) length);
      }
    }
    if (role == Role.SERVER) {
      return 0;
    }
    int key = masks.nextKey();
    Wire.putInt32(out, key);
    return key;
  }

  private static void room(long needed, ByteBuffer out) {
    if (out.remaining() < needed) {
      throw new java.nio.BufferOverflowException();
    }
  }
}
