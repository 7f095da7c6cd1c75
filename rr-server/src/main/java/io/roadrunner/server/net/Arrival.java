package io.roadrunner.server.net;

/** What has come for the owner of a connection since it last looked. */
public enum Arrival {
  /** There are more bytes in {@link Connection#input()}. */
  BYTES,
  /** Nothing new. */
  NOTHING,
  /** The peer has sent its last byte. */
  ENDED,
  /** The peer has reset the connection. */
  RESET
}
