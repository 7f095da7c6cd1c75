package io.roadrunner.deflate;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses the messages of one connection in one direction (RFC 7692 §7.2.2), whatever window
 * the peer compressed with. The caller's output buffer bounds what one call produces, so that a
 * message of any size takes no more memory than that buffer.
 *
 * <p>Blocks with BFINAL are permitted, also within a message (RFC 7692 §7.2.3.4). As with a zlib
 * stream, the window is empty after one.
 *
 * <p>Holds about 40 KiB of native memory from the first message until {@link #close}, without
 * context takeover until the end of that message; see {@link NativeCodecs}. One thread at a time.
 */
public final class MessageInflater implements AutoCloseable {

  private static final byte[] TAIL = tail();

  private static final byte[] NOTHING = {};

  private static final int RESTART_BYTES = 64;

  private final ContextTakeover context;
  private final DeflateLimits limits;
  private final NativeCodecs codecs;

  private @Nullable Inflater inflater;
  private long compressedBytes;
  private long plainBytes;
  private long restartBytes;
  private boolean closed;

  private MessageInflater(ContextTakeover context, DeflateLimits limits, NativeCodecs codecs) {
    this.context = context;
    this.limits = limits;
    this.codecs = codecs;
  }

  /**
   * For messages that a server gets.
   *
   * @param parameters from the negotiation
   * @param limits upper bounds of a message
   * @param codecs where the decompressor comes from
   * @return a decompressor for one connection; takes no native memory yet
   */
  public static MessageInflater server(
      DeflateParameters parameters, DeflateLimits limits, NativeCodecs codecs) {
    return new MessageInflater(parameters.clientContext(), limits, codecs);
  }

  /**
   * For messages that a client gets.
   *
   * @param parameters from the negotiation
   * @param limits upper bounds of a message
   * @param codecs where the decompressor comes from
   * @return a decompressor for one connection; takes no native memory yet
   */
  public static MessageInflater client(
      DeflateParameters parameters, DeflateLimits limits, NativeCodecs codecs) {
    return new MessageInflater(parameters.serverContext(), limits, codecs);
  }

  /**
   * Decompresses a part of a message. To be repeated with the rest of the input as long as it
   * returns {@link Progress#NEED_OUTPUT}. Parts may be cut anywhere.
   *
   * @param compressed payload as it stood in frames, between position and limit; read from its
   *     position on
   * @param part whether the message ends with it
   * @param out takes plain bytes from its position on
   * @return why it returned
   * @throws DeflateException if the payload is malformed or the message goes over a limit. Closes
   *     this decompressor; what stands in {@code out} is of no use
   * @throws IllegalArgumentException if {@code out} has no room
   * @throws IllegalStateException if closed
   */
  public Progress inflate(ByteBuffer compressed, Part part, ByteBuffer out) {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    if (!out.hasRemaining()) {
      throw new IllegalArgumentException("needs room");
    }
    Inflater codec = taken();
    boolean sound = false;
    try {
      Progress progress = step(codec, compressed, part, out);
      sound = true;
      return progress;
    } catch (DataFormatException e) {
      throw DeflateViolation.INVALID_DATA.exception();
    } finally {
      if (!sound) {
        close();
      }
    }
  }

  private Progress step(Inflater codec, ByteBuffer compressed, Part part, ByteBuffer out)
      throws DataFormatException {
    while (true) {
      feed(codec, compressed, out);
      if (codec.finished()) {
        restart(codec);
      } else if (out.hasRemaining()) {
        break;
      }
      if (!out.hasRemaining()) {
        return Progress.NEED_OUTPUT;
      }
    }
    if (part == Part.MORE) {
      return Progress.NEED_INPUT;
    }
    endMessage(codec, out);
    return Progress.MESSAGE_END;
  }

  private void feed(Inflater codec, ByteBuffer compressed, ByteBuffer out)
      throws DataFormatException {
    int start = compressed.position();
    codec.setInput(compressed);
    try {
      plainBytes += codec.inflate(out);
    } finally {
      codec.setInput(NOTHING);
    }
    compressedBytes += compressed.position() - start;
    // RFC 6455 §10.4: limits are for what the application gets.
    if (plainBytes + restartBytes > limits.maxMessageBytes()) {
      throw DeflateViolation.MESSAGE_TOO_LARGE.exception();
    }
    if (plainBytes > limits.ratioGraceBytes()
        && (plainBytes - 1) / limits.maxRatio() >= compressedBytes) {
      throw DeflateViolation.RATIO_TOO_HIGH.exception();
    }
  }

  /** RFC 7692 §7.2.1: blocks with BFINAL may be anywhere, and more may follow. */
  private void restart(Inflater codec) {
    codec.reset();
    restartBytes += RESTART_BYTES;
  }

  private void endMessage(Inflater codec, ByteBuffer out) {
    if (!isAtBlockEnd(codec, out)) {
      throw DeflateViolation.TRUNCATED_DATA.exception();
    }
    compressedBytes = 0;
    plainBytes = 0;
    restartBytes = 0;
    if (context == ContextTakeover.NONE) {
      release();
    }
  }

  private static boolean isAtBlockEnd(Inflater codec, ByteBuffer out) {
    codec.setInput(TAIL);
    try {
      return codec.inflate(out) == 0 && !codec.finished();
    } catch (DataFormatException e) {
      return false;
    }
  }

  /**
   * RFC 7692 §7.2.2: what the sender removed, which completes an empty block without compression.
   * Behind it stand more such blocks. All of them produce nothing, except where the payload was cut
   * off within a block: there they are taken for codes, lengths and data, and sooner or later yield
   * an error or output. It takes so many because what was cut off may be the header of a block,
   * which has hundreds of octets.
   */
  private static byte[] tail() {
    byte[] octets = new byte[4 + 64 * 5];
    for (int at = 2; at < octets.length; at += 5) {
      octets[at] = -1;
      octets[at + 1] = -1;
    }
    return octets;
  }

  private Inflater taken() {
    Inflater codec = inflater;
    if (codec == null) {
      codec = codecs.takeInflater();
      inflater = codec;
    }
    return codec;
  }

  private void release() {
    if (inflater != null) {
      inflater.reset();
      codecs.giveBack(inflater);
      inflater = null;
    }
  }

  /** Gives the native memory back, also within a message. More calls do nothing. */
  @Override
  public void close() {
    closed = true;
    release();
  }
}
