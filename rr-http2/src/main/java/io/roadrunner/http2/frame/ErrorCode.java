package io.roadrunner.http2.frame;

/**
 * The error codes of RFC 9113 §7. What comes from a peer may be another number, so frames carry the
 * number.
 */
public enum ErrorCode {
  /** Nothing went wrong. */
  NO_ERROR(0x0),
  /** A rule was broken for which there is no code of its own. */
  PROTOCOL_ERROR(0x1),
  /** The sender made a mistake. */
  INTERNAL_ERROR(0x2),
  /** A flow-control window was exceeded. */
  FLOW_CONTROL_ERROR(0x3),
  /** SETTINGS were not acknowledged in time. */
  SETTINGS_TIMEOUT(0x4),
  /** A frame for a stream that has ended. */
  STREAM_CLOSED(0x5),
  /** A frame of a size that it cannot have. */
  FRAME_SIZE_ERROR(0x6),
  /** The request was not processed, and can be sent again. */
  REFUSED_STREAM(0x7),
  /** The stream is no longer needed. */
  CANCEL(0x8),
  /** The compression tables of the two sides differ. */
  COMPRESSION_ERROR(0x9),
  /** The connection behind a CONNECT request broke. */
  CONNECT_ERROR(0xa),
  /** The peer does too much of something that may be abuse. */
  ENHANCE_YOUR_CALM(0xb),
  /** The transport below is not good enough. */
  INADEQUATE_SECURITY(0xc),
  /** Use HTTP/1.1 for this. */
  HTTP_1_1_REQUIRED(0xd);

  private final int code;

  ErrorCode(int code) {
    this.code = code;
  }

  /** {@return the number on the wire} */
  public int code() {
    return code;
  }
}
