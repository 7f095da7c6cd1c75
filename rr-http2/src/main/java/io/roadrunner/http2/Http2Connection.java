package io.roadrunner.http2;

import io.roadrunner.http2.frame.Ack;
import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.http2.frame.Frame;
import io.roadrunner.http2.frame.FrameEvent;
import io.roadrunner.http2.frame.FrameReader;
import io.roadrunner.http2.frame.Http2Exception;
import java.nio.ByteBuffer;

/**
 * The server's side of one connection (RFC 9113). It has no socket and no clock: octets and the
 * time go in, events come out; commands go in, octets come out.
 *
 * <pre>
 *   octets --&gt; receive --&gt; events            commands --&gt; sendHeaders, sendData, ...
 *   time   --&gt; tick                          octets   &lt;-- write
 * </pre>
 *
 * <p>To be driven like this: after reading from the socket, call {@link #receive} until it says
 * {@link Http2Event.NeedInput}; after any call, {@link #write} as long as {@link #wantsWrite}; then
 * {@link #receive} again with an empty buffer, as writing makes events, too. {@link #tick} when
 * {@link #nextDeadlineNanos} has come. When {@link #isFinished}, or after {@link
 * Http2Event.ConnectionFailed} when there is nothing left to write, close the socket.
 *
 * <p>Commands for a stream that is over do nothing: the peer can end a stream at any time. Commands
 * that make no sense at all, such as content ahead of a head, throw {@link IllegalStateException}.
 *
 * <p>Not safe for use by more than one thread at a time. Times are those of {@link
 * System#nanoTime}, and never go back.
 */
public final class Http2Connection {
  /** {@link #nextDeadlineNanos} when there is none. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  private final Core core;
  private final Receiver receiver;
  private final Lifecycle lifecycle;
  private final FrameHandler handler;
  private final FrameReader reader;

  private Http2Connection(Http2Limits limits, ExtendedConnect extendedConnect, long nowNanos) {
    core = new Core(limits, nowNanos);
    receiver = new Receiver(core, new RequestRules(extendedConnect));
    lifecycle = new Lifecycle(core, extendedConnect);
    handler = new FrameHandler(core, receiver, lifecycle);
    reader = FrameReader.create(limits.maxFrameBytes());
  }

  /**
   * {@return a connection on which nothing has been sent or received yet} Its settings are waiting
   * to be written, the preface of the client is the first thing to be received.
   *
   * @param limits bounds for what the client may do
   * @param extendedConnect whether the client is offered CONNECT with :protocol
   * @param nowNanos the time
   */
  public static Http2Connection server(
      Http2Limits limits, ExtendedConnect extendedConnect, long nowNanos) {
    return new Http2Connection(limits, extendedConnect, nowNanos);
  }

  /**
   * {@return the next event; {@link Http2Event.NeedInput} when there is none} After a failure,
   * input is taken and thrown away.
   *
   * @param in octets as they came, from position to limit; may be empty. Its position moves behind
   *     what was taken, to the limit with NeedInput. Its content must not change until the next
   *     call
   * @param nowNanos the time
   */
  public Http2Event receive(ByteBuffer in, long nowNanos) {
    core.nowNanos = nowNanos;
    Http2Event event = core.events.poll();
    while (event == null) {
      if (core.isFailed()) {
        in.position(in.limit()); // RFC 9113 §5.4.1
        return Http2Event.NeedInput.INSTANCE;
      }
      if (!advance(in) && core.events.isEmpty()) {
        return Http2Event.NeedInput.INSTANCE;
      }
      event = core.events.poll();
    }
    return event;
  }

  /** Takes one frame in, or part of one. Says whether there may be more. */
  private boolean advance(ByteBuffer in) {
    if (!lifecycle.preface(in)) {
      return false;
    }
    try {
      FrameEvent event = reader.next(in);
      if (event instanceof Frame frame) {
        handler.accept(frame);
        return true;
      }
      return false;
    } catch (Http2Exception e) {
      handler.error(e.error());
      return true;
    }
  }

  /**
   * Writes what is due: control frames, then header blocks in the order of the commands, then
   * content by priority (RFC 9218), as far as windows allow. Makes events: call {@link #receive}
   * afterwards.
   *
   * @param out takes octets from its position on; should have room for a few hundred at least
   */
  public void write(ByteBuffer out) {
    core.sender.write(out);
  }

  /** {@return whether {@link #write} has something to write} */
  public boolean wantsWrite() {
    return core.sender.hasOutput();
  }

  /** {@return when {@link #tick} has to be called, or {@link #NO_DEADLINE}} */
  public long nextDeadlineNanos() {
    long nanos = lifecycle.nanosToDeadline();
    return nanos == Long.MAX_VALUE ? NO_DEADLINE : core.nowNanos + nanos;
  }

  /**
   * Does what is due at a time. Makes events: call {@link #receive} afterwards.
   *
   * @param nowNanos the time
   */
  public void tick(long nowNanos) {
    core.nowNanos = nowNanos;
    lifecycle.tick();
  }

  /**
   * Sends an interim response (RFC 9110 §15.2).
   *
   * @param streamId the stream
   * @param status 100 to 199, not 101 (RFC 9113 §8.6)
   * @param fields handed over when the head is written
   */
  public void sendInterim(int streamId, int status, FieldSource fields) {
    if (status < 100 || status > 199 || status == 101) {
      throw new IllegalArgumentException("not an interim status: " + status);
    }
    Http2Stream stream = core.streams.get(streamId);
    if (stream != null) {
      require(stream, Http2Stream.Response.NOT_BEGUN);
      core.sender.interim(stream, status, fields);
    }
  }

