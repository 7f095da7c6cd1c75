package io.roadrunner.http1;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Shows elements to their scanners as arrays: the buffer's own array if it has one, otherwise a
 * copy, to which each byte is copied once.
 */
final class Window {
  private static final byte[] NONE = new byte[0];

  /** Small enough not to copy much of what lies behind the element, large enough for most heads. */
  private static final int STEP = 1024;

  private static final int KEPT = 2 * STEP;

  private byte[] copy = NONE;
  private int copied;
  private int seen;

  /**
   * Scans the element that starts at the position. Moves the position behind it if it is complete,
   * otherwise leaves it.
   *
   * @return whether the element is complete
   */
  boolean scan(Element element, ByteBuffer in) {
    int available = in.remaining();
    if (available < seen) {
      throw new IllegalStateException("unread bytes of the last call are missing");
    }
    int length = in.hasArray() ? scanArray(element, in) : scanCopy(element, in);
    if (length < 0) {
      seen = available;
      return false;
    }
    in.position(in.position() + length);
    seen = 0;
    copied = 0;
    if (copy.length > KEPT) {
      copy = NONE;
    }
    return true;
  }

  private static int scanArray(Element element, ByteBuffer in) {
    int base = in.arrayOffset() + in.position();
    return element.scan(in.array(), base, base + in.remaining());
  }

  private int scanCopy(Element element, ByteBuffer in) {
    int length = Element.INCOMPLETE;
    while (length < 0 && copied < in.remaining()) {
      int step = Math.min(STEP, in.remaining() - copied);
      if (copy.length - copied < step) {
        copy = Arrays.copyOf(copy, Math.max(STEP, 2 * copy.length));
      }
      in.get(in.position() + copied, copy, copied, step);
      copied += step;
      length = element.scan(copy, 0, copied);
    }
    return length;
  }
}
