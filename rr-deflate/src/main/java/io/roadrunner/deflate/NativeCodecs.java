package io.roadrunner.deflate;

import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Where compressors and decompressors come from and go to: the seam for a pool. Each one taken is
 * given back exactly once, reset, by the thread that works on the message or closes the session.
 *
 * <p>They are taken when a message first needs them. Where the context is not taken over they go
 * back with the end of that message, otherwise when the session is closed. So with a pool, or even
 * without, sessions that are idle and do without context takeover hold no native memory.
 *
 * <p>A pool that several threads use has to be safe for that, and has to end what it lets go.
 */
public interface NativeCodecs {

  /**
   * Hands out a compressor.
   *
   * @param level 1 to 9, from {@link DeflateConfig#level}
   * @return of that level, for raw DEFLATE ({@code nowrap}), new or reset
   */
  Deflater takeDeflater(int level);

  /**
   * Takes a compressor back.
   *
   * @param deflater one that was handed out, reset
   */
  void giveBack(Deflater deflater);

  /**
   * Hands out a decompressor.
   *
   * @return for raw DEFLATE ({@code nowrap}), new or reset
   */
  Inflater takeInflater();

  /**
   * Takes a decompressor back.
   *
   * @param inflater one that was handed out, reset
   */
  void giveBack(Inflater inflater);

  /** {@return a source that makes new ones, and frees their memory as soon as they come back} */
  static NativeCodecs unpooled() {
    return Unpooled.INSTANCE;
  }
}
