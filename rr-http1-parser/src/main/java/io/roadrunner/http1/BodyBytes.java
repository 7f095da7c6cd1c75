package io.roadrunner.http1;

import java.nio.ByteBuffer;

/**
 * Some bytes of the body, without chunk framing and never empty.
 *
 * @param view a slice of the buffer that was parsed: no copy, valid until the parser's next call or
 *     until that buffer is written to, whichever comes first
 */
public record BodyBytes(ByteBuffer view) implements Http1Event {

  /** Takes the next bytes out of a buffer. */
  static BodyBytes take(ByteBuffer in, int length) {
    ByteBuffer view = in.slice(in.position(), length);
    in.position(in.position() + length);
    return new BodyBytes(view);
  }
}
