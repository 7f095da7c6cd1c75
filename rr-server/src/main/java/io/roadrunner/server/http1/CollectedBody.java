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

  /** Whether anybody will look at the bytes. */
  private enum Use {
    KEPT,
    SKIPPED
  }

  private static final PeerPace NOBODY =
      PeerPace.of(0, Duration.ofSeconds(1), Duration.ofSeconds(1));

  private final PeerPace pace;
  private final Use use;
  private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
  private long skipped;
  private FieldLines trailers = FieldLines.empty();
  private boolean complete;
  private boolean handedOut;

  private CollectedBody(PeerPace pace, Use use) {
    this.pace = pace;
    this.use = use;
  }

  /** Begins to collect the body of an exchange, which offers it to its handler. */
  static CollectedBody of(Http1Exchange exchange, PeerPace pace) {
    boolean ignored = exchange.request().match().entry().ignoresBody();
    CollectedBody body = new CollectedBody(pace, ignored ? Use.SKIPPED : Use.KEPT);
    exchange.body(new BodyReader(body, exchange.announcedLength(), exchange.headers()));
    return body;
  }

  /** Returns the body of a request without one. */
  static CollectedBody none() {
    CollectedBody none = new CollectedBody(NOBODY, Use.KEPT);
    none.complete(FieldLines.empty());
    return none;
  }

  /** Takes in the next bytes; false if that makes more than {@code most}. */
  boolean take(ByteBuffer part, long most) {
    if (bytes() + part.remaining() > most) {
      return false;
    }
    if (use == Use.SKIPPED) {
      skipped += part.remaining();
    } else {
      collected.write(part.array(), part.arrayOffset() + part.position(), part.remaining());
    }
    return true;
  }

  void complete(FieldLines trailerFields) {
    trailers = trailerFields;
    complete = true;
  }

  /** The loop has waited so long for the peer, until so many bytes came. */
  void waited(long nanos, int bytes) {
    pace.waited(nanos);
    pace.moved(bytes);
  }

  /** Tells whether the peer is too slow if the loop has waited so long since the last bytes. */
  boolean tooSlow(long nanos) {
    return pace.creditNanos() < nanos;
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
