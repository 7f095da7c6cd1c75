package io.roadrunner.websocket;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The payload of the message that is being put together: first only a view of where it came from,
 * and a copy once there is more than one piece or the view is about to become invalid.
 */
final class MessageStore {

  private static final byte[] NONE = new byte[0];
  private static final ByteBuffer EMPTY = ByteBuffer.wrap(NONE).asReadOnlyBuffer();

  /** Doubled when full, as far as an array can be. */
  private static final int FIRST_SIZE = 256;

  private static final int MOST = Integer.MAX_VALUE - 8;

  private PayloadForm form = PayloadForm.PLAIN;
  private ByteBuffer borrowed = EMPTY;
  private byte[] bytes = NONE;
  private int size;

  void start(PayloadForm payloadForm) {
    form = payloadForm;
  }

  void add(ByteBuffer piece) {
    // A transform uses its output buffer again within the same call.
    if (form == PayloadForm.PLAIN && size == 0 && !borrowed.hasRemaining()) {
      borrowed = piece;
    } else {
      keep();
      append(piece);
    }
  }

  /** Copies what is only borrowed so far. */
  void keep() {
    if (borrowed.hasRemaining()) {
      append(borrowed);
      borrowed = EMPTY;
    }
  }

  /** The whole payload; nothing of it stays here. */
  ByteBuffer take() {
    ByteBuffer whole = size == 0 ? borrowed : ByteBuffer.wrap(bytes, 0, size).slice();
    clear();
    return whole;
  }

  void clear() {
    borrowed = EMPTY;
    bytes = NONE;
    size = 0;
  }

  private void append(ByteBuffer piece) {
    int length = piece.remaining();
    checkRoom(length);
    if (length > bytes.length - size) {
      long doubled = Math.max(Math.max(2L * bytes.length, FIRST_SIZE), size + length);
      bytes = Arrays.copyOf(bytes, (int) Math.min(doubled, MOST));
    }
    piece.get(piece.position(), bytes, size, length);
    size += length;
  }

  /** A limit above 2 GiB is fine for streams, but no array is that large. */
  void checkRoom(int length) {
    if (length > MOST - size) {
      throw WebSocketViolation.MESSAGE_TOO_LARGE.exception();
    }
  }
}
