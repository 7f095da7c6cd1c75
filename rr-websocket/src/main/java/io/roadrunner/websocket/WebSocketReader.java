package io.roadrunner.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames (RFC 6455 §5) and delivers messages as a stream of unmasked bytes. It enforces all
 * rules of framing, masking, fragmentation and control frames, and the limits on the wire. It does
 * not decompress and does not check UTF-8 in text: {@link PayloadPipeline} does, behind it; {@link
 * MessageReader} is both in one.
 *
 * <p>Buffer of a call: bytes to read from position to limit, with room for a control frame of 139
 * bytes at least. A server's reader unmasks in place, so its buffer must be writable. On return the
 * position is behind the event; what an incomplete header or control frame needs stays unread. Any
 * byte order, heap or direct. One thread at a time.
 */
public final class WebSocketReader {

  private final WebSocketLimits limits;
  private final Role role;
  private final Rsv1 rsv1;
  private final FrameObserver observer;

  private Phase phase = Phase.READING;
  private WebSocketViolation violation = WebSocketViolation.RESERVED_BIT;

  /** Within a message, from its first header to its end. */
  private boolean inMessage;

  /** The current or last data frame of the message is its final one. */
  private boolean finalFrame;

  /** What the header of the frame says that was looked at last. */
  private long length;

  private long payloadLeft;
  private int maskKey;
  private long charged;

  private enum Phase {
    READING,
    CLOSED,
    FAILED
  }

  private WebSocketReader(Role role, WebSocketLimits limits, Rsv1 rsv1, FrameObserver observer) {
    this.role = role;
    this.limits = limits;
    this.rsv1 = rsv1;
    this.observer = observer;
  }

  /**
   * Reads what a client sends: every frame has to be masked.
   *
   * @param limits upper bounds of what the peer may send
   * @param rsv1 what the handshake agreed on
   * @return a reader for one connection
   */
  public static WebSocketReader server(WebSocketLimits limits, Rsv1 rsv1) {
    return server(limits, rsv1, FrameObserver.none());
  }

  /**
   * Reads what a client sends, and tells somebody of each frame.
   *
   * @param limits upper bounds of what the peer may send
   * @param rsv1 what the handshake agreed on
   * @param observer is told of frames during {@link #next}
   * @return a reader for one connection
   */
  public static WebSocketReader server(WebSocketLimits limits, Rsv1 rsv1, FrameObserver observer) {
    return new WebSocketReader(Role.SERVER, limits, rsv1, observer);
  }

  /**
   * Reads what a server sends: no frame may be masked.
   *
   * @param limits upper bounds of what the peer may send
   * @param rsv1 what the handshake agreed on
   * @return a reader for one connection
   */
  public static WebSocketReader client(WebSocketLimits limits, Rsv1 rsv1) {
    return new WebSocketReader(Role.CLIENT, limits, rsv1, FrameObserver.none());
  }

  /**
   * The next event in the buffer.
   *
   * @param in bytes of the connection from position to limit
   * @return {@link NeedInput} if there is none yet
   * @throws WebSocketException if the peer broke a rule; every later call throws the same again
   * @throws IllegalArgumentException if there is something to unmask and the buffer is read-only
   */
  public FrameEvent next(ByteBuffer in) {
    return switch (phase) {
      case READING -> read(in);
      case CLOSED -> {
        // RFC 6455 §5.5.1: nothing behind a Close frame is to be processed.
        in.position(in.limit());
        yield NeedInput.INSTANCE;
      }
      case FAILED -> throw violation.exception();
    };
  }

  /**
   * The payload of a plain message if the buffer has all of it next, in one frame; moves behind it.
   * Otherwise null, and nothing has changed. Spares the steps of {@link #next}, and their writes to
   * memory.
   */
  @Nullable ByteBuffer wholeMessage(ByteBuffer in) {
    if (phase != Phase.READING || inMessage) {
      return null;
    }
    int headerBytes = headerBytes(in);
    if (headerBytes == 0
        || !isWholePlain(in.get(in.position()))
        || length > in.remaining() - headerBytes) {
      return null;
    }
    observer.frame(in.get(in.position()) & Wire.OPCODE, length);
    int from = in.position() + headerBytes;
    ByteBuffer payload = in.slice(from, (int) length);
    unmask(payload, keyBefore(from, in));
    in.position(from + (int) length);
    return payload;
  }

