package io.roadrunner.http2.frame;

import java.nio.ByteBuffer;

/**
 * Reads frames, from either side of a connection (RFC 9113 §4.1). The preface of a client is not a
 * frame, and has to be taken off first.
 *
 * <p>A frame that lies in the input as a whole is not copied. Of one that does not, DATA is handed
 * on in parts, and anything else is collected, in memory that is in proportion to what has come.
 *
 * <p>Not safe for use by more than one thread at a time.
 */
public final class FrameReader {
  /** The least value of SETTINGS_MAX_FRAME_SIZE, and its default (RFC 9113 §6.5.2). */
  public static final int LEAST_MAX_FRAME_BYTES = 1 << 14;

  /** The greatest value of SETTINGS_MAX_FRAME_SIZE. */
  public static final int MOST_FRAME_BYTES = (1 << 24) - 1;

  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  private enum Phase {
    HEADER,
    DATA,
    PAYLOAD,
    FAILED
  }

  private final int maxFrameBytes;
  private final DataReader data = new DataReader();

  private Phase phase = Phase.HEADER;
  private FrameHeader header = new FrameHeader(0, 0, 0, 0);

  /** What has come of a header or payload; written up to its position. */
  private ByteBuffer held = NONE;

  private FrameReader(int maxFrameBytes) {
    this.maxFrameBytes = maxFrameBytes;
  }

  /**
   * {@return a reader at the beginning of a frame}
   *
   * @param maxFrameBytes own SETTINGS_MAX_FRAME_SIZE, 16384 to 16777215; a longer frame is refused
   *     as soon as its header is there
   */
  public static FrameReader create(int maxFrameBytes) {
    if (maxFrameBytes < LEAST_MAX_FRAME_BYTES || maxFrameBytes > MOST_FRAME_BYTES) {
      throw new IllegalArgumentException("not 16384 to 16777215: " + maxFrameBytes);
    }
    return new FrameReader(maxFrameBytes);
  }

  /**
   * {@return the next frame, or part of a DATA frame; or {@link NeedInput}}
   *
   * @param in octets as they came, from position to limit. Its position moves behind what was
   *     taken, with NeedInput to the limit
   * @throws Http2Exception if the frame is not one. After a stream error, go on with the next call;
   *     after a connection error the reader can no longer be used
   * @throws IllegalStateException after a connection error
   */
  public FrameEvent next(ByteBuffer in) {
    try {
      return switch (phase) {
        case HEADER -> header(in);
        case DATA -> data(in);
        case PAYLOAD -> payload(in);
        case FAILED -> throw new IllegalStateException("an earlier frame was a connection error");
      };
    } catch (Http2Exception e) {
      if (e.error() instanceof Http2Error.ConnectionError) {
        phase = Phase.FAILED;
        held = NONE;
      }
      throw e;
    }
  }

  /** {@return whether a frame has begun, and has not come as a whole} */
  public boolean isMidFrame() {
    return phase != Phase.HEADER || held.position() > 0;
  }

  private FrameEvent header(ByteBuffer in) {
    if (held.position() == 0 && in.remaining() >= FrameHeader.BYTES) {
      header = FrameHeader.read(in);
    } else if (collect(FrameHeader.BYTES, in)) {
      header = FrameHeader.read(held.flip());
      held = NONE;
    } else {
      return NeedInput.INSTANCE;
    }
    if (header.length() > maxFrameBytes) {
      // RFC 9113 §4.2: may be a stream error for DATA, but nobody has to wait for its payload.
      throw Http2Exception.connection(Http2Violation.FRAME_TOO_LARGE);
    }
    if (header.type() == FrameType.DATA) {
      data.open(header);
      phase = Phase.DATA;
      return data(in);
    }
    phase = Phase.PAYLOAD;
    return payload(in);
  }

  private FrameEvent data(ByteBuffer in) {
    FrameEvent event = data.next(in);
    if (event instanceof DataFrame frame && frame.part().isLast()) {
      phase = Phase.HEADER;
    }
    return event;
  }

  private FrameEvent payload(ByteBuffer in) {
    int length = header.length();
    ByteBuffer payload;
    if (held.position() == 0 && in.remaining() >= length) {
      payload = in.slice(in.position(), length).asReadOnlyBuffer();
      in.position(in.position() + length);
    } else if (collect(length, in)) {
      payload = held.flip().asReadOnlyBuffer();
      held = NONE;
    } else {
      return NeedInput.INSTANCE;
    }
    phase = Phase.HEADER;
    return read(header, payload);
  }

  /** Adds to what is held, and says whether there are {@code length} octets now. */
  private boolean collect(int length, ByteBuffer in) {
    int most = Math.min(length - held.position(), in.remaining());
    if (held.remaining() < most) {
      // At most twice what has come: a length alone costs nothing.
      int wanted = Math.max(held.position() + most, 2 * held.capacity());
      held = ByteBuffer.allocate(Math.min(length, wanted)).put(held.flip());
    }
    held.put(in.slice(in.position(), most));
    in.position(in.position() + most);
    return held.position() == length;
  }

  private static Frame read(FrameHeader header, ByteBuffer payload) {
    return switch (header.type()) {
      case FrameType.HEADERS -> HeadersFrame.read(header, payload);
      case FrameType.PRIORITY -> PriorityFrame.read(header, payload);
      case FrameType.RST_STREAM -> RstStreamFrame.read(header, payload);
      case FrameType.SETTINGS -> SettingsFrame.read(header, payload);
      case FrameType.PUSH_PROMISE -> PushPromiseFrame.read(header, payload);
      case FrameType.PING -> PingFrame.read(header, payload);
      case FrameType.GOAWAY -> GoAwayFrame.read(header, payload);
      case FrameType.WINDOW_UPDATE -> WindowUpdateFrame.read(header, payload);
      case FrameType.CONTINUATION -> ContinuationFrame.read(header, payload);
      case FrameType.PRIORITY_UPDATE -> PriorityUpdateFrame.read(header, payload);
      default -> UnknownFrame.read(header, payload);
    };
  }
}
