package io.roadrunner.server.http1;

import io.roadrunner.http1.FieldLines;
import io.roadrunner.server.Headers;
import io.roadrunner.server.net.PeerPace;
import io.roadrunner.server.pipeline.BodyReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A body that has arrived before its handler runs, for handlers on the event loop. */
final class CollectedBody implements BodyReader.Source {

  private static final PeerPace NOBODY =
      PeerPace.of(0, Duration.ofSeconds(1), Duration.ofSeconds(1));

  private final PeerPace pace;
  private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
  private long skipped;
  private FieldLines trailers = FieldLines.empty();
  private boolean complete;
  private boolean handedOut;

  /** Creates one of which nothing has arrived. */
  CollectedBody(PeerPace pace) {
    this.pace = pace;
  }

  /** Returns the body of a request without one. */
  static CollectedBody none() {
    CollectedBody none = new CollectedBody(NOBODY);
    none.complete(FieldLines.empty());
    return none;
  }

  void add(ByteBuffer part) {
    collected.write(part.array(), part.arrayOffset() + part.position(), part.remaining());
  }

  /** Takes in bytes that nobody will look at. */
  void skip(ByteBuffer part) {
    skipped += part.remaining();
  }

  void complete(FieldLines trailerFields) {
    trailers = trailerFields;
    complete = true;
  }

  /** Returns the judge of how fast the body arrives. */
  PeerPace pace() {
    return pace;
  }

  @Override
  public long bytes() {
    return collected.size() + skipped;
  }

  @Override
  public ByteBuffer next() {
    if (handedOut) {
      return ByteBuffer.allocate(0);
    }
    handedOut = true;
    return ByteBuffer.wrap(collected.toByteArray());
  }

  @Override
  public Headers trailers() {
    return new RequestHeaders(trailers);
  }

  @Override
  public boolean ended() {
    return complete && (handedOut || collected.size() == 0);
  }
}