  private static boolean isWholePlain(int first) {
    return (first & Wire.FIN) != 0 && (first & Wire.RSV1) == 0 && !Wire.isControl(first);
  }

  private FrameEvent read(ByteBuffer in) {
    while (true) {
      if (payloadLeft > 0) {
        return in.hasRemaining() ? takePayload(in) : NeedInput.INSTANCE;
      }
      if (inMessage && finalFrame) {
        inMessage = false;
        return MessageEnd.INSTANCE;
      }
      int headerBytes = headerBytes(in);
      if (headerBytes == 0) {
        return NeedInput.INSTANCE;
      }
      int first = in.get(in.position());
      if (Wire.isControl(first)) {
        return control(first, headerBytes, in);
      }
      dataHeader(first, headerBytes, in);
      if ((first & Wire.OPCODE) != Wire.CONTINUATION) {
        inMessage = true;
        return start(first);
      }
    }
  }

  private void dataHeader(int first, int headerBytes, ByteBuffer in) {
    observer.frame(first & Wire.OPCODE, length);
    payloadLeft = length;
    charged = chargedWith(first);
    finalFrame = (first & Wire.FIN) != 0;
    maskKey = takeHeader(headerBytes, in);
  }

  /** Moves behind the header and returns the masking key at its end, 0 if it has none. */
  private int takeHeader(int headerBytes, ByteBuffer in) {
    in.position(in.position() + headerBytes);
    return keyBefore(in.position(), in);
  }

  private int keyBefore(int payload, ByteBuffer in) {
    return role == Role.SERVER ? Wire.int32(in, payload - Wire.KEY_BYTES) : 0;
  }

  private static MessageStart start(int first) {
    return MessageStart.of(
        (first & Wire.OPCODE) == Wire.TEXT ? MessageKind.TEXT : MessageKind.BINARY,
        (first & Wire.RSV1) != 0 ? PayloadForm.COMPRESSED : PayloadForm.PLAIN);
  }

  /** The size of the header at the position, or 0 while it is incomplete; refuses it early. */
  private int headerBytes(ByteBuffer in) {
    int available = in.remaining();
    if (available < 2) {
      return 0;
    }
    int first = in.get(in.position());
    int second = in.get(in.position() + 1);
    checkBits(first);
    checkSequence(first);
    checkMask(second);
    int lengthEnd = 2 + Wire.extraLengthBytes(second);
    if (Wire.isControl(first)) {
      checkControl(first, second);
    }
    if (available < lengthEnd) {
      return 0;
    }
    length = Wire.length(in, in.position());
    checkLength(first, second);
    int headerBytes = lengthEnd + (role == Role.SERVER ? Wire.KEY_BYTES : 0);
    return available < headerBytes ? 0 : headerBytes;
  }

  private void checkBits(int first) {
    int opcode = first & Wire.OPCODE;
    // RFC 6455 §5.2: fail on a bit that no extension has given a meaning.
    if ((first & (Wire.RSV2 | Wire.RSV3)) != 0
        || ((first & Wire.RSV1) != 0 && rsv1 == Rsv1.RESERVED)) {
      throw fail(WebSocketViolation.RESERVED_BIT);
    }
    // RFC 6455 §5.2: 3 to 7 and B to F are reserved.
    if ((opcode > Wire.BINARY && opcode < Wire.CLOSE) || opcode > Wire.PONG) {
      throw fail(WebSocketViolation.RESERVED_OPCODE);
    }
    // RFC 7692 §6.1: only the first frame of a message has the bit.
    if ((first & Wire.RSV1) != 0 && (opcode == Wire.CONTINUATION || Wire.isControl(first))) {
      throw fail(WebSocketViolation.COMPRESSED_CONTINUATION);
    }
  }

  /** RFC 6455 §5.4: messages are not interleaved, control frames may stand between fragments. */
  private void checkSequence(int first) {
    int opcode = first & Wire.OPCODE;
    if (opcode == Wire.CONTINUATION && !inMessage) {
      throw fail(WebSocketViolation.UNEXPECTED_CONTINUATION);
    }
    if (inMessage && (opcode == Wire.TEXT || opcode == Wire.BINARY)) {
      throw fail(WebSocketViolation.INTERRUPTED_MESSAGE);
    }
  }

