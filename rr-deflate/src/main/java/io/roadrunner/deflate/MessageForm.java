package io.roadrunner.deflate;

/** In which form a whole message is to be sent. */
public enum MessageForm {
  /** As it was compressed, with the RSV1 bit on its first frame (RFC 7692 §6.1). */
  COMPRESSED,
  /** As it is, without the RSV1 bit. */
  PLAIN
}
