package io.roadrunner.http1;

/** How the end of a message's body is found (RFC 9112 §6.3). */
public sealed interface BodyFraming {

  /** No body, and no framing field that counts. */
  record None() implements BodyFraming {
    static final None INSTANCE = new None();
  }

  /**
   * A body of exactly so many bytes.
   *
   * @param bytes length of the body, 0 or more
   */
  record Length(long bytes) implements BodyFraming {
    static final Length ZERO = new Length(0);

    /** Refuses negative lengths with {@link IllegalArgumentException}. */
    public Length {
      if (bytes < 0) {
        throw new IllegalArgumentException("negative length: " + bytes);
      }
    }
  }

  /** A body in chunks, with trailers possible at its end. */
  record Chunked() implements BodyFraming {
    static final Chunked INSTANCE = new Chunked();
  }

  /** A response body that ends where the connection does. Never found in requests. */
  record UntilClose() implements BodyFraming {
    static final UntilClose INSTANCE = new UntilClose();
  }
}