  /** RFC 6455 §5.1: a client masks every frame, a server none. */
  private void checkMask(int second) {
    boolean masked = (second & Wire.MASK) != 0;
    if (role == Role.SERVER && !masked) {
      throw fail(WebSocketViolation.MISSING_MASK);
    }
    if (role == Role.CLIENT && masked) {
      throw fail(WebSocketViolation.UNEXPECTED_MASK);
    }
  }

  /** RFC 6455 §5.5. */
  private void checkControl(int first, int second) {
    if ((first & Wire.FIN) == 0) {
      throw fail(WebSocketViolation.FRAGMENTED_CONTROL);
    }
    if ((second & Wire.LENGTH) > Wire.MAX_CONTROL_PAYLOAD) {
      throw fail(WebSocketViolation.CONTROL_TOO_LONG);
    }
  }

  private void checkLength(int first, int second) {
    // RFC 6455 §5.2: the most significant bit must be 0, and the shortest form is a must.
    if (length < 0) {
      throw fail(WebSocketViolation.LENGTH_TOP_BIT);
    }
    if (Wire.extraLengthBytes(second) != Wire.extraLengthBytesFor(length)) {
      throw fail(WebSocketViolation.LENGTH_NOT_MINIMAL);
    }
    if (length > limits.maxFrameBytes()) {
      observer.frame(first & Wire.OPCODE, length);
      throw fail(WebSocketViolation.FRAME_TOO_LARGE);
    }
    if (!Wire.isControl(first) && chargedWith(first) > limits.maxMessageBytes()) {
      observer.frame(first & Wire.OPCODE, length);
      throw fail(WebSocketViolation.MESSAGE_TOO_LARGE);
    }
  }

  /** What the message counts with the frame that begins. A message of one frame counts as it is. */
  private long chargedWith(int first) {
    if (inMessage) {
      return charged + Math.max(length, limits.minFragmentCharge());
    }
    boolean whole = (first & Wire.FIN) != 0;
    return whole ? length : Math.max(length, limits.minFragmentCharge());
  }

  private MessageBytes takePayload(ByteBuffer in) {
    int count = (int) Math.min(payloadLeft, in.remaining());
    ByteBuffer view = in.slice(in.position(), count);
    maskKey = unmask(view, maskKey);
    in.position(in.position() + count);
    payloadLeft -= count;
    return new MessageBytes(view);
  }

  private static int unmask(ByteBuffer view, int key) {
    if (key != 0 && view.hasRemaining() && view.isReadOnly()) {
      throw new IllegalArgumentException("the buffer is read-only, there is no way to unmask it");
    }
    return Masking.apply(view, key);
  }

  private FrameEvent control(int first, int headerBytes, ByteBuffer in) {
    int end = in.position() + headerBytes + (int) length;
    if (end > in.limit()) {
      return NeedInput.INSTANCE;
    }
    observer.frame(first & Wire.OPCODE, length);
    int key = takeHeader(headerBytes, in);
    ByteBuffer payload = in.slice(in.position(), (int) length);
    unmask(payload, key);
    in.position(end);
    return switch (first & Wire.OPCODE) {
      case Wire.PING -> new Ping(payload);
      case Wire.PONG -> new Pong(payload);
      default -> close(payload);
    };
  }

  /** RFC 6455 §5.5.1: nothing, or a code of two bytes and a reason in UTF-8. */
  private Close close(ByteBuffer payload) {
    phase = Phase.CLOSED;
    if (!payload.hasRemaining()) {
      return new Close(CloseCode.NO_STATUS, "");
    }
    if (payload.remaining() == 1) {
      throw fail(WebSocketViolation.TRUNCATED_CLOSE_CODE);
    }
    int code = payload.getShort() & 0xFFFF;
    if (!CloseCode.isForWire(code)) {
      throw fail(WebSocketViolation.BAD_CLOSE_CODE);
    }
    try {
      return new Close(code, StandardCharsets.UTF_8.newDecoder().decode(payload).toString());
    } catch (CharacterCodingException e) {
      throw fail(WebSocketViolation.BAD_CLOSE_REASON);
    }
  }

  private WebSocketException fail(WebSocketViolation broken) {
    phase = Phase.FAILED;
    violation = broken;
    return broken.exception();
  }
}
