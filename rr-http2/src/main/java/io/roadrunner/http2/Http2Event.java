package io.roadrunner.http2;

import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.Http2Error;
import java.nio.ByteBuffer;

/** What {@link Http2Connection#receive} reports. */
public sealed interface Http2Event {

  /**
   * A request begins.
   *
   * @param streamId names it in all that follows
   * @param head its head
   * @param endStream {@link EndStream#YES} if there is neither content nor trailers: no {@link
   *     EndOfRequest} comes then
   */
  record RequestHeaders(int streamId, RequestHead head, EndStream endStream)
      implements Http2Event {}

  /**
   * A request begins whose head is over the limits, to be answered with 431 (RFC 6585 §5). Content
   * may follow.
   *
   * @param streamId the stream
   * @param endStream as for {@link RequestHeaders}
   */
  record HeaderListTooLarge(int streamId, EndStream endStream) implements Http2Event {}

  /**
   * Content of a request.
   *
   * @param streamId the stream
   * @param data a read-only view of the input, valid until the next call of {@link
   *     Http2Connection#receive}; possibly empty, if there was only padding
   * @param flowControlledBytes what to give back with {@link Http2Connection#consumed}; as much as
   *     {@code data} has, and padding
   */
  record Data(int streamId, ByteBuffer data, int flowControlledBytes) implements Http2Event {}

  /**
   * Trailers, which end the request.
   *
   * @param streamId the stream
   * @param fields the trailers
   */
  record RequestTrailers(int streamId, Fields fields) implements Http2Event {}

  /**
   * The content of a request ends; its length is what content-length says, if there was one.
   *
   * @param streamId the stream
   */
  record EndOfRequest(int streamId) implements Http2Event {}

  /**
   * A stream is over before its time. Commands for it do nothing from here on, and what was queued
   * is dropped.
   *
   * @param streamId the stream
   * @param errorCode of the RST_STREAM frame
   * @param cause who ended it
   */
  record StreamReset(int streamId, int errorCode, ResetCause cause) implements Http2Event {}

  /** Who ended a stream. */
  enum ResetCause {
    /** The peer sent RST_STREAM. */
    PEER,
    /** The peer broke a rule, and was sent RST_STREAM. */
    VIOLATION
  }

  /**
   * All content that a stream had queued has been written: lent buffers are free, and there is room
   * for more.
   *
   * @param streamId the stream
   */
  record Writable(int streamId) implements Http2Event {}

  /**
   * The end of a response has been written; lent buffers are free.
   *
   * @param streamId the stream
   */
  record ResponseSent(int streamId) implements Http2Event {}

  /**
   * The peer is about to go. Streams that are open go on, new ones are refused.
   *
   * @param lastStreamId as received
   * @param errorCode as received
   */
  record PeerGoAway(int lastStreamId, int errorCode) implements Http2Event {}

  /**
   * The answer to {@link Http2Connection#ping}.
   *
   * @param opaque the eight octets
   */
  record PingAcknowledged(long opaque) implements Http2Event {}

  /**
   * The connection is over: write what {@link Http2Connection#write} still has, which is a GOAWAY
   * frame, and close. All streams are gone, without a {@link StreamReset} for each.
   *
   * @param error why
   */
  record ConnectionFailed(Http2Error.ConnectionError error) implements Http2Event {}

  /** All input was taken, and there is nothing more to report. */
  record NeedInput() implements Http2Event {
    static final NeedInput INSTANCE = new NeedInput();
  }
}