  /**
   * Sends the head of a response.
   *
   * @param streamId the stream
   * @param status 200 to 999
   * @param fields handed over when the head is written
   * @param endStream {@link EndStream#YES} if neither content nor trailers follow
   */
  public void sendHeaders(int streamId, int status, FieldSource fields, EndStream endStream) {
    if (status < 200 || status > 999) {
      throw new IllegalArgumentException("not a final status: " + status);
    }
    Http2Stream stream = core.streams.get(streamId);
    if (stream != null) {
      require(stream, Http2Stream.Response.NOT_BEGUN);
      stream.response =
          endStream == EndStream.YES ? Http2Stream.Response.ENDING : Http2Stream.Response.BEGUN;
      core.sender.head(stream, status, fields, endStream);
    }
  }

  /**
   * Queues content. It is lent, not copied: what was taken must not change until {@link
   * Http2Event.Writable}, {@link Http2Event.ResponseSent} or {@link Http2Event.StreamReset} comes
   * for the stream, or the connection fails.
   *
   * @param streamId the stream
   * @param data the content. Its position moves behind what was taken; if something remains, offer
   *     it again after {@link Http2Event.Writable}
   * @param endStream {@link EndStream#YES} if nothing follows. Counts only once all of the data was
   *     taken
   * @return how many octets were taken. For a stream that is over, all of them, to be dropped
   */
  public int sendData(int streamId, ByteBuffer data, EndStream endStream) {
    Http2Stream stream = core.streams.get(streamId);
    if (stream == null) {
      int dropped = data.remaining();
      data.position(data.limit());
      return dropped;
    }
    require(stream, Http2Stream.Response.BEGUN);
    return core.sender.data(stream, data, endStream);
  }

  /**
   * Sends trailers behind the content that is queued, and ends the response.
   *
   * @param streamId the stream
   * @param fields handed over when they are written
   */
  public void sendTrailers(int streamId, FieldSource fields) {
    Http2Stream stream = core.streams.get(streamId);
    if (stream != null) {
      require(stream, Http2Stream.Response.BEGUN);
      stream.response = Http2Stream.Response.ENDING;
      core.sender.trailers(stream, fields);
    }
  }

  private static void require(Http2Stream stream, Http2Stream.Response wanted) {
    if (stream.response != wanted) {
      throw new IllegalStateException(
          "response of stream " + stream.id + " is " + stream.response + ", not " + wanted);
    }
  }

  /**
   * Ends a stream with RST_STREAM. What is queued for it is dropped, except with {@link
   * ErrorCode#NO_ERROR} when the end of the response is queued: then RST_STREAM follows the
   * response, if the client has not ended the request by then (RFC 9113 §8.1).
   *
   * @param streamId the stream
   * @param code why
   */
  public void reset(int streamId, ErrorCode code) {
    Http2Stream stream = core.streams.get(streamId);
    if (stream == null) {
      return;
    }
    if (code == ErrorCode.NO_ERROR && stream.response == Http2Stream.Response.ENDING) {
      stream.resetWhenSent = true;
      return;
    }
    boolean answered = stream.response == Http2Stream.Response.SENT;
    core.control.rstStream(streamId, code.code());
    core.close(
        stream,
        stream.state.on(
            code == ErrorCode.NO_ERROR && answered
                ? StreamState.Input.SEND_DECLINE
                : StreamState.Input.SEND_RESET));
    core.checkControl();
  }

  /**
   * The application has done with content, so that the client may send more.
   *
   * @param streamId the stream
   * @param bytes of {@link Http2Event.Data#flowControlledBytes}, together or in parts
   */
  public void consumed(int streamId, int bytes) {
    Http2Stream stream = core.streams.get(streamId);
    if (stream == null) {
      return; // given back when the stream ended
    }
    if (bytes < 0 || bytes > stream.unconsumed) {
      throw new IllegalArgumentException(
          bytes + " octets consumed of " + stream.unconsumed + ", stream " + streamId);
    }
    stream.unconsumed -= bytes;
    core.giveBack(stream, bytes);
  }

  /**
   * Sends PING; {@link Http2Event.PingAcknowledged} is the answer.
   *
   * @param opaque eight octets that come back
   */
  public void ping(long opaque) {
    if (!core.isFailed()) {
      core.control.ping(Ack.NO, opaque);
    }
  }

  /**
   * Begins to end the connection without losing a request: announces that with GOAWAY for stream
   * 2^31-1 and a PING, and sends the final GOAWAY when the PING is answered, or its deadline has
   * come (RFC 9113 §6.8). Streams that are open go on; see {@link #isFinished}.
   *
   * @param nowNanos the time
   */
  public void drain(long nowNanos) {
    core.nowNanos = nowNanos;
    lifecycle.drain();
  }

  /**
   * Sends GOAWAY at once: no stream beyond those that have begun is accepted any more.
   *
   * @param code why
   */
  public void goAway(ErrorCode code) {
    lifecycle.goAway(code);
  }

  /**
   * {@return how much content is queued and not written}
   *
   * @param streamId the stream; 0 is the answer for one that is over
   */
  public int queuedBytes(int streamId) {
    Http2Stream stream = core.streams.get(streamId);
    return stream == null ? 0 : stream.queuedBytes;
  }

  /** {@return how many streams are open} */
  public int openStreams() {
    return core.streams.count();
  }

  /**
   * {@return whether all is done and written} One of the two sides has said that it is leaving, or
   * the connection has failed, and no stream is open.
   */
  public boolean isFinished() {
    boolean leaving = core.isFailed() || lifecycle.isFinal() || receiver.isPeerLeaving();
    return leaving && core.streams.count() == 0 && !wantsWrite();
  }
}
