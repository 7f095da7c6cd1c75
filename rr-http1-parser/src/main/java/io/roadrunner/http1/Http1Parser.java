package io.roadrunner.http1;

import static io.roadrunner.http1.Ascii.CR;
import static io.roadrunner.http1.Ascii.LF;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the messages in one direction of an HTTP/1.1 connection (RFC 9112). Strict: there is no
 * lenient mode, and what could be read in two ways is refused.
 *
 * <p>Use: read bytes into a buffer, call {@link #next} until it returns {@link NeedInput}, compact
 * the buffer, read more. Bytes that are left unread have to be there again at the next call, at the
 * buffer's position; they may have moved, and the buffer may be another one. An incomplete head is
 * left unread as a whole, so the buffer needs room for a head ({@link
 * Http1Limits#maxRequestLineBytes} plus {@link Http1Limits#maxFieldBlockBytes}) and for a chunk
 * line. No byte is looked at twice, however small the pieces in which they come.
 *
 * <p>What is not checked here: what percent-escapes and dot segments in a path stand for, whether a
 * method is known, values of fields that do not steer the connection.
 *
 * <p>When a request or response turns the connection over to another protocol, the bytes behind its
 * {@link MessageEnd} belong to that protocol, and are simply not read: a server that answers 101,
 * or 2xx to {@code CONNECT}, stops calling {@link #next}. A parser for responses notices by itself,
 * see {@link #switchedProtocols}.
 *
 * <p>Not safe for use by several threads at the same time. A parser that is {@link
 * #betweenMessages} holds no bytes of its connection.
 */
public final class Http1Parser {
  private enum State {
    HEAD,
    LENGTH,
    CHUNKED,
    UNTIL_CLOSE,
    END,
    SWITCHED,
    CLOSED,
    FAILED
  }

  private final Http1Limits limits;
  private final HeadParser heads;
  private final int maxEmptyLines;
  private final Window window = new Window();
  private State state = State.HEAD;
  private int emptyLines;
  private long remaining;
  private @Nullable ChunkedBody chunked;

  private Http1Parser(Http1Limits limits, HeadParser heads, int maxEmptyLines) {
    this.limits = limits;
    this.heads = heads;
    this.maxEmptyLines = maxEmptyLines;
  }

  /**
   * {@return a parser of what a client sends}
   *
   * @param limits limits for each message
   */
  public static Http1Parser forRequests(Http1Limits limits) {
    return new Http1Parser(limits, new RequestHeadParser(limits), limits.maxLeadingEmptyLines());
  }

  /**
   * {@return a parser of what a server sends}
   *
   * @param limits limits for each message
   */
  public static Http1Parser forResponses(Http1Limits limits) {
    return new Http1Parser(limits, new ResponseHeadParser(limits), 0);
  }

  /**
   * Takes the next event out of a buffer of any kind; one with an accessible array is parsed in
   * place. The position moves behind what the event consists of. With {@link NeedInput} it stays at
   * the first byte of an incomplete head, chunk line or trailer section.
   *
   * @param in buffer to read from
   * @return what was found
   * @throws Http1Exception if the peer broke the protocol; this parser cannot be used any more, and
   *     the buffer's position says nothing
   * @throws IllegalStateException after such an exception, after {@link #close}, after a switch of
   *     protocols, or if bytes that were left unread are missing
   */
  public Http1Event next(ByteBuffer in) {
    try {
      return switch (state) {
        case HEAD -> head(in);
        case LENGTH -> body(in, remaining);
        case CHUNKED -> chunk(in);
        case UNTIL_CLOSE -> body(in, Long.MAX_VALUE);
        case END -> end(MessageEnd.NO_TRAILERS);
        case SWITCHED, CLOSED, FAILED -> throw new IllegalStateException("parser is " + state);
      };
    } catch (Http1Exception e) {
      state = State.FAILED;
      throw e;
    }
  }

  /**
   * The peer ended its side of the connection, and all bytes from before that have been given to
   * {@link #next}.
   *
   * @return {@link MessageEnd} if that completes a message, {@link NeedInput} if nothing is missing
   *     because no message had begun, or because the connection had been turned over to another
   *     protocol
   * @throws Http1Exception with {@link Http1Violation#TRUNCATED_MESSAGE} in the middle of a message
   *     (RFC 9112 §8)
   * @throws IllegalStateException after an {@link Http1Exception}
   */
  public Http1Event close() {
    State before = state;
    state = State.CLOSED;
    return switch (before) {
      case UNTIL_CLOSE, END -> MessageEnd.NO_TRAILERS;
      case SWITCHED, CLOSED -> NeedInput.INSTANCE;
      case HEAD -> {
        if (!heads.isIdle()) {
          throw truncated();
        }
        yield NeedInput.INSTANCE;
      }
      case LENGTH, CHUNKED -> throw truncated();
      case FAILED -> {
        state = State.FAILED;
        throw new IllegalStateException("parser is FAILED");
      }
    };
  }

  private Http1Exception truncated() {
    state = State.FAILED;
    return Http1Violation.TRUNCATED_MESSAGE.exception();
  }

  /**
   * {@return whether the last message is complete, its {@link MessageEnd} taken, and no byte of a
   * next one has been seen} Empty lines ahead of a request do not count.
   */
  public boolean betweenMessages() {
    return state == State.HEAD && heads.isIdle();
  }

  /**
   * {@return whether the {@link MessageEnd} of a 101 response, or of a 2xx response to {@code
   * CONNECT}, has been taken: unread bytes are not HTTP/1.1} Always false in a parser for requests.
   */
  public boolean switchedProtocols() {
    return state == State.SWITCHED;
  }

  /**
   * Tells a parser for responses which method the next final response answers; {@code HEAD} and
   * {@code CONNECT} make a difference to where it ends. To be called ahead of each such response;
   * without it, any other method is assumed.
   *
   * @param method method of the request, in capitals as on the wire
   * @throws IllegalStateException if this is a parser for requests, or within a message
   */
  public void answering(String method) {
    if (!(heads instanceof ResponseHeadParser responses) || !betweenMessages()) {
      throw new IllegalStateException("only between the messages of a parser for responses");
    }
    responses.answering(method);
  }

  private Http1Event head(ByteBuffer in) {
    if ((heads.isIdle() && !skipEmptyLines(in)) || !window.scan(heads, in)) {
      return NeedInput.INSTANCE;
    }
    emptyLines = 0;
    Http1Event head = heads.take();
    state =
        switch (heads.framing()) {
          case BodyFraming.None none -> State.END;
          case BodyFraming.Length length -> {
            remaining = length.bytes();
            yield remaining == 0 ? State.END : State.LENGTH;
          }
          case BodyFraming.Chunked framing -> {
            chunkedBody().begin();
            yield State.CHUNKED;
          }
          case BodyFraming.UntilClose untilClose -> State.UNTIL_CLOSE;
        };
    return head;
  }

  /** RFC 9112 §2.2. Returns whether there is something behind the empty lines. */
  private boolean skipEmptyLines(ByteBuffer in) {
    while (in.hasRemaining() && in.get(in.position()) == CR && maxEmptyLines > 0) {
      int at = in.position();
      if (in.remaining() < 2) {
        return false;
      }
      if (in.get(at + 1) != LF) {
        throw Http1Violation.BARE_CR.exception();
      }
      emptyLines++;
      if (emptyLines > maxEmptyLines) {
        throw Http1Violation.TOO_MANY_EMPTY_LINES.exception();
      }
      in.position(at + 2);
    }
    return in.hasRemaining();
  }

  private ChunkedBody chunkedBody() {
    ChunkedBody body = chunked;
    if (body == null) {
      body = new ChunkedBody(limits);
      chunked = body;
    }
    return body;
  }

  private Http1Event body(ByteBuffer in, long left) {
    int length = (int) Math.min(left, in.remaining());
    if (length == 0) {
      return NeedInput.INSTANCE;
    }
    if (state == State.LENGTH) {
      remaining -= length;
      state = remaining == 0 ? State.END : State.LENGTH;
    }
    return BodyBytes.take(in, length);
  }

  private Http1Event chunk(ByteBuffer in) {
    Http1Event event = chunkedBody().next(in, window);
    return event instanceof MessageEnd end ? end(end) : event;
  }

  private MessageEnd end(MessageEnd event) {
    state = heads.switchesProtocols() ? State.SWITCHED : State.HEAD;
    return event;
  }
}
