package io.roadrunner.websocket;

/** How the payload of a message stands on the wire: the RSV1 bit of its first frame. */
public enum PayloadForm {
  /** As it is; RSV1 clear. */
  PLAIN,
  /** Compressed by the negotiated extension; RSV1 set (RFC 7692 §6). */
  COMPRESSED
}
