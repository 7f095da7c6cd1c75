package io.roadrunner.deflate;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses the messages of one connection in one direction (RFC 7692 §7.2.1), whole ones with
 * {@link #message}, long ones piece by piece with {@link #deflate}. Both write what belongs between
 * the frame headers, without the final 00 00 FF FF.
 *
 * <p><b>Windows below 15 bits.</b> {@link Deflater} always looks back up to 32 KiB. So the input is
 * cut into runs of at most 2^bits bytes, with an empty history at the start of each: within a run
 * no distance reaches 2^bits, and none leaves it. A run ends with a full flush, which costs 5
 * bytes; or for free before a message that would not fit into what is left of the run. This also
 * honours 8 bits, which zlib itself cannot do.
 *
 * <p><b>Messages that stay plain</b> are in nobody's window (RFC 7692 §7.2.1). One that is too
 * short never gets to the compressor. One that turned out not to shrink did, and its bytes are in a
 * history that the peer does not share: that history is dropped, and the next message starts with
 * an empty one, which is always permitted.
 *
 * <p>Holds about 264 KiB of native memory from the first message that is compressed until {@link
 * #close}, without context takeover until the end of that message; see {@link NativeCodecs}. One
 * thread at a time.
 */
public final class MessageDeflater implements AutoCloseable {

  /**
   * The room that {@link #deflate} needs: a flush marker, the tail held back, and some progress.
   */
  public static final int MIN_ROOM = 16;

  /** Room that {@link #message} needs on top of the size of the message: that of the tail. */
  public static final int EXTRA_ROOM = 4;

  private static final int TAIL = 4;
  private static final byte[] NOTHING = {};

  private final int window;
  private final ContextTakeover context;
  private final DeflateConfig config;
  private final NativeCodecs codecs;
  private final ByteBuffer held = ByteBuffer.allocate(TAIL);

  private @Nullable Deflater deflater;
  private int run;
  private boolean inMessage;
  private boolean anyInput;
  private boolean closed;

  private MessageDeflater(
      int windowBits, ContextTakeover context, DeflateConfig config, NativeCodecs codecs) {
    // The compressor's own window does for the largest one.
    this.window = windowBits == WindowBits.MOST ? Integer.MAX_VALUE : 1 << windowBits;
    this.context = context;
    this.config = config;
    this.codecs = codecs;
  }

  /**
   * For messages that a server sends.
   *
   * @param parameters from the negotiation
   * @param config for its level and threshold
   * @param codecs where the compressor comes from
   * @return a compressor for one connection; takes no native memory yet
   */
  public static MessageDeflater server(
      DeflateParameters parameters, DeflateConfig config, NativeCodecs codecs) {
    return new MessageDeflater(
        parameters.serverWindowBits(), parameters.serverContext(), config, codecs);
  }

  /**
   * For messages that a client sends.
   *
   * @param parameters from the negotiation
   * @param config for its level and threshold
   * @param codecs where the compressor comes from
   * @return a compressor for one connection; takes no native memory yet
   */
  public static MessageDeflater client(
      DeflateParameters parameters, DeflateConfig config, NativeCodecs codecs) {
    return new MessageDeflater(
        parameters.clientWindowBits(), parameters.clientContext(), config, codecs);
  }

  /**
   * Compresses a whole message if that is worth it.
   *
   * @param plain the message, between position and limit. Read to its limit if the result is {@link
   *     MessageForm#COMPRESSED}, else untouched
   * @param out takes the payload from its position on, always fewer bytes than the message; its
   *     position is unchanged if the result is {@link MessageForm#PLAIN}, but bytes behind it may
   *     not be. Has to have room for {@link #EXTRA_ROOM} bytes more than the message
   * @return in which form to send the message: plain if it is shorter than {@link
   *     DeflateConfig#minMessageBytes} or does not shrink
   * @throws IllegalArgumentException if there is not enough room
   * @throws IllegalStateException within a message that {@link #deflate} began, or if closed
   */
  public MessageForm message(ByteBuffer plain, ByteBuffer out) {
    requireOpen();
    if (inMessage) {
      throw new IllegalStateException("within a message that came in parts");
    }
    int size = plain.remaining();
    if (size == 0 || size < config.minMessageBytes()) {
      return MessageForm.PLAIN;
    }
    if (out.remaining() - EXTRA_ROOM < size) {
      throw new IllegalArgumentException("needs room for " + size + " bytes and EXTRA_ROOM");
    }
    return shrink(taken(size), plain, out) ? MessageForm.COMPRESSED : MessageForm.PLAIN;
  }

  private boolean shrink(Deflater codec, ByteBuffer plain, ByteBuffer out) {
    int plainStart = plain.position();
    int outStart = out.position();
    int outLimit = out.limit();
    // With the tail it may be as long as the message and three bytes. The byte of room that is left
    // then tells that the flush is complete.
    out.limit(outStart + plain.remaining() + EXTRA_ROOM);
    boolean shrunk;
    try {
      shrunk = pump(codec, plain, Part.LAST, out);
    } finally {
      out.limit(outLimit);
    }
    if (shrunk) {
      out.position(out.position() - TAIL);
    } else {
      plain.position(plainStart);
      out.position(outStart);
      forget(codec);
    }
    endMessage();
    return shrunk;
  }

  /**
   * Compresses a part of a message, whether that makes it smaller or not. To be repeated with the
   * rest of the input as long as it returns {@link Progress#NEED_OUTPUT}. A part need not produce
   * output at once: there is no flush before the end of the message.
   *
   * @param plain the part, between position and limit; read from its position on
   * @param part whether the message ends with it
   * @param out takes payload from its position on; what calls wrote, one after the other, is the
   *     payload, which may be cut into frames anywhere
   * @return why it returned
   * @throws IllegalArgumentException if {@code out} has room for fewer than {@link #MIN_ROOM} bytes
   * @throws IllegalStateException if closed
   */
  public Progress deflate(ByteBuffer plain, Part part, ByteBuffer out) {
    requireOpen();
    if (out.remaining() < MIN_ROOM) {
      throw new IllegalArgumentException("needs room for MIN_ROOM bytes");
    }
    inMessage = true;
    if (!anyInput && !plain.hasRemaining()) {
      return part == Part.LAST ? endEmptyMessage(out) : Progress.NEED_INPUT;
    }
    Deflater codec = taken(plain.remaining());
    anyInput = true;
    int start = out.position();
    out.put(held.flip());
    held.clear();
    boolean done = pump(codec, plain, part, out);
    if (done && part == Part.LAST) {
      // RFC 7692 §7.2.1: the flush ends with 00 00 FF FF, and those octets are removed.
      out.position(out.position() - TAIL);
      endMessage();
      return Progress.MESSAGE_END;
    }
    holdBack(start, out);
    return done ? Progress.NEED_INPUT : Progress.NEED_OUTPUT;
  }

  /**
   * RFC 7692 §7.2.3.6: an empty message is the first octet of an empty block without compression.
   */
  private Progress endEmptyMessage(ByteBuffer out) {
    out.put((byte) 0);
    endMessage();
    return Progress.MESSAGE_END;
  }

  /** Keeps what may turn out to be the tail. */
  private void holdBack(int start, ByteBuffer out) {
    int end = out.position();
    int from = Math.max(start, end - TAIL);
    for (int at = from; at < end; at++) {
      held.put(out.get(at));
    }
    out.position(from);
  }

  /** Compresses all of the input, flushed if the message ends; false if the room did not do. */
  private boolean pump(Deflater codec, ByteBuffer plain, Part part, ByteBuffer out) {
    int end = plain.limit();
    try {
      do {
        int cut = Math.min(end - plain.position(), window - run);
        plain.limit(plain.position() + cut);
        boolean endOfRun = cut == window - run;
        boolean endOfMessage = part == Part.LAST && plain.limit() == end;
        // RFC 7692 §7.1.2: a full flush keeps references from going back beyond this point.
        int flush =
            endOfRun ? Deflater.FULL_FLUSH : endOfMessage ? Deflater.SYNC_FLUSH : Deflater.NO_FLUSH;
        if (!feed(codec, plain, flush, out)) {
          return false;
        }
        run = endOfRun ? 0 : run;
      } while (plain.position() < end);
      return true;
    } finally {
      plain.limit(end);
      codec.setInput(NOTHING);
    }
  }

  /** Room that is left says that all input was taken and the flush is complete. */
  private boolean feed(Deflater codec, ByteBuffer plain, int flush, ByteBuffer out) {
    int start = plain.position();
    codec.setInput(plain);
    codec.deflate(out, flush);
    if (window != Integer.MAX_VALUE) {
      run += plain.position() - start;
    }
    return out.hasRemaining();
  }

  private Deflater taken(int nextBytes) {
    Deflater codec = deflater;
    if (codec == null) {
      codec = codecs.takeDeflater(config.level());
      deflater = codec;
    } else if (!anyInput && nextBytes > window - run) {
      forget(codec);
    }
    return codec;
  }

  private void forget(Deflater codec) {
    codec.reset();
    run = 0;
  }

  private void endMessage() {
    inMessage = false;
    anyInput = false;
    if (context == ContextTakeover.NONE) {
      release();
    }
  }

  private void release() {
    if (deflater != null) {
      forget(deflater);
      codecs.giveBack(deflater);
      deflater = null;
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("closed");
    }
  }

  /** Gives the native memory back, also within a message. More calls do nothing. */
  @Override
  public void close() {
    closed = true;
    release();
  }
}
