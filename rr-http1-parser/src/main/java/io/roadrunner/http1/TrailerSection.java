package io.roadrunner.http1;

import java.util.Arrays;

/** Scans the trailer section behind the last chunk (RFC 9112 §7.1.2). */
final class TrailerSection implements Element {
  private static final int EMPTY_SECTION = 2;

  private final FieldBlock block;
  private MessageEnd end = MessageEnd.NO_TRAILERS;

  TrailerSection(Http1Limits limits) {
    block = new FieldBlock(limits);
  }

  void begin() {
    block.begin(0);
  }

  @Override
  public int scan(byte[] b, int base, int limit) {
    int length = block.scan(b, base, limit);
    if (length > EMPTY_SECTION) {
      end = new MessageEnd(block.take(Arrays.copyOfRange(b, base, base + length)));
    }
    return length;
  }

  /** The end of the message, once the section is complete. */
  MessageEnd take() {
    MessageEnd taken = end;
    end = MessageEnd.NO_TRAILERS;
    return taken;
  }
}
