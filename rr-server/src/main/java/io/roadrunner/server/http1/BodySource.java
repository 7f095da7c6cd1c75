package io.roadrunner.server.http1;

import io.roadrunner.http1.BodyBytes;
import io.roadrunner.http1.FieldLines;
import io.roadrunner.http1.Http1Event;
import io.roadrunner.http1.Http1Exception;
import io.roadrunner.http1.Http1Parser;
import io.roadrunner.http1.MessageEnd;
import io.roadrunner.http1.NeedInput;
import io.roadrunner.server.Headers;
import io.roadrunner.server.RequestBodyException;
import io.roadrunner.server.net.Connection;
import io.roadrunner.server.net.PeerPace;
import io.roadrunner.server.net.SlowPeerException;
import io.roadrunner.server.pipeline.BodyReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A body that still arrives while its handler reads it, on a virtual thread that may wait. */
final class BodySource implements BodyReader.Source {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Http1Exchange exchange;
  private final Http1Parser parser;
  private final Connection connection;
  private final Output output;
  private final PeerPace pace;
  private final long maxBytes;
  private long bytes;
  private FieldLines trailers = FieldLines.empty();
  private ByteBuffer collected = NOTHING;
  private boolean ended;
  private @Nullable IOException failure;

  BodySource(
      Http1Exchange exchange,
      Http1Parser parser,
      Connection connection,
      Output output,
      PeerPace pace,
      long maxBytes) {
    this.exchange = exchange;
    this.parser = parser;
    this.connection = connection;
    this.output = output;
    this.pace = pace;
    this.maxBytes = maxBytes;
  }

  /** Puts what the loop has collected before everything that is still to come. */
  void begin(CollectedBody body) {
    bytes = body.bytes();
    collected = body.next();
  }

  @Override
  public ByteBuffer next() throws IOException {
    if (collected.hasRemaining()) {
      ByteBuffer first = collected;
      collected = NOTHING;
      return first;
    }
    if (ended) {
      return NOTHING;
    }
    if (failure != null) {
      throw failure;
    }
    try {
      exchange.sendContinue(output);
      return read();
    } catch (Http1Exception e) {
      throw failed(new RequestBodyException(e.violation().status(), Refusals.text(e.violation())));
    } catch (SlowPeerException e) {
      throw failed(new RequestBodyException(408, "the body arrives too slowly"));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private IOException failed(IOException e) {
    failure = e;
    return e;
  }

  private ByteBuffer read() throws IOException {
    while (true) {
      Http1Event event = parser.next(connection.input());
      switch (event) {
        case BodyBytes part -> {
          bytes += part.view().remaining();
          if (bytes > maxBytes) {
            throw new RequestBodyException(413, "the body is larger than " + maxBytes + " bytes");
          }
          return part.view();
        }
        case MessageEnd end -> {
          trailers = end.trailers();
          ended = true;
          return NOTHING;
        }
        case NeedInput need -> await();
        case io.roadrunner.http1.RequestHead head -> throw unexpected(head);
        case io.roadrunner.http1.ResponseHead head -> throw unexpected(head);
      }
    }
  }

  private static IllegalStateException unexpected(Http1Event event) {
    return new IllegalStateException("within a body, the parser returned " + event.getClass());
  }

  private void await() throws IOException {
    output.flush();
    switch (connection.await(pace)) {
      case BYTES, NOTHING -> {}
      case ENDED -> throw new RequestBodyException(400, "the body was cut off");
      case RESET -> throw new IOException("the peer has gone away");
    }
  }

  /**
   * Reads what the handler left, so that the next request can follow.
   *
   * @param most bytes to take in for that
   * @return whether the end was reached
   */
  boolean skipRest(long most) throws IOException {
    if (exchange.continueOwed() || failure != null) {
      return ended;
    }
    long end = bytes + most;
    try {
      while (!ended && bytes <= end) {
        read();
      }
    } catch (Http1Exception | RequestBodyException | SlowPeerException e) {
      return false;
    }
    return ended;
  }

  @Override
  public Headers trailers() {
    return new RequestHeaders(trailers);
  }

  @Override
  public boolean ended() {
    return ended;
  }

  /** Tells whether reading has failed, so that no later byte of the connection means anything. */
  boolean hasFailed() {
    return failure != null;
  }

  @Override
  public long bytes() {
    return bytes;
  }
}
