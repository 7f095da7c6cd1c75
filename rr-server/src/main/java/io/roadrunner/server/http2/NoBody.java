package io.roadrunner.server.http2;

import io.roadrunner.server.Headers;
import io.roadrunner.server.pipeline.BodyReader;
import java.nio.ByteBuffer;

/** The body of a request without one. */
enum NoBody implements BodyReader.Source {
  INSTANCE;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  @Override
  public ByteBuffer next() {
    return NOTHING;
  }

  @Override
  public Headers trailers() {
    return Headers.empty();
  }

  @Override
  public boolean ended() {
    return true;
  }

  @Override
  public long bytes() {
    return 0;
  }
}
