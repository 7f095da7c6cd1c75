package io.roadrunner.http2.frame;

/** The catalogue of what a peer can do wrong, each with the error code to answer with. */
// checkstyle:long-file One row for each rule.
public enum Http2Violation {
  /** The connection does not begin with the client preface. */
  BAD_PREFACE(ErrorCode.PROTOCOL_ERROR, "RFC 9113 §3.4", "bad client preface"),
  /** The first frame is not SETTINGS. */
  NO_SETTINGS_FIRST(ErrorCode.PROTOCOL_ERROR, "RFC 9113 §3.4", "first frame is not SETTINGS"),
  /** Preface and first SETTINGS frame took too long. */
  PREFACE_TIMEOUT(ErrorCode.PROTOCOL_ERROR, "RFC 9113 §3.4", "no preface in time"),
  /** A payload over SETTINGS_MAX_FRAME_SIZE. */
  FRAME_TOO_LARGE(ErrorCode.FRAME_SIZE_ERROR, "RFC 9113 §4.2", "frame over the size limit"),
  /** A payload length that the type of frame, or its flags, does not allow. */
  BAD_FRAME_LENGTH(ErrorCode.FRAME_SIZE_ERROR, "RFC 9113 §4.2", "length does not fit the frame"),
  /** A header block that cannot be decoded. */
  BAD_HEADER_BLOCK(ErrorCode.COMPRESSION_ERROR, "RFC 9113 §4.3", "header block cannot be decoded"),
  /** A frame other than DATA and the like on a stream that was never opened. */
  FRAME_ON_IDLE_STREAM(ErrorCode.PROTOCOL_ERROR, "RFC 9113 §5.1", "frame on an idle stream"),
  /** A frame on a stream whose other direction only is open. */
  FRAME_ON_HALF_CLOSED_STREAM(
      ErrorCode.STREAM_CLOSED, "RFC 9113 §5.1", "frame on a half-closed stream"),
  /** A frame on a stream that has ended. */
  FRAME_ON_CLOSED_STREAM(ErrorCode.STREAM_CLOSED, "RFC 9113 §5.1", "frame on a closed stream"),
  /** An even stream identifier from a client, or one lower than an earlier one. */
  BAD_STREAM_ID(ErrorCode.PROTOCOL_ERROR, "RFC 9113 §5.1.1", "stream identifier out of order"),
  /** More streams than SETTINGS_MAX_CONCURRENT_STREAMS. */
  TOO_MANY_STREAMS(ErrorCode.REFUSED_STREAM, "RFC 9113 §5.1.2", "too many concurrent streams"),
  /** A new stream after a GOAWAY frame of the same peer. */
  STREAM_AFTER_GOAWAY(ErrorCode.REFUSED_STREAM, "RFC 9113 §6.8", "new stream after GOAWAY"),
  /** A stream that depends on itself. */
  SELF_DEPENDENCY(ErrorCode.PROTOCOL_ERROR, "RFC 9113 §5.3", "stream depends on itself"),
  /** A frame that belongs to a stream, on stream 0. */
  STREAM_ZERO(ErrorCode.PROTOCOL_ERROR, "RFC 9113 §6", "frame needs a stream"),
  /** A frame that belongs to the connection, on a stream. */
  NOT_STREAM_ZERO(ErrorCode.PROTOCOL_ERROR, "RFC 9113 §6", "frame does not belong on a stream"),
  /** Padding as long as the payload, or longer. */
  BAD_PADDING(ErrorCode.PROTOCOL_ERROR, "RFC 9113 §6.1", "padding longer than the payload"),
  /** SETTINGS_ENABLE_PUSH or another switch that is neither 0 nor 1. */
  BAD_SWITCH(ErrorCode.PROTOCOL_ERROR, "RFC 9113 §6.5.2", "setting is neither 0 nor 1"),
  /** SETTINGS_MAX_FRAME_SIZE out of range. */
  BAD_MAX_FRAME_SIZE(ErrorCode.PROTOCOL_ERROR, "RFC 9113 §6.5.2", "maximum frame size of the peer"),
  /** SETTINGS_INITIAL_WINDOW_SIZE over 2^31-1. */
  BAD_INITIAL_WINDOW(ErrorCode.FLOW_CONTROL_ERROR, "RFC 9113 §6.5.2", "initial window over 2^31-1"),
  /** More entries in one SETTINGS frame than there are reasons for. */
  TOO_MANY_SETTINGS(ErrorCode.ENHANCE_YOUR_CALM, "RFC 9113 §10.5", "too many settings at once"),
  /** No acknowledgement of SETTINGS in time. */
  SETTINGS_NOT_ACKNOWLEDGED(
      ErrorCode.SETTINGS_TIMEOUT, "RFC 9113 §6.5.3", "settings not acknowledged in time"),
  /** PUSH_PROMISE from a client. */
  PUSH_FROM_CLIENT(ErrorCode.PROTOCOL_ERROR, "RFC 9113 §8.4", "PUSH_PROMISE from a client"),
  /** A WINDOW_UPDATE of zero. */
  ZERO_INCREMENT(ErrorCode.PROTOCOL_ERROR, "RFC 9113 §6.9", "window increment of zero"),
  /** More DATA than the window allows. */
  WINDOW_EXCEEDED(ErrorCode.FLOW_CONTROL_ERROR, "RFC 9113 §6.9.1", "DATA beyond the window"),
  /** A window over 2^31-1. */
  WINDOW_OVERFLOW(ErrorCode.FLOW_CONTROL_ERROR, "RFC 9113 §6.9.1", "window over 2^31-1"),
  /** A CONTINUATION frame without a header block to continue. */
  UNEXPECTED_CONTINUATION(
      ErrorCode.PROTOCOL_ERROR, "RFC 9113 §6.10", "CONTINUATION without a header block"),
  /** Something else in the middle of a header block. */
  HEADER_BLOCK_INTERRUPTED(
      ErrorCode.PROTOCOL_ERROR, "RFC 9113 §6.10", "frame in the middle of a header block"),
  /** A header block over the limit of octets or frames. */
  HEADER_BLOCK_TOO_LARGE(
      ErrorCode.ENHANCE_YOUR_CALM, "RFC 9113 §10.5.1", "header block over the limit"),
  /** Header fields after the head that do not end the request. */
  TRAILERS_WITHOUT_END(
      ErrorCode.PROTOCOL_ERROR, "RFC 9113 §8.1", "trailers that do not end the stream"),
  /** Length of the content is not what content-length says. */
  CONTENT_LENGTH_MISMATCH(
      ErrorCode.PROTOCOL_ERROR, "RFC 9113 §8.1.1", "content-length is not the length"),
  /** A content-length that is no number, or there twice. */
  BAD_CONTENT_LENGTH(ErrorCode.PROTOCOL_ERROR, "RFC 9110 §8.6", "bad content-length"),
  /** A field name with an upper-case letter or another octet that names cannot have. */
  BAD_FIELD_NAME(ErrorCode.PROTOCOL_ERROR, "RFC 9113 §8.2.1", "field name"),
  /** A field value with a control character, or with white space around it. */
  BAD_FIELD_VALUE(ErrorCode.PROTOCOL_ERROR, "RFC 9113 §8.2.1", "field value"),
  /** A field that has to do with connections of HTTP/1.1. */
  CONNECTION_FIELD(ErrorCode.PROTOCOL_ERROR, "RFC 9113 §8.2.2", "connection-specific field"),
  /** A field that cannot stand in a trailer section. */
  FORBIDDEN_TRAILER(ErrorCode.PROTOCOL_ERROR, "RFC 9110 §6.5.1", "field cannot be a trailer"),
  /** A pseudo-header field that is unknown, misplaced or there twice. */
  BAD_PSEUDO_FIELD(ErrorCode.PROTOCOL_ERROR, "RFC 9113 §8.3", "pseudo-header field"),
  /** A pseudo-header field is missing. */
  MISSING_PSEUDO_FIELD(ErrorCode.PROTOCOL_ERROR, "RFC 9113 §8.3.1", "missing pseudo-header field"),
  /** A :method that is no token. */
  BAD_METHOD(ErrorCode.PROTOCOL_ERROR, "RFC 9113 §8.3.1", "bad :method"),
  /** A :scheme that is none. */
  BAD_SCHEME(ErrorCode.PROTOCOL_ERROR, "RFC 9113 §8.3.1", "bad :scheme"),
  /** A :path that is none. */
  BAD_PATH(ErrorCode.PROTOCOL_ERROR, "RFC 9113 §8.3.1", "bad :path"),
  /** An :authority or host that is none, or the two differ. */
  BAD_AUTHORITY(ErrorCode.PROTOCOL_ERROR, "RFC 9113 §8.3.1", "bad :authority or host"),
  /** A CONNECT request with fields that it cannot have, or without those that it needs. */
  BAD_CONNECT(ErrorCode.PROTOCOL_ERROR, "RFC 9113 §8.5", "malformed CONNECT request"),
  /** :protocol without the setting, or without CONNECT. */
  BAD_PROTOCOL(ErrorCode.PROTOCOL_ERROR, "RFC 8441 §4", "unexpected :protocol"),
  /** A PRIORITY_UPDATE that names no stream. */
  BAD_PRIORITY_UPDATE(
      ErrorCode.PROTOCOL_ERROR, "RFC 9218 §7.1", "PRIORITY_UPDATE for an impossible stream"),
  /** Too much that costs work and serves nothing. */
  TOO_MUCH_OVERHEAD(
      ErrorCode.ENHANCE_YOUR_CALM, "RFC 9113 §10.5", "more overhead than useful work"),
  /** The peer makes us answer, and does not read the answers. */
  ANSWERS_NOT_READ(ErrorCode.ENHANCE_YOUR_CALM, "RFC 9113 §10.5", "answers are not being read");

  private final ErrorCode code;
  private final String section;
  private final String text;

  Http2Violation(ErrorCode code, String section, String text) {
    this.code = code;
    this.section = section;
    this.text = text;
  }

  /** {@return the error code to answer with} */
  public ErrorCode code() {
    return code;
  }

  /** {@return where the rule stands, as {@code RFC nnnn §x}} */
  public String section() {
    return section;
  }

  /** {@return what is wrong, in a few words} */
  public String text() {
    return text;
  }
}
