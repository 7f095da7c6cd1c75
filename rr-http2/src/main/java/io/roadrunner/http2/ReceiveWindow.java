package io.roadrunner.http2;

/**
 * How much content the peer may send (RFC 9113 §6.9), for one stream or the connection. What has
 * been consumed is announced in portions of half the window.
 */
final class ReceiveWindow {
  private int size;
  private int available;
  private int consumed;

  ReceiveWindow(int size) {
    this.size = size;
    this.available = size;
  }

  /** Takes content in, or says no if it is more than was announced; nothing always fits. */
  boolean take(int bytes) {
    if (bytes > Math.max(available, 0)) {
      return false;
    }
    available -= bytes;
    return true;
  }

  /** Content is out of the way. Says whether an announcement is due. */
  boolean consume(int bytes) {
    consumed += bytes;
    return consumed > 0 && consumed >= size / 2;
  }

  /** The increment to announce now. */
  int announce() {
    int increment = consumed;
    consumed = 0;
    available += increment;
    return increment;
  }

  /** The initial size was changed by the own settings; may leave less than nothing. */
  void resize(int newSize) {
    available += newSize - size;
    size = newSize;
  }
}
